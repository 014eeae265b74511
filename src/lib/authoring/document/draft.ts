import type { Localised } from '#lib/content/localised.ts';
import type { Author, ChoiceKind, EndingKind } from '#lib/scenario/model.ts';
import { idOf, type PartKind, type Place } from './place.ts';

/**
 * A scenario in writing, as plain data. What is not there yet is an empty text, an empty list or
 * null. References are ids of the same draft, also of parts that were removed since; any other value
 * is a name that leads nowhere.
 */
export interface Draft {
	/** The id that the file will carry; empty while it has none. */
	slug: string;
	version: number;
	title: Localised;
	summary: Localised;
	minutes: number | null;
	setting: string | null;
	audience: string[];
	outcomes: string[];
	contentNote: Localised;
	textVersion: Localised;
	authors: Author[];
	people: DraftPerson[];
	gauges: DraftGauge[];
	start: string | null;
	scenes: DraftScene[];
	/** What was taken away and can be taken back: everything that holds a text. */
	removed: RemovedPart[];
	/** The names that removed parts had, by id, for what still refers to them. */
	formerKeys: Readonly<Record<string, string>>;
}

export interface Part {
	id: string;
	place: Place;
	order: string;
}

/** A part with a name that the file calls it by: unique among its like, kebab-case, never empty. */
export interface NamedPart extends Part {
	key: string;
}

export interface DraftPerson extends NamedPart {
	name: string;
	about: Localised;
}

export interface DraftGauge extends NamedPart {
	start: number | null;
	min: number | null;
	max: number | null;
	words: DraftWord[];
}

export interface DraftWord extends Part {
	upTo: number | null;
	text: Localised;
}

export interface DraftScene extends NamedPart {
	text: Localised;
	/** Null where nobody speaks. */
	says: { who: string | null; text: Localised } | null;
	flag: { theme: string | null; alternative: string | null } | null;
	/** Null where something is to be chosen. */
	ending: EndingKind | null;
	/** Kept, and not shown, while the scene is an ending; likewise `auto`. */
	choices: DraftChoice[];
	auto: DraftAuto[];
	/** Kept, and not shown, while the scene is no ending. */
	takeaway: Localised;
	facilitator: { minutes: number | null; ask: DraftAsk[] } | null;
}

export interface DraftChoice extends NamedPart {
	scene: string;
	text: Localised;
	kind: ChoiceKind | null;
	effect: DraftEffect[];
	when: DraftBounds[];
	outcomes: string[];
	consequence: Localised;
	why: Localised;
	to: string | null;
}

export interface DraftAuto extends Part {
	scene: string;
	when: DraftBounds[];
	to: string | null;
}

export interface DraftAsk extends Part {
	scene: string;
	text: Localised;
}

export interface DraftEffect {
	gauge: string;
	by: number;
}

export interface DraftBounds {
	gauge: string;
	min: number | null;
	max: number | null;
}

export interface RemovedPart {
	place: Place;
	/** `says` for what somebody said in a scene. */
	kind: PartKind | 'says';
	id: string;
	/** The name it had; empty for parts without one. */
	key: string;
	/** The first words in it, in whichever language has any. */
	words: string;
	/** The part that it was in, which may be removed too. */
	within: Place | null;
}

/** The part that a place lies in, or undefined where it is gone or the place is the scenario's own. */
export function findPart(
	draft: Draft,
	place: Place
):
	| DraftScene
	| DraftChoice
	| DraftPerson
	| DraftGauge
	| DraftWord
	| DraftAuto
	| DraftAsk
	| undefined {
	const id = idOf(place);
	return id === undefined ? undefined : listAll(draft).find((part) => part.id === id);
}

function listAll(draft: Draft) {
	return [
		...draft.scenes.flatMap((scene) => [
			scene,
			...scene.choices,
			...scene.auto,
			...(scene.facilitator?.ask ?? [])
		]),
		...draft.people,
		...draft.gauges.flatMap((gauge) => [gauge, ...gauge.words])
	];
}
