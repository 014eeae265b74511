import type * as Y from 'yjs';
import type { UndoSteps } from '../document/undo.ts';
import { fromBase64 } from './base64.ts';
import type { DraftSaving, Line } from './line.ts';
import type { Somebody } from './signs.ts';
import { DraftSync } from './sync.ts';
import { makePassingShelf, openShelf } from './unsent-updates.ts';
import { openWire } from './wire.ts';

/** What the page brings along of a draft. */
export interface BegunDraft {
	draft: string;
	/** What the server calls who is writing here. */
	writer: string;
	mayWrite: boolean;
	/** All of it up to an update, as base64. */
	begun: { n: number; update: string };
	/** False on a shared tablet: nothing stays there when the page goes. */
	keeps: boolean;
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
	begun,
	keeps
}: BegunDraft): Promise<OpenDraft> {
	const sync = await DraftSync.open({
		wire: openWire(`/author/${draft}`, writer),
		shelf: keeps ? await openShelf(writer, draft) : makePassingShelf(),
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
	addEventListener('pageshow', comeBack);
	return {
		doc: sync.doc,
		steps: sync.steps,
		line,
		close: () => {
			removeEventListener('online', retry);
			removeEventListener('focus', retry);
			removeEventListener('pagehide', end);
			removeEventListener('pageshow', comeBack);
			sync.close();
		}
	};
}

/** A page that a browser had put by begins anew: the others have written on meanwhile. */
function comeBack({ persisted }: PageTransitionEvent): void {
	if (persisted) location.reload();
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
