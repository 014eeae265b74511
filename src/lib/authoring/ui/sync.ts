import * as Y from 'yjs';
import { createDocument, takeUpdate } from '../document/document.ts';
import { UndoSteps } from '../document/undo.ts';
import { Presences, type Present } from './presence.ts';
import type { Shelf } from './unsent-updates.ts';
import type { Wire } from './wire.ts';

/**
 * How far what was written has come: `saved` by the server, `saving` on its way, `kept` on this device
 * until the line is back, `signed-out` likewise until one has signed in again, `shut` where one may not
 * write here any more.
 */
export type Saving = 'saved' | 'saving' | 'kept' | 'signed-out' | 'shut';

export interface SyncGiven {
	wire: Wire;
	shelf: Shelf;
	/** What the page came with. */
	first: { n: number; update: Uint8Array } | null;
	/** False for who may only read and comment. */
	mayWrite: boolean;
	/** Joins tabs of one person at one draft, also while there is no line; undefined where there is no such thing. */
	tabs?: TabChannel | undefined;
	/** Waits so many milliseconds; a test has its own. */
	wait?: (milliseconds: number) => Promise<void>;
	now?: () => number;
}

/** `BroadcastChannel` in a browser. */
export interface TabChannel {
	postMessage(message: unknown): void;
	onmessage: ((event: MessageEvent) => void) | null;
	close(): void;
}

interface Batch {
	id: string;
	update: Uint8Array;
	/** Sent, maybe more than once, and so never to be changed: its id stands for these bytes. */
	isSealed: boolean;
	/** A change of an earlier visit, or of another tab, that this one carries on. */
	carries?: { id: string; size: number };
}

/** Keys that are pressed within so many milliseconds travel together. */
const gathering = 40;
/** A change grows to this many bytes before another one is begun. */
const fullBatch = 150_000;
/** Waits between tries, in milliseconds; the last one goes on. */
const pauses = [1_000, 2_000, 4_000, 8_000, 15_000];
/** Longer than a device needs to look what it has kept; one that does not answer must not keep anybody from writing. */
const patience = 2_000;
/** So often one tells that one is still here. */
const heartbeat = 20_000;

/**
 * A draft in somebody's hands, at one with that of everybody else. What is written goes into `doc`, is
 * there at once, and is sent until it is acknowledged: the device keeps it till then, also over a reload.
 * What others write comes in by itself, in whatever order and however often.
 */
export class DraftSync {
	readonly doc: Y.Doc = createDocument();
	readonly steps: UndoSteps;
	readonly #given: SyncGiven;
	readonly #tab = newUpdateId();
	readonly #presences = new Presences(this.#tab);
	readonly #watchers = new Set<() => void>();
	readonly #hearers = new Set<(data: unknown) => void>();
	readonly #timers = new Set<ReturnType<typeof setInterval>>();
	#queue: Batch[] = [];
	#isSending = false;
	/** Why nothing is acknowledged at present. */
	#trouble: 'later' | 'signed-out' | 'shut' | 'too-large' | undefined;
	#tries = 0;
	#isHealed = false;
	#isListening = false;
	#hasLine = false;
	#place: string | null = null;
	#n = 0;
	#endListening: () => void = () => undefined;
	/** Ends the pause between two tries. */
	#wake: () => void = () => undefined;
	#isClosed = false;

	/**
	 * Opens a draft with what the device kept of it. Where the device takes too long to tell, the draft
	 * opens without, and what was kept joins it whenever it comes.
	 */
	static async open(given: SyncGiven): Promise<DraftSync> {
		const kept = given.shelf.list();
		const all = Promise.all([kept, given.shelf.readSteps()]);
		const inTime = await Promise.race([all, pass(given, patience)]);
		if (inTime) return new DraftSync(given, ...inTime);
		const sync = new DraftSync(given, [], undefined);
		void kept.then((late) => sync.#carryOnLate(late));
		return sync;
	}

	private constructor(
		given: SyncGiven,
		kept: Awaited<ReturnType<Shelf['list']>>,
		steps: Awaited<ReturnType<Shelf['readSteps']>>
	) {
		this.#given = given;
		if (given.first) this.#take(given.first.n, given.first.update);
		if (given.mayWrite) for (const one of kept) this.#carryOn(one);
		this.steps = new UndoSteps(this.doc, steps);
		this.doc.on('update', this.#note);
		if (given.tabs) {
			given.tabs.onmessage = ({ data }: MessageEvent) => {
				if (data instanceof Uint8Array) Y.applyUpdate(this.doc, data, 'another tab');
			};
		}
		void this.#send();
	}

	get saving(): Saving {
		if (this.#trouble === 'shut') return 'shut';
		if (this.#queue.length === 0) return 'saved';
		if (this.#trouble === 'signed-out') return 'signed-out';
		return this.#trouble === undefined ? 'saving' : 'kept';
	}

	/** True where something is too large to be taken, and stays on the device. */
	get isTooLarge(): boolean {
		return this.#trouble === 'too-large';
	}

	/** False while others cannot be heard. */
	get hasLine(): boolean {
		return this.#hasLine;
	}

	/** Number of the last update that has come in. */
	get n(): number {
		return this.#n;
	}

	/** Who else is here now. */
	get others(): readonly Present[] {
		return this.#presences.list(this.#now());
	}

	/** Calls back when `saving`, `others` or `hasLine` may have changed. Returns what ends it. */
	watch(tell: () => void): () => void {
		this.#watchers.add(tell);
		return () => this.#watchers.delete(tell);
	}

	/** Calls back with whatever is whispered to those in the draft. Returns what ends it. */
	hear(tell: (data: unknown) => void): () => void {
		this.#hearers.add(tell);
		return () => this.#hearers.delete(tell);
	}

	/** Begins to hear the others and to be seen by them. */
	listen(): void {
		if (this.#isListening) return;
		this.#isListening = true;
		this.#endListening = this.#given.wire.listen(this.#n, {
			open: () => {
				this.#hasLine = true;
				this.#tellWhere(true);
				this.retry();
				this.#tell();
			},
			update: (n, update) => this.#take(n, update),
			whisper: (data) => {
				for (const tell of [...this.#hearers]) tell(data);
				if (this.#presences.hear(data, this.#now())) this.#tellWhere(false);
				this.#tell();
			},
			lost: () => {
				this.#hasLine = false;
				this.#presences.forget();
				this.#tell();
			}
		});
		this.#timers.add(
			setInterval(() => {
				if (this.#hasLine) this.#tellWhere(false);
				this.#tell();
			}, heartbeat)
		);
	}

	/** Tells the others where one is. */
	tellPlace(place: string | null): void {
		if (place === this.#place) return;
		this.#place = place;
		if (this.#hasLine) this.#tellWhere(false);
	}

	/** Tries at once what waits for the line to come back. */
	retry(): void {
		if (this.#trouble !== 'shut') this.#wake();
	}

	/** Resolves when all that was written has been acknowledged, or never where it cannot be. */
	async settle(): Promise<void> {
		if (this.#queue.length === 0) return;
		await new Promise<void>((resolve) => {
			const end = this.watch(() => {
				if (this.#queue.length > 0) return;
				end();
				resolve();
			});
		});
	}

	/** Ends it as the page goes; what was not acknowledged stays on the device. */
	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		if (this.#isListening) {
			this.#given.wire.tell({ tab: this.#tab, place: null, gone: true, asks: false });
		}
		this.#endListening();
		void this.#keepSteps();
		for (const timer of this.#timers) clearInterval(timer);
		this.#wake();
		this.doc.off('update', this.#note);
		this.steps.close();
		if (this.#given.tabs) this.#given.tabs.onmessage = null;
		this.#given.tabs?.close();
	}

	#take(n: number, update: Uint8Array): void {
		this.#n = Math.max(this.#n, n);
		takeUpdate(this.doc, update);
	}

	#carryOn({ id, update }: { id: string; update: Uint8Array }): void {
		Y.applyUpdate(this.doc, update, 'an earlier visit');
		const carries = { id, size: update.length };
		this.#queue.push({ id: newUpdateId(), update, isSealed: true, carries });
	}

	/** What this visit has put there itself waits already. */
	#carryOnLate(kept: Awaited<ReturnType<Shelf['list']>>): void {
		if (this.#isClosed || !this.#given.mayWrite) return;
		for (const one of kept) if (!this.#queue.some(({ id }) => id === one.id)) this.#carryOn(one);
		this.#tell();
		void this.#send();
	}

	readonly #note = (update: Uint8Array, _: unknown, __: Y.Doc, { local }: Y.Transaction) => {
		if (!local) return;
		this.#given.tabs?.postMessage(update);
		const last = this.#queue.at(-1);
		let batch: Batch;
		if (last && !last.isSealed && last.update.length < fullBatch) {
			last.update = Y.mergeUpdates([last.update, update]);
			batch = last;
		} else {
			batch = { id: newUpdateId(), update, isSealed: false };
			this.#queue.push(batch);
		}
		void this.#given.shelf.put({ id: batch.id, update: batch.update });
		this.#keepStepsSoon();
		this.#tell();
		void this.#send();
	};

	/** Sends what waits, one after the other, until nothing does. */
	async #send(): Promise<void> {
		if (this.#isSending) return;
		this.#isSending = true;
		while (!this.#isClosed && this.#trouble !== 'shut') {
			const [batch] = this.#queue;
			if (!batch) break;
			if (!batch.isSealed) await this.#wait(gathering);
			if (this.#isClosed) break;
			batch.isSealed = true;
			// What is told to be saved can be undone after a reload, however soon that comes.
			const sending = this.#given.wire.send(batch.id, batch.update);
			const [answer] = await Promise.all([sending, this.#inTime(this.#keepSteps())]);
			if (this.#isClosed) break;
			if (answer.kept) this.#acknowledge(batch);
			else await this.#endure(answer.why);
			this.#tell();
		}
		this.#isSending = false;
	}

	#acknowledge(batch: Batch): void {
		this.#queue = this.#queue.filter((other) => other !== batch);
		this.#trouble = undefined;
		this.#tries = 0;
		this.#isHealed = false;
		void this.#given.shelf.drop(batch.id);
		if (batch.carries) void this.#given.shelf.drop(batch.carries.id, batch.carries.size);
	}

	async #endure(
		why: 'later' | 'out-of-order' | 'signed-out' | 'shut' | 'too-large'
	): Promise<void> {
		if (why === 'out-of-order' && !this.#isHealed) {
			this.#isHealed = await this.#heal();
			if (this.#isHealed) return;
		}
		this.#trouble = why === 'out-of-order' ? 'later' : why;
		this.#tell();
		if (why === 'shut') return;
		const pause = pauses[Math.min(this.#tries, pauses.length - 1)] ?? 1_000;
		this.#tries += 1;
		await Promise.race([
			this.#wait(pause),
			new Promise<void>((resolve) => {
				this.#wake = resolve;
			})
		]);
		this.#wake = () => undefined;
		this.#isHealed = false;
	}

	/** Sends all that the server does not have in place of what waits; false where nobody answers. */
	async #heal(): Promise<boolean> {
		const whole = await this.#given.wire.fetchWhole();
		if (whole === null || this.#isClosed) return false;
		takeUpdate(this.doc, whole.update);
		const there = Y.encodeStateVectorFromUpdate(whole.update);
		const waiting = this.#queue;
		const batch = {
			id: newUpdateId(),
			update: Y.encodeStateAsUpdate(this.doc, there),
			isSealed: true
		};
		this.#queue = [batch];
		await this.#inTime(this.#given.shelf.put({ id: batch.id, update: batch.update }));
		for (const { id, carries } of waiting) {
			void this.#given.shelf.drop(id);
			if (carries) void this.#given.shelf.drop(carries.id, carries.size);
		}
		return true;
	}

	#keepingSteps: ReturnType<typeof setTimeout> | undefined;

	#keepSteps(): Promise<void> {
		clearTimeout(this.#keepingSteps);
		return this.#given.shelf.keepSteps(this.steps.keep());
	}

	/** While nothing can be sent they are kept all the same. */
	#keepStepsSoon(): void {
		clearTimeout(this.#keepingSteps);
		this.#keepingSteps = setTimeout(() => void this.#keepSteps(), 500);
	}

	#tellWhere(asks: boolean): void {
		this.#given.wire.tell({ tab: this.#tab, place: this.#place, gone: false, asks });
	}

	#tell(): void {
		for (const tell of [...this.#watchers]) tell();
	}

	#now(): number {
		return this.#given.now?.() ?? Date.now();
	}

	/** Resolves when the device is done, and soon in any case: what it is asked comes about in its order. */
	#inTime(work: Promise<void>): Promise<void> {
		return Promise.race([work, this.#wait(patience)]);
	}

	async #wait(milliseconds: number): Promise<void> {
		await pass(this.#given, milliseconds);
	}
}

async function pass({ wait }: SyncGiven, milliseconds: number): Promise<undefined> {
	if (wait) await wait(milliseconds);
	else await new Promise((resolve) => setTimeout(resolve, milliseconds));
	return undefined;
}

function newUpdateId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(12));
	return Array.from(bytes, (byte) => byte.toString(36).padStart(2, '0')).join('');
}
