import { expect, test } from 'vitest';
import type { CommentThread } from '../comment-threads.ts';
import { createDocument } from '../document/document.ts';
import { addChoice, addScene, startBlank } from '../document/edits.ts';
import { readDraft } from '../document/read.ts';
import { gatherSigns, tellChosen, tellComments } from './signs.ts';

function begin() {
	const doc = createDocument();
	const { scene } = startBlank(doc);
	const end = addScene(doc, { key: 'end' });
	const on = addChoice(doc, scene, { key: 'on', to: end, text: { da: 'Gå videre' } });
	const wait = addChoice(doc, scene, { key: 'wait', to: end, text: { da: 'Vent' } });
	const editor = {
		draft: readDraft(doc),
		problems: [],
		firstWords: ({ da }: { da: string }) => da
	};
	return { editor, scene, end, on, wait };
}

const thread = (place: string | null, more: Partial<CommentThread> = {}): CommentThread => ({
	...{
		id: `${place}`,
		place,
		quote: null,
		must: false,
		isResolved: false,
		mayResolve: true,
		said: []
	},
	...more
});

test('a scene tells of what is said about anything in it, and of who is there', () => {
	const { editor, scene, on } = begin();
	const signs = gatherSigns(
		editor,
		[
			{ name: 'Bo', place: `choice/${on}/text/da` },
			{ name: 'Pia', place: 'scenario/title/da' },
			{ name: 'Per', place: null }
		],
		[
			thread(`scene/${scene}`),
			thread(`choice/${on}/why/en`, { must: true }),
			thread(`scene/${scene}/text/da`, { isResolved: true }),
			thread('scenario/title/da'),
			thread(null)
		],
		[]
	);
	expect(signs.get(`scene-${scene}`)).toMatchObject({ comments: 2, musts: 1, people: ['Bo'] });
	expect(signs.get('about')).toMatchObject({ comments: 1, musts: 0, people: ['Pia'] });
	expect(tellComments(signs.get(`scene-${scene}`)!)).toContain('2');
	expect(tellComments(signs.get('people')!)).toBeUndefined();
});

test('what people chose is told at the choice, and of what too few chose only that', () => {
	const { editor, scene, end, on, wait } = begin();
	const key = editor.draft.scenes.find(({ id }) => id === scene)!.key;
	const signs = gatherSigns(
		editor,
		[],
		[],
		[
			{ scene: key, choice: 'on', people: 12 },
			{ scene: 'gone-since', choice: 'on', people: 24 }
		]
	);
	expect(signs.get(`scene-${scene}`)?.chosen).toEqual([
		{ id: on, to: end, words: 'Gå videre', people: 12, share: 0.5 },
		{ id: wait, to: end, words: 'Vent', people: null, share: 0 }
	]);
	expect(signs.get(`scene-${end}`)?.chosen).toEqual([]);
	expect(tellChosen({ people: 12 })).toContain('12');
	expect(tellChosen({ people: null })).not.toMatch(/\d/u);
});
