import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { doEdit, randomEdit, readEverything, Typed } from '#tests/support/draft-edits.ts';
import { createDocument, takeUpdate } from '../document/document.ts';
import { setText, startBlank } from '../document/edits.ts';
import { readDraft } from '../document/read.ts';
import { writeYaml } from '../document/write.ts';
import { DraftSync, type TabChannel } from './sync.ts';
import { makePassingShelf, type Shelf } from './unsent-updates.ts';
import type { Answer, Ears, Whole, Wire } from './wire.ts';

/** What everybody has: changes in the order in which they came, each by its id once. */
class Common {
	readonly doc = createDocument();
	readonly rows: { id: string; update: Uint8Array }[] = [];
	readonly ears = new Set<{ ears: Ears; n: number }>();
	acknowledged = 0;

	constructor() {
		startBlank(this.doc);
		this.rows.push({ id: 'first', update: Y.encodeStateAsUpdate(this.doc) });
	}

	get whole(): Whole {
		return { n: this.rows.length, update: Y.encodeStateAsUpdate(this.doc) };
	}

	keep(id: string, update: Uint8Array): Answer {
		if (this.rows.some((row) => row.id === id)) return { kept: true };
		const trial = createDocument();
		takeUpdate(trial, Y.encodeStateAsUpdate(this.doc));
		takeUpdate(trial, update);
		if (trial.store.pendingStructs ?? trial.store.pendingDs) {
			return { kept: false, why: 'out-of-order' };
		}
		takeUpdate(this.doc, update);
		this.rows.push({ id, update });
		return { kept: true };
	}

	/** Tells somebody what is new. */
	pump(listening: { ears: Ears; n: number }): void {
		for (const [index, { update }] of this.rows.entries()) {
			if (index + 1 <= listening.n) continue;
			listening.n = index + 1;
			listening.ears.update(index + 1, update);
		}
	}
}

type Trouble = 'none' | 'lost' | 'answer-lost' | 'refused';

/** A line to it that somebody may cut, and on which requests and answers are lost. */
class LossyWire implements Wire {
	isCut = false;
	refusal: 'signed-out' | 'shut' | 'too-large' | undefined;
	readonly #common: Common;
	readonly #next: () => Trouble;
	#listening: { ears: Ears; n: number } | undefined;
	readonly told: unknown[] = [];

	constructor(common: Common, next: () => Trouble = () => 'none') {
		this.#common = common;
		this.#next = next;
	}

	async send(id: string, update: Uint8Array): Promise<Answer> {
		await Promise.resolve();
		if (this.refusal) return { kept: false, why: this.refusal };
		const trouble = this.isCut ? 'lost' : this.#next();
		if (trouble === 'lost') return { kept: false, why: 'later' };
		if (trouble === 'refused') return { kept: false, why: 'out-of-order' };
		const answer = this.#common.keep(id, update);
		if (trouble === 'answer-lost') return { kept: false, why: 'later' };
		if (answer.kept) this.#common.acknowledged += 1;
		return answer;
	}

	async fetchWhole(): Promise<Whole | null> {
		await Promise.resolve();
		return this.isCut || this.#next() === 'lost' ? null : this.#common.whole;
	}

	listen(n: number, ears: Ears): () => void {
		this.#listening = { ears, n };
		if (!this.isCut) ears.open();
		return () => {
			this.#listening = undefined;
		};
	}

	tell(presence: unknown): void {
		this.told.push(presence);
	}

	/** What has come since reaches whoever listens here. */
	pump(): void {
		if (this.#listening && !this.isCut) this.#common.pump(this.#listening);
	}

	cut(): void {
		this.isCut = true;
		this.#listening?.ears.lost();
	}

	mend(): void {
		this.isCut = false;
		this.#listening?.ears.open();
	}
}

const opened: DraftSync[] = [];

async function open(
	wire: Wire,
	shelf: Shelf = makePassingShelf(),
	more: Partial<Parameters<typeof DraftSync.open>[0]> = {}
): Promise<DraftSync> {
	const sync = await DraftSync.open({ wire, shelf, first: null, mayWrite: true, ...more });
	opened.push(sync);
	sync.listen();
	return sync;
}

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	for (const sync of opened.splice(0)) sync.close();
	vi.useRealTimers();
});

const title = 'scenario/title/da';
const later = (milliseconds = 1_000) => vi.advanceTimersByTimeAsync(milliseconds);

test('what is typed is saved, and is with the others', async () => {
	const common = new Common();
	const [one, two] = [new LossyWire(common), new LossyWire(common)];
	const mine = await open(one);
	const theirs = await open(two);
	one.pump();
	two.pump();
	setText(mine.doc, title, 'N');
	expect(mine.saving).toBe('saving');
	setText(mine.doc, title, 'Nat');
	await later();
	expect(mine.saving).toBe('saved');
	expect(common.rows).toHaveLength(2);
	two.pump();
	expect(readDraft(theirs.doc).title.da).toBe('Nat');
	expect(theirs.saving).toBe('saved');
});

test('what is typed without a line is kept on the device, outlives the page, and arrives once', async () => {
	const common = new Common();
	const shelf = makePassingShelf();
	const wire = new LossyWire(common);
	const sync = await open(wire, shelf, { first: common.whole });
	wire.cut();
	setText(sync.doc, title, 'Nat');
	await later();
	setText(sync.doc, 'scenario/title/en', 'Night');
	await later();
	expect(sync.saving).toBe('kept');
	expect(sync.hasLine).toBe(false);
	sync.close();
	expect(common.rows).toHaveLength(1);

	const again = new LossyWire(common);
	again.cut();
	const next = await open(again, shelf, { first: common.whole });
	expect(readDraft(next.doc).title).toEqual({ da: 'Nat', en: 'Night' });
	await later();
	expect(next.saving).toBe('kept');
	again.mend();
	await later();
	expect(next.saving).toBe('saved');
	expect(await shelf.list()).toEqual([]);
	expect(readDraft(common.doc).title).toEqual({ da: 'Nat', en: 'Night' });
	next.steps.undo();
	await later();
	expect(readDraft(common.doc).title).toEqual({ da: 'Nat', en: '' });
});

test('what was acknowledged and never heard of is not there twice', async () => {
	const common = new Common();
	let calls = 0;
	const wire = new LossyWire(common, () => (calls++ === 0 ? 'answer-lost' : 'none'));
	const sync = await open(wire, makePassingShelf(), { first: common.whole });
	setText(sync.doc, title, 'Nat');
	await later(3_000);
	expect(sync.saving).toBe('saved');
	expect(common.rows).toHaveLength(2);
});

test('what the server cannot fit in is sent again as all that it lacks', async () => {
	const common = new Common();
	let calls = 0;
	const wire = new LossyWire(common, () => (calls++ < 1 ? 'refused' : 'none'));
	const sync = await open(wire, makePassingShelf(), { first: common.whole });
	setText(sync.doc, title, 'Nat');
	await later();
	expect(sync.saving).toBe('saved');
	expect(readDraft(common.doc).title.da).toBe('Nat');
});

test('two tabs without a line show the same, and both arrive', async () => {
	const common = new Common();
	const [one, two] = makeTabs();
	const shelf = makePassingShelf();
	const wires = [new LossyWire(common), new LossyWire(common)];
	const first = await open(wires[0]!, shelf, { first: common.whole, tabs: one });
	const second = await open(wires[1]!, shelf, { first: common.whole, tabs: two });
	for (const wire of wires) wire.cut();
	setText(first.doc, title, 'Nat');
	setText(second.doc, title, 'Nattevagt');
	expect(readDraft(first.doc).title.da).toBe('Nattevagt');
	wires[1]!.mend();
	await later(20_000);
	wires[0]!.mend();
	await later(20_000);
	expect([first.saving, second.saving]).toEqual(['saved', 'saved']);
	expect(readDraft(common.doc).title.da).toBe('Nattevagt');
});

/** One that does nothing it is asked until the device answers. */
function makeHangingShelf(inner: Shelf = makePassingShelf()) {
	const { promise: answers, resolve: answer } = Promise.withResolvers<void>();
	const shelf: Shelf = {
		list: () => answers.then(() => inner.list()),
		put: (unsent) => answers.then(() => inner.put(unsent)),
		drop: (id, size) => answers.then(() => inner.drop(id, size)),
		readSteps: () => answers.then(() => inner.readSteps()),
		keepSteps: (steps) => answers.then(() => inner.keepSteps(steps)),
		close: () => undefined
	};
	return { shelf, inner, answer };
}

test('a device that does not tell what it has keeps nobody from writing, and nothing is lost once it does', async () => {
	const common = new Common();
	const { shelf, inner, answer } = makeHangingShelf();
	const line = new LossyWire(common);
	line.cut();
	const before = await open(line, inner, { first: common.whole });
	setText(before.doc, title, 'Nat');
	await later();
	before.close();

	const opening = open(new LossyWire(common), shelf, { first: common.whole });
	await later(3_000);
	const sync = await opening;
	setText(sync.doc, 'scenario/title/en', 'Night');
	await later(5_000);
	expect(sync.saving).toBe('saved');
	expect(readDraft(common.doc).title).toEqual({ da: '', en: 'Night' });

	answer();
	await later(5_000);
	expect(sync.saving).toBe('saved');
	expect(readDraft(common.doc).title).toEqual({ da: 'Nat', en: 'Night' });
	expect(await inner.list()).toEqual([]);
});

test('what is typed while a device hangs is kept there once it answers, and arrives with the line', async () => {
	const common = new Common();
	const { shelf, inner, answer } = makeHangingShelf();
	const wire = new LossyWire(common);
	const opening = open(wire, shelf, { first: common.whole });
	await later(3_000);
	const sync = await opening;
	wire.cut();
	setText(sync.doc, title, 'Nat');
	answer();
	await later(5_000);
	expect(sync.saving).toBe('kept');
	expect(await inner.list()).toHaveLength(1);
	wire.mend();
	await later(5_000);
	expect(sync.saving).toBe('saved');
	expect(common.rows).toHaveLength(2);
	expect(await inner.list()).toEqual([]);
});

function makeTabs(): [TabChannel, TabChannel] {
	const make = (): TabChannel => ({
		onmessage: null,
		postMessage: () => undefined,
		close: () => undefined
	});
	const [one, two] = [make(), make()];
	const hand = (to: TabChannel) => (data: unknown) => to.onmessage?.({ data } as MessageEvent);
	one.postMessage = hand(two);
	two.postMessage = hand(one);
	return [one, two];
}

test('who may write no more, or is signed out, is told so, and keeps what they have', async () => {
	const common = new Common();
	const shelf = makePassingShelf();
	const wire = new LossyWire(common);
	const sync = await open(wire, shelf, { first: common.whole });
	wire.refusal = 'signed-out';
	setText(sync.doc, title, 'Nat');
	await later();
	expect(sync.saving).toBe('signed-out');
	wire.refusal = undefined;
	await later(20_000);
	expect(sync.saving).toBe('saved');
	wire.refusal = 'too-large';
	setText(sync.doc, title, 'Natten');
	await later();
	expect([sync.saving, sync.isTooLarge]).toEqual(['kept', true]);
	wire.refusal = 'shut';
	await later(20_000);
	expect(sync.saving).toBe('shut');
	expect(await shelf.list()).toHaveLength(1);
});

test('who is here is known by name, once for each, and forgotten when they go', async () => {
	const common = new Common();
	const wire = new LossyWire(common);
	let ears: Ears | undefined;
	const listening: Wire = {
		send: (id, update) => wire.send(id, update),
		fetchWhole: () => wire.fetchWhole(),
		listen: (_, given) => {
			ears = given;
			given.open();
			return () => undefined;
		},
		tell: (presence) => wire.tell(presence)
	};
	const sync = await open(listening, makePassingShelf(), { first: common.whole });
	const { tab } = wire.told[0] as { tab: string };
	const pia = { kind: 'presence', name: 'Pia', role: 'owner', mark: 0, gone: false, asks: false };
	ears!.whisper({ ...pia, tab, place: null });
	ears!.whisper({ ...pia, tab: 'another-tab', place: null });
	ears!.whisper({ ...pia, tab: 'tab-of-per', name: 'Per', mark: 1, place: 'scene/a', asks: true });
	ears!.whisper({ kind: 'else' });
	expect(sync.others).toEqual([{ name: 'Per', role: 'owner', mark: 1, place: 'scene/a' }]);
	// Who asks is answered.
	expect(wire.told).toHaveLength(2);
	sync.tellPlace('scene/b');
	expect(wire.told.at(-1)).toMatchObject({ place: 'scene/b', gone: false });
	await later(60_000);
	expect(sync.others).toEqual([]);
	ears!.whisper({ ...pia, tab: 'tab-of-per', name: 'Per', mark: 1, place: null });
	ears!.whisper({ ...pia, tab: 'tab-of-per', name: 'Per', mark: 1, place: null, gone: true });
	expect(sync.others).toEqual([]);
	sync.close();
	expect(wire.told.at(-1)).toMatchObject({ gone: true });
});

const authors = 4;
const happening = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ by: fc.nat(authors - 1), edit: randomEdit }) },
	{
		weight: 3,
		arbitrary: fc.record({
			by: fc.nat(authors - 1),
			does: fc.constantFrom('pump', 'cut', 'mend', 'reload', 'wait', 'wait')
		})
	}
);

test('four authors on bad lines, who reload now and then, end with the same draft and all they typed', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(happening, { minLength: 20, maxLength: 90 }),
			fc.infiniteStream(
				fc.constantFrom<Trouble>('none', 'none', 'none', 'lost', 'answer-lost', 'refused')
			),
			async (events, troubles) => {
				const common = new Common();
				const typed = new Typed();
				let isCalm = false;
				const next = () => (isCalm ? 'none' : (troubles.next().value ?? 'none'));
				const shelves = Array.from({ length: authors }, () => makePassingShelf());
				const wires = shelves.map(() => new LossyWire(common, next));
				const syncs = await Promise.all(
					wires.map((wire, index) => open(wire, shelves[index], { first: common.whole }))
				);
				for (const one of events) {
					const { by } = one;
					if ('edit' in one) doEdit(syncs[by]!.doc, one.edit, typed);
					else if (one.does === 'pump') wires[by]!.pump();
					else if (one.does === 'cut') wires[by]!.cut();
					else if (one.does === 'mend') wires[by]!.mend();
					else if (one.does === 'wait') await later(300);
					else {
						syncs[by]!.close();
						wires[by] = new LossyWire(common, next);
						syncs[by] = await open(wires[by]!, shelves[by], { first: common.whole });
					}
				}
				isCalm = true;
				for (const wire of wires) wire.mend();
				for (const sync of syncs) sync.retry();
				await later(60_000);
				for (const wire of wires) wire.pump();
				expect(syncs.map(({ saving }) => saving)).toEqual(syncs.map(() => 'saved'));
				for (const { doc } of syncs) expect(writeYaml(doc)).toBe(writeYaml(common.doc));
				expect(typed.missingFrom(readEverything(common.doc))).toEqual([]);
				for (const shelf of shelves) expect(await shelf.list()).toEqual([]);
				for (const sync of syncs) sync.close();
			}
		),
		{ numRuns: 40 }
	);
}, 120_000);
