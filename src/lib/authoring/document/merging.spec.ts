import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { readVocabulary } from '#lib/scenario/vocabulary.server.ts';
import { doEdit, randomEdit, readEverything, Typed } from '#tests/support/draft-edits.ts';
import { createDocument, takeUpdate } from './document.ts';
import { startBlank } from './edits.ts';
import { loadYaml } from './load.ts';
import { readDraft } from './read.ts';
import { checkDraft } from './trace.ts';
import { UndoSteps } from './undo.ts';
import { writeYaml } from './write.ts';

const authors = 4;
const { vocabulary } = await readVocabulary(['courses']);

type Event =
	| { edit: typeof randomEdit extends fc.Arbitrary<infer Edit> ? Edit : never; by: number }
	/** What somebody has sent reaches somebody, now or again, or is lost on the way. */
	| { reaches: number; sent: number; isLost: boolean };

const event: fc.Arbitrary<Event> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ edit: randomEdit, by: fc.nat(authors - 1) }) },
	{
		weight: 2,
		arbitrary: fc.record({
			reaches: fc.nat(authors - 1),
			sent: fc.nat(10_000),
			isLost: fc.boolean()
		})
	}
);

it('brings four authors to one and the same valid document, and no typed letter is lost, whatever the line does', () => {
	fc.assert(
		fc.property(
			fc.array(event, { minLength: 20, maxLength: 160 }),
			fc.infiniteStream(fc.nat(10_000)),
			(events, dice) => {
				const typed = new Typed();
				const first = createDocument();
				startBlank(first);
				const seed = Y.encodeStateAsUpdate(first);
				const sent: Uint8Array[] = [];
				const docs = Array.from({ length: authors }, () => {
					const doc = createDocument();
					takeUpdate(doc, seed);
					doc.on(
						'update',
						(update: Uint8Array, _: unknown, __: Y.Doc, { local }: Y.Transaction) => {
							if (local) sent.push(update);
						}
					);
					return doc;
				});
				for (const one of events) {
					if ('edit' in one) doEdit(docs[one.by]!, one.edit, typed);
					else if (!one.isLost && sent.length > 0) {
						takeUpdate(docs[one.reaches]!, sent[one.sent % sent.length]!);
					}
				}
				// In the end everything comes through, in an order of its own to each, some of it twice.
				for (const doc of docs) {
					const order = sent.map((update) => ({ update, rank: dice.next().value! }));
					for (const { update, rank } of order.toSorted((a, b) => a.rank - b.rank)) {
						takeUpdate(doc, update);
						if (rank % 3 === 0) takeUpdate(doc, update);
					}
				}
				expectSame(docs);
				for (const doc of docs) expect(typed.missingFrom(readEverything(doc))).toEqual([]);
			}
		),
		{ numRuns: 60 }
	);
}, 120_000);

function expectSame(docs: readonly Y.Doc[]): void {
	const [first] = docs.map((doc) => readDraft(doc));
	const text = writeYaml(docs[0]!);
	for (const doc of docs) {
		expect(doc.store.pendingStructs).toBeNull();
		expect(readDraft(doc)).toEqual(first);
		expect(writeYaml(doc)).toBe(text);
	}
	// Valid: the file can be read, and says the same when it is written again.
	const { doc } = loadYaml(text, 'draft.yaml');
	expect(writeYaml(doc ?? createDocument())).toBe(text);
	expect(() => checkDraft(first!, vocabulary)).not.toThrow();
	for (const parts of [first!.scenes, first!.people, ...first!.scenes.map((one) => one.choices)]) {
		expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
	}
}

it('undoes of each author only what is theirs, while the others write on', () => {
	const step = fc.record({
		by: fc.nat(authors - 1),
		edit: randomEdit,
		undo: fc.constantFrom('no', 'no', 'no', 'undo', 'redo')
	});
	fc.assert(
		fc.property(fc.array(step, { maxLength: 80 }), (events) => {
			const typed = new Typed();
			const first = createDocument();
			startBlank(first);
			const docs = Array.from({ length: authors }, () => {
				const doc = createDocument();
				takeUpdate(doc, Y.encodeStateAsUpdate(first));
				return doc;
			});
			const steps = docs.map((doc) => new UndoSteps(doc));
			for (const { by, edit, undo } of events) {
				const doc = docs[by]!;
				if (undo === 'no')
					doEdit(doc, { ...edit, does: edit.does === 'delete' ? 'type' : edit.does }, typed);
				else {
					const before = readEverythingOf(doc);
					steps[by]![undo]();
					const after = new Set(readEverythingOf(doc));
					typed.delete([...before].filter((letter) => !after.has(letter)).join(''));
				}
				for (const other of docs) takeUpdate(other, Y.encodeStateAsUpdate(doc));
			}
			expectSame(docs);
			expect(typed.missingFrom(readEverything(docs[0]!))).toEqual([]);
		}),
		{ numRuns: 40 }
	);
}, 120_000);

/** All letters in a document, wherever they stand. */
function readEverythingOf(doc: Y.Doc): string {
	return [...doc.share.keys()]
		.filter((name) => name !== 'fields')
		.map((name) => doc.getText(name).toString())
		.join('');
}
