import type { Locale, Localised } from '#lib/content/localised.ts';
import type {
	Choice,
	ChoiceKind,
	DecisionScene,
	EndingKind,
	EndingScene,
	Gauge,
	Person,
	Scenario,
	Speech
} from '#lib/scenario/model.ts';

/** A text that its author has still to write. */
export const unwritten: Localised = { da: '', en: '' };

/** Something one could say or do, with as much of it as is known. */
export interface Way {
	text: Localised;
	consequence?: Localised;
	why?: Localised;
}

/** A place where something is chosen: what helps, what neither helps nor harms, and what makes it worse. */
export interface Turn {
	text: Localised;
	says?: Speech;
	helps: Way;
	/** Left out where the author had none. */
	between?: Way | undefined;
	worse: Way;
}

/** What the first scenes of a story are made of. */
export interface Beginning {
	id: string;
	/** The language in which scenes and choices get their names. */
	language: Locale;
	title: Localised;
	setting: string;
	people: Readonly<Record<string, Person>>;
	beginning: Turn;
	closer: Turn;
	/** Where it has gone wrong and can be put right. */
	goneWrong: Turn;
	end: { kind: EndingKind; text: Localised; takeaway?: Localised };
	mended: Localised;
}

const alarm: Gauge = {
	start: 5,
	min: 0,
	max: 10,
	words: [
		{ upTo: 2, word: { da: 'rolig', en: 'calm' } },
		{ upTo: 5, word: { da: 'på vagt', en: 'on guard' } },
		{ upTo: 7, word: { da: 'anspændt', en: 'tense' } },
		{ upTo: 10, word: { da: 'i alarm', en: 'in alarm' } }
	]
};

const trust: Gauge = {
	start: 3,
	min: 0,
	max: 10,
	words: [
		{ upTo: 2, word: { da: 'lukket', en: 'closed off' } },
		{ upTo: 4, word: { da: 'forsigtig', en: 'wary' } },
		{ upTo: 6, word: { da: 'mere åben', en: 'opening up' } },
		{ upTo: 10, word: { da: 'tryg ved dig', en: 'at ease with you' } }
	]
};

/** What the first scenes and choices are called, in letters that a file can have. */
const names = {
	da: {
		beginning: 'begyndelsen',
		closer: 'videre',
		goneWrong: 'det-gik-galt',
		ending: 'slutningen',
		mended: 'rettet-op',
		on: 'videre',
		helps: 'godt',
		between: 'midt-imellem',
		worse: 'galt'
	},
	en: {
		beginning: 'beginning',
		closer: 'closer',
		goneWrong: 'gone-wrong',
		ending: 'ending',
		mended: 'mended',
		on: 'way-on',
		helps: 'helps',
		between: 'between',
		worse: 'worse'
	}
} as const satisfies Record<Locale, Record<string, string>>;

/** The two that every story begins with: how high the alarm is, and how much trust there is. */
export const firstGauges = { alarm, trust } as const;

/** A story of which nothing is written but its title: a first scene with one way on to an ending. */
export function startBlank(id: string, title: Localised, language: Locale): Scenario {
	const { beginning, ending, on } = names[language];
	return {
		...frame(id, title, ''),
		people: {},
		start: beginning,
		scenes: {
			[beginning]: {
				text: unwritten,
				choices: { [on]: makeChoice({ text: unwritten }, 'good', ending) }
			},
			[ending]: { ending: 'calm', text: unwritten, takeaway: unwritten }
		}
	};
}

/**
 * The first scenes of a story as a sound whole: it can be played to an end whatever is chosen, nothing
 * harmful ends it, and what goes wrong can be put right. What is not known yet is left to be written.
 */
export function buildBeginning(known: Beginning): Scenario {
	const { beginning, closer, goneWrong, ending, mended } = names[known.language];
	const turn = (what: Turn, to: Targets) => makeTurn(what, to, known.language);
	const end: EndingScene = {
		ending: known.end.kind,
		text: known.end.text,
		takeaway: known.end.takeaway ?? unwritten
	};
	return {
		...frame(known.id, known.title, known.setting),
		people: known.people,
		start: beginning,
		scenes: {
			[beginning]: turn(known.beginning, { on: closer, wrong: goneWrong }),
			[closer]: turn(known.closer, { on: ending, wrong: goneWrong }),
			// Whoever makes it worse even now comes back to where it can still be turned.
			[goneWrong]: turn(known.goneWrong, { helped: mended, on: closer, wrong: closer }),
			[ending]: end,
			[mended]: { ending: 'repaired', text: known.mended, takeaway: unwritten }
		}
	};
}

function frame(id: string, title: Localised, setting: string) {
	return {
		format: 1,
		id,
		version: 1,
		title,
		summary: unwritten,
		minutes: 5,
		setting,
		audience: ['basic'],
		outcomes: [],
		contentNote: unwritten,
		textVersion: unwritten,
		authors: [{ role: 'lived-experience' }],
		gauges: firstGauges
	} satisfies Partial<Scenario>;
}

/** The scenes that a turn leads to. */
interface Targets {
	on: string;
	wrong: string;
	/** Where what helps leads, if not on. */
	helped?: string;
}

function makeTurn(
	{ text, says, helps, between, worse }: Turn,
	{ on, wrong, helped = on }: Targets,
	language: Locale
): DecisionScene {
	const called = names[language];
	// What helps does not always stand first, so that its place tells nothing.
	return {
		text,
		...(says && { says }),
		choices: {
			...(between && { [called.between]: makeChoice(between, 'okay', on) }),
			[called.helps]: makeChoice(helps, 'good', helped),
			[called.worse]: makeChoice(worse, 'harmful', wrong)
		}
	};
}

const effects: Readonly<Record<ChoiceKind, Readonly<Record<string, number>> | undefined>> = {
	good: { alarm: -2, trust: 1 },
	okay: undefined,
	harmful: { alarm: 2, trust: -1 }
};

function makeChoice(
	{ text, consequence = unwritten, why = unwritten }: Way,
	kind: ChoiceKind,
	to: string
): Choice {
	const effect = effects[kind];
	return { text, kind, ...(effect && { effect }), consequence, why, to };
}
