import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createDocument, edit, encodeWithoutDeleted, takeUpdate } from './document.ts';
import {
	addChoice,
	addScene,
	removePart,
	restorePart,
	setKey,
	setText,
	startBlank
} from './edits.ts';
import { readDraft } from './read.ts';
import { UndoSteps } from './undo.ts';

const title = 'scenario/title/da';

function begin() {
	const doc = createDocument();
	const { scene } = startBlank(doc);
	return { doc, scene, steps: new UndoSteps(doc) };
}

function copy(doc: Y.Doc): Y.Doc {
	const other = createDocument();
	takeUpdate(other, Y.encodeStateAsUpdate(doc));
	return other;
}

function exchange(a: Y.Doc, b: Y.Doc): void {
	takeUpdate(b, Y.encodeStateAsUpdate(a));
	takeUpdate(a, Y.encodeStateAsUpdate(b));
}

const read = (doc: Y.Doc) => readDraft(doc).title.da;

describe('undoing', () => {
	it('takes typing in one text back at once, and each other edit by itself', () => {
		const { doc, scene, steps } = begin();
		setText(doc, title, 'N');
		setText(doc, title, 'Nat');
		setText(doc, 'scenario/title/en', 'Night');
		setKey(doc, `scene/${scene}`, 'hallway');
		expect(steps.undo()).toEqual([`scene/${scene}/key`]);
		expect(readDraft(doc).scenes[0]?.key).toBe('start');
		expect(steps.undo()).toEqual(['scenario/title/en']);
		expect(readDraft(doc).title).toEqual({ da: 'Nat', en: '' });
		expect(steps.undo()).toEqual([title]);
		expect(read(doc)).toBe('');
		expect(steps.undo()).toEqual([]);
		steps.redo();
		steps.redo();
		expect(readDraft(doc).title).toEqual({ da: 'Nat', en: 'Night' });
		expect(steps.canRedo).toBe(true);
		setText(doc, title, 'Nattevagt');
		expect(steps.canRedo).toBe(false);
	});

	it('takes back what belongs together as one', () => {
		const { doc, scene, steps } = begin();
		edit(doc, () => {
			const to = addScene(doc, { key: 'ny', text: { da: 'Ord' } });
			addChoice(doc, scene, { key: 'gaa', to, text: { da: 'Gå' } });
		});
		steps.undo();
		expect(readDraft(doc).scenes).toMatchObject([{ key: 'start', choices: [] }]);
		steps.redo();
		expect(readDraft(doc).scenes).toMatchObject([
			{ key: 'start', choices: [{ key: 'gaa', text: { da: 'Gå' } }] },
			{ key: 'ny', text: { da: 'Ord' } }
		]);
	});

	it('leaves alone what others did', () => {
		const { doc, steps } = begin();
		setText(doc, title, 'Nat');
		const other = copy(doc);
		setText(other, title, 'En Nat');
		setText(other, title, 'En Nat i maj');
		exchange(doc, other);
		steps.undo();
		expect(read(doc)).toBe('En  i maj');
		expect(steps.canUndo).toBe(false);
	});

	it('of a new scene removes it, and what another has written in it can be taken back', () => {
		const { doc, steps } = begin();
		const scene = addScene(doc, { key: 'ny', text: { da: 'Mit.' } });
		const other = copy(doc);
		setText(other, `scene/${scene}/text/en`, 'Theirs.');
		const choice = addChoice(other, scene, { key: 'valg', text: { da: 'Også deres.' } });
		exchange(doc, other);
		steps.undo();
		expect(readDraft(doc).scenes).toHaveLength(1);
		expect(readDraft(doc).removed).toMatchObject([{ place: `scene/${scene}`, words: 'Theirs.' }]);
		restorePart(doc, `scene/${scene}`);
		expect(readDraft(doc).scenes[1]).toMatchObject({
			id: scene,
			key: 'ny',
			text: { da: '', en: 'Theirs.' },
			choices: [{ id: choice }]
		});
	});

	it('of a removal takes the scene back', () => {
		const { doc, scene, steps } = begin();
		removePart(doc, `scene/${scene}`);
		expect(readDraft(doc).scenes).toHaveLength(0);
		steps.undo();
		expect(readDraft(doc).scenes).toMatchObject([{ id: scene, key: 'start' }]);
	});
});

describe('undoing on another day', () => {
	it('goes on where it was, also with what had been undone and done again', () => {
		const { doc, scene, steps } = begin();
		setText(doc, title, 'Nattevagt');
		setText(doc, 'scenario/title/en', 'Night shift');
		setText(doc, title, 'Vagt');
		setKey(doc, `scene/${scene}`, 'hallway');
		removePart(doc, `scene/${scene}`);
		for (let round = 0; round < 3; round++) steps.undo();
		steps.redo();
		expect(read(doc)).toBe('Vagt');
		const kept: unknown = JSON.parse(JSON.stringify(steps.keep()));

		const later = copy(doc);
		setText(later, 'scenario/summary/da', 'Fra en anden.');
		const again = new UndoSteps(later, kept as ReturnType<UndoSteps['keep']>);
		again.undo();
		expect(read(later)).toBe('Nattevagt');
		again.redo();
		expect(read(later)).toBe('Vagt');
		again.undo();
		again.undo();
		expect(readDraft(later).title).toEqual({ da: 'Nattevagt', en: '' });
		again.undo();
		expect(read(later)).toBe('');
		expect(again.canUndo).toBe(false);
		for (let round = 0; round < 5; round++) again.redo();
		expect(read(later)).toBe('Vagt');
		expect(readDraft(later).scenes).toEqual([]);
		expect(readDraft(later).summary.da).toBe('Fra en anden.');
	});

	it('leaves out steps whose pieces the document does not have', () => {
		const { doc, steps } = begin();
		const before = copy(doc);
		setText(doc, title, 'Nattevagt');
		const again = new UndoSteps(before, steps.keep());
		expect(again.canUndo).toBe(false);
	});
});

describe('what was deleted', () => {
	/** A document as the store keeps it. */
	function store(doc: Y.Doc): Y.Doc {
		const stored = createDocument();
		takeUpdate(stored, encodeWithoutDeleted(doc));
		return stored;
	}

	it('is in what is stored no more', () => {
		const { doc } = begin();
		setText(doc, title, 'Hanne fra lageret');
		setText(doc, title, 'En kollega');
		const stored = encodeWithoutDeleted(doc);
		expect(Buffer.from(stored).toString('latin1')).not.toContain('Hanne');
		expect(read(store(doc))).toBe('En kollega');
	});

	it('is put back from the own device by undoing, also on another day and in the midst of others', () => {
		const { doc, scene, steps } = begin();
		setText(doc, title, 'En lang nattevagt i maj');
		setText(doc, 'scenario/title/en', 'Night');
		setText(doc, title, 'En vagt i maj');
		setKey(doc, `scene/${scene}`, 'hallway');
		setText(doc, title, 'Vagt');
		const kept: unknown = JSON.parse(JSON.stringify(steps.keep()));

		const later = store(doc);
		setText(later, title, 'Vagt nu');
		const again = new UndoSteps(later, kept as ReturnType<UndoSteps['keep']>);
		again.undo();
		expect(read(later)).toBe('En vagt i maj nu');
		again.undo();
		expect(readDraft(later).scenes[0]?.key).toBe('start');
		again.undo();
		expect(read(later)).toBe('En lang nattevagt i maj nu');
		again.redo();
		again.redo();
		again.redo();
		expect(read(later)).toBe('Vagt nu');
		// Everybody else gets the words with the undoing, whether they have the others or not.
		again.undo();
		const other = store(doc);
		exchange(later, other);
		expect(read(other)).toBe('En vagt i maj nu');
	});

	it('is left out of the steps where nobody has it any more', () => {
		const { doc, steps } = begin();
		setText(doc, title, 'Nattevagt');
		setText(doc, 'scenario/title/en', 'Night');
		setText(doc, title, '');
		const { undo, redo, redone } = steps.keep();
		const again = new UndoSteps(store(doc), {
			undo: undo.map((step) => ({ ...step, lost: [] })),
			redo,
			redone
		});
		expect(again.undo()).toEqual(['scenario/title/en']);
	});
});
