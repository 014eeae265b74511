import type * as Y from 'yjs';
import type { UndoSteps } from '../document/undo.ts';
import { fromBase64 } from './base64.ts';
import type { DraftSaving, Line } from './line.ts';
import type { Somebody } from './signs.ts';
import { DraftSync } from './sync.ts';
import { openShelf } from './unsent-updates.ts';
import { openWire } from './wire.ts';

/** What the page brings along of a draft. */
export interface BegunDraft {
	draft: string;
	/** What the server calls who is writing here. */
	writer: string;
	mayWrite: boolean;
	/** All of it up to an update, as base64. */
	begun: { n: number; update: string };
}

/** A draft that was taken up in a browser: its document, one's own steps, and the line to the others. */
export interface OpenDraft {
	readonly doc: Y.Doc;
	readonly steps: UndoSteps;
	readonly line: Line;
	close(): void;
}

/** Takes a draft up where the page and this device have left it, and joins the others in it. */
export async function openDraft({
	draft,
	writer,
	mayWrite,
	begun
}: BegunDraft): Promise<OpenDraft> {
	const sync = await DraftSync.open({
		wire: openWire(`/author/${draft}`, writer),
		shelf: await openShelf(writer, draft),
		first: { n: begun.n, update: fromBase64(begun.update) },
		mayWrite,
		tabs: 'BroadcastChannel' in window ? new BroadcastChannel(`${draft} ${writer}`) : undefined
	});
	const line = new SyncLine(sync);
	sync.listen();
	const retry = () => sync.retry();
	const end = () => sync.close();
	addEventListener('online', retry);
	addEventListener('focus', retry);
	addEventListener('pagehide', end);
	return {
		doc: sync.doc,
		steps: sync.steps,
		line,
		close: () => {
			removeEventListener('online', retry);
			removeEventListener('focus', retry);
			removeEventListener('pagehide', end);
			sync.close();
		}
	};
}

/** The line as what is shown of it reads it. */
class SyncLine implements Line {
	readonly #sync: DraftSync;
	#saving: DraftSaving;
	#others: readonly Somebody[];

	constructor(sync: DraftSync) {
		this.#sync = sync;
		this.#saving = $state(sync.saving);
		this.#others = $state.raw(sync.others);
		sync.watch(() => {
			this.#saving = sync.saving;
			const others = sync.others;
			if (JSON.stringify(others) !== JSON.stringify(this.#others)) this.#others = others;
		});
	}

	get saving(): DraftSaving {
		return this.#saving;
	}

	get others(): readonly Somebody[] {
		return this.#others;
	}

	tellPlace(place: string): void {
		this.#sync.tellPlace(place);
	}
}
