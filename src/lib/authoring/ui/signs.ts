import * as m from '#lib/ui/messages/messages.js';
import type { CommentThread } from '../comment-threads.ts';
import { findSpot, writeSpot } from '../spot.ts';
import type { DraftEditor } from './editor.svelte.ts';

/** What is read of an editor. */
type Read = Pick<DraftEditor, 'draft' | 'problems' | 'firstWords'>;

/** What the outline and the map tell of a form besides its name. */
export interface SpotSigns {
	readonly mend: number;
	/** Open threads, and those of them that must be resolved. */
	readonly comments: number;
	readonly musts: number;
	/** Names of others who are there now. */
	readonly people: readonly string[];
	/** How often each choice of a scene was taken; empty where nothing of it may be told. */
	readonly chosen: readonly ChosenSign[];
}

/** How often a choice was taken where the story is published. */
export interface ChosenSign {
	/** Id of the choice. */
	readonly id: string;
	/** Id of the scene it leads to. */
	readonly to: string | null;
	readonly words: string;
	/** At least so many people; null where too few did to tell. */
	readonly people: number | null;
	/** Of the most that took any choice of the story, from 0 to 1. */
	readonly share: number;
}

/** Somebody else in the draft, and the place they are at. */
export interface Somebody {
	readonly name: string;
	readonly place: string | null;
}

/** How often a choice was taken, as it may be told, by the names that the published file has. */
export interface Chosen {
	readonly scene: string;
	readonly choice: string;
	readonly people: number;
}

export type Signs = ReadonlyMap<string, SpotSigns>;

export const noSigns: SpotSigns = { mend: 0, comments: 0, musts: 0, people: [], chosen: [] };

/** Signs by the form, as `writeSpot` writes it. */
export function gatherSigns(
	editor: Read,
	others: readonly Somebody[],
	threads: readonly CommentThread[],
	chosen: readonly Chosen[]
): Signs {
	const { draft } = editor;
	const formOf = (place: string | null) => {
		const spot = place === null ? undefined : findSpot(draft, place);
		return spot && writeSpot(spot);
	};
	const mend = Map.groupBy(
		editor.problems.filter(({ severity }) => severity === 'error'),
		({ place }) => formOf(place)
	);
	const said = Map.groupBy(
		threads.filter(({ isResolved }) => !isResolved),
		({ place }) => formOf(place)
	);
	const here = Map.groupBy(others, ({ place }) => formOf(place));
	const told = gatherChosen(editor, chosen);
	const scenes = draft.scenes.map(({ id }) => writeSpot({ form: 'scene', scene: id }));
	return new Map(
		['about', 'people', 'gauges', ...scenes].map((form) => {
			const open = said.get(form) ?? [];
			const signs: SpotSigns = {
				mend: mend.get(form)?.length ?? 0,
				comments: open.length,
				musts: open.filter(({ must }) => must).length,
				people: (here.get(form) ?? []).map(({ name }) => name),
				chosen: told.get(form) ?? []
			};
			return [form, signs];
		})
	);
}

function gatherChosen(editor: Read, chosen: readonly Chosen[]): Map<string, readonly ChosenSign[]> {
	const most = Math.max(1, ...chosen.map(({ people }) => people));
	const signs = new Map<string, readonly ChosenSign[]>();
	for (const { id, key, choices, ending } of editor.draft.scenes) {
		const cells = chosen.filter(({ scene }) => scene === key);
		if (cells.length === 0 || ending !== null) continue;
		const ofScene = choices.map((choice): ChosenSign => {
			const people = cells.find((one) => one.choice === choice.key)?.people ?? null;
			const words = editor.firstWords(choice.text, 48) ?? choice.key;
			return { id: choice.id, to: choice.to, words, people, share: (people ?? 0) / most };
		});
		signs.set(writeSpot({ form: 'scene', scene: id }), ofScene);
	}
	return signs;
}

/** How many comments are open, in words; undefined where none is. */
export function tellComments({ comments, musts }: SpotSigns): string | undefined {
	if (comments === 0) return undefined;
	const count =
		comments === 1 ? m.author_edit_comment_one() : m.author_edit_comment_count({ count: comments });
	return musts > 0 ? `${count}, ${m.author_edit_comment_musts({ musts })}` : count;
}

/** How many took a choice, in words. */
export function tellChosen({ people }: Pick<ChosenSign, 'people'>): string {
	return people === null ? m.author_choices_few() : m.author_choices_at_least({ number: people });
}
