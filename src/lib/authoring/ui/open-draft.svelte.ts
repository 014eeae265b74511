import type * as Y from 'yjs';
import type { UndoSteps } from '../document/undo.ts';
import { fromBase64 } from './base64.ts';
import type { DraftSaving, Line } from './line.ts';
import type { Present } from './presence.ts';
import { DraftSync, type TabChannel } from './sync.ts';
import { makePassingShelf, openShelf } from './unsent-updates.ts';
import { openWire } from './wire.ts';

/** A draft that was taken up in a browser: its document, one's own steps, and the line to the others. */
export interface OpenDraft {
	readonly doc: Y.Doc;
	readonly steps: UndoSteps;
	readonly line: Line;
	close(): void;
}

/**
 * Takes a draft up where the page has left it, with what this device has kept of it, and joins those who
 * write in it now. `person` is what the server calls the writer towards their browser (`nameWriter`).
 * `keeps` is false on a shared tablet: nothing stays there when the page goes.
 */
export async function openDraft(given: {
	draft: string;
	person: string;
	mayWrite: boolean;
	begun: { n: number; update: string };
	keeps?: boolean;
}): Promise<OpenDraft> {
	const { draft, person, mayWrite, begun, keeps = true } = given;
	const shelf = keeps ? await openShelf(person, draft) : makePassingShelf();
	const sync = await DraftSync.open({
		wire: openWire(`/author/${draft}`, person),
		shelf,
		first: { n: begun.n, update: fromBase64(begun.update) },
		mayWrite,
		tabs: openTabs(`${draft} ${person}`)
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
