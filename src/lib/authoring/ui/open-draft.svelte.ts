import type * as Y from 'yjs';
import type { UndoSteps } from '../document/undo.ts';
import { fromBase64 } from './base64.ts';
import type { DraftSaving, Line } from './line.ts';
import type { Present } from './presence.ts';
import { DraftSync, type TabChannel } from './sync.ts';
import { makePassingShelf, openShelf } from './unsent-updates.ts';
import { openWire } from './wire.ts';

/** What the page brings along of a draft. */
export interface BegunDraft {
	draft: string;
	/** What the server calls who is writing here, towards their browser. */
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

/**
 * Takes a draft up where the page has left it, with what this device has kept of it, and joins those who
 * write in it now.
 */
export async function openDraft({
	draft,
	writer,
	mayWrite,
	begun,
	keeps
}: BegunDraft): Promise<OpenDraft> {
	const shelf = keeps ? openShelf(writer, draft) : makePassingShelf();
	const sync = await DraftSync.open({
		wire: openWire(`/author/${draft}`, writer),
		shelf,
		first: { n: begun.n, update: fromBase64(begun.update) },
		mayWrite,
		tabs: openTabs(`${draft} ${writer}`)
	});
	sync.listen();
	const line = new LiveLine(sync);
	const retry = () => sync.retry();
	const part = () => sync.close();
	addEventListener('online', retry);
	addEventListener('pagehide', part);
	addEventListener('pageshow', comeBack);
	return {
		doc: sync.doc,
		steps: sync.steps,
		line,
		close: () => {
			removeEventListener('online', retry);
			removeEventListener('pagehide', part);
			removeEventListener('pageshow', comeBack);
			line.close();
			sync.close();
			shelf.close();
		}
	};
}

/** A page that a browser had put by begins anew: the others have written on meanwhile. */
function comeBack({ persisted }: PageTransitionEvent): void {
	if (persisted) location.reload();
}

function openTabs(name: string): TabChannel | undefined {
	return typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name);
}

/** What components read of the line; they are told when it changes. */
class LiveLine implements Line {
	readonly #sync: DraftSync;
	readonly #stop: () => void;
	#saving: DraftSaving;
	#others: readonly Present[];
	#hasLine: boolean;

	constructor(sync: DraftSync) {
		this.#sync = sync;
		this.#saving = $state(sync.saving);
		this.#others = $state.raw(sync.others);
		this.#hasLine = $state(sync.hasLine);
		this.#stop = sync.watch(() => this.#look());
	}

	get saving(): DraftSaving {
		return this.#saving;
	}

	get others(): readonly Present[] {
		return this.#others;
	}

	/** False while others cannot be heard. */
	get hasLine(): boolean {
		return this.#hasLine;
	}

	tellPlace(place: string | null): void {
		this.#sync.tellPlace(place);
	}

	hearComments(tell: () => void): () => void {
		const stop = this.#sync.hear((data) => {
			if (typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'comments') {
				tell();
			}
		});
		let could = this.#sync.hasLine;
		const leave = this.#sync.watch(() => {
			const can = this.#sync.hasLine;
			if (can && !could) tell();
			could = can;
		});
		return () => {
			stop();
			leave();
		};
	}

	close(): void {
		this.#stop();
	}

	#look(): void {
		this.#saving = this.#sync.saving;
		this.#hasLine = this.#sync.hasLine;
		const others = this.#sync.others;
		if (JSON.stringify(others) !== JSON.stringify(this.#others)) this.#others = others;
	}
}
