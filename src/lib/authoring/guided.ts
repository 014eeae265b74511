import * as v from 'valibot';
import type { Locale, Localised } from '#lib/content/localised.ts';
import { endingKinds, type Scenario } from '#lib/scenario/model.ts';
import { makeKebab } from '#lib/scenario/formats/kebab-names.ts';
import { buildBeginning, unwritten, type Way } from './skeleton.ts';

/** The questions of the guided start, in the order in which they are asked. */
export const guidedQuestions = ['where', 'who', 'trigger', 'choices', 'happens', 'ending'] as const;

export type GuidedQuestion = (typeof guidedQuestions)[number];

/** What is asked for under each question. */
export const fieldsOfQuestion = {
	where: ['setting', 'place'],
	who: ['name', 'about'],
	trigger: ['trigger', 'says'],
	choices: ['helps', 'between', 'worse'],
	happens: ['afterHelps', 'afterBetween', 'afterWorse'],
	ending: ['ending', 'end', 'takeaway']
} as const satisfies Record<GuidedQuestion, readonly string[]>;

const short = v.pipe(v.string(), v.trim(), v.maxLength(200));
const long = v.pipe(v.string(), v.trim(), v.maxLength(1200));
const optional = <Schema extends v.GenericSchema<string, string>>(schema: Schema) =>
	v.optional(schema, '');

/** The answers as a form holds them; every one may be empty. */
export const guidedFields = {
	setting: optional(short),
	place: optional(long),
	name: optional(short),
	about: optional(short),
	trigger: optional(long),
	says: optional(long),
	helps: optional(long),
	between: optional(long),
	worse: optional(long),
	afterHelps: optional(long),
	afterBetween: optional(long),
	afterWorse: optional(long),
	ending: v.optional(v.picklist(['', ...endingKinds]), ''),
	end: optional(long),
	takeaway: optional(long),
	title: optional(short)
} as const;

const guidedAnswers = v.strictObject(guidedFields);

export type GuidedAnswers = v.InferOutput<typeof guidedAnswers>;

/** The answers of who has answered nothing yet. */
export const noAnswers: GuidedAnswers = v.parse(guidedAnswers, {});

/** Whether anything at all was answered under a question. */
export function isAnswered(answers: GuidedAnswers, question: GuidedQuestion): boolean {
	return fieldsOfQuestion[question].some((field) => answers[field] !== '');
}

/**
 * The first scenes of a story out of the answers, which are all in one language: what was skipped is
 * left to be written, and so is the other language. The second turn and the way to put things right are
 * there in outline, in both.
 */
export function buildGuided(answers: GuidedAnswers, id: string, language: Locale): Scenario {
	const own = (text: string): Localised => ({ ...unwritten, [language]: text });
	const way = (text: string, consequence: string): Way => ({
		text: own(text),
		consequence: own(consequence)
	});
	const { name, about, says, between, afterBetween } = answers;
	const who = makeKebab(name, 'person');
	const hasPerson = name !== '' || about !== '' || says !== '';
	return buildBeginning({
		id,
		language,
		title: own(answers.title),
		setting: answers.setting,
		people: hasPerson ? { [who]: { name, about: own(about) } } : {},
		beginning: {
			text: own([answers.place, answers.trigger].filter((part) => part !== '').join('\n\n')),
			...(says !== '' && { says: { who, text: own(says) } }),
			helps: way(answers.helps, answers.afterHelps),
			between: between || afterBetween ? way(between, afterBetween) : undefined,
			worse: way(answers.worse, answers.afterWorse)
		},
		closer: { text: unwritten, ...nextTurn },
		goneWrong: { text: unwritten, ...puttingRight },
		end: {
			kind: answers.ending === '' ? 'calm' : answers.ending,
			text: own(answers.end),
			takeaway: own(answers.takeaway)
		},
		mended: unwritten
	});
}

/** A second choice that fits most situations, to be put into the author's own words. */
const nextTurn = {
	helps: {
		text: {
			da: '»Hvad ville være en hjælp lige nu?« Du giver tid til at svare.',
			en: '“What would help right now?” You leave time for an answer.'
		}
	},
	worse: {
		text: {
			da: 'Du vil gerne videre og presser på for at få et svar.',
			en: 'You want to move on, and press for an answer.'
		}
	}
} as const satisfies Record<string, Way>;

/** What goes wrong can be put right: the same holds in every story. */
const puttingRight = {
	helps: {
		text: {
			da: '»Det gjorde jeg ikke godt nok. Undskyld. Må jeg prøve igen?«',
			en: '“I didn’t do that well. I’m sorry. May I try again?”'
		}
	},
	between: {
		text: {
			da: 'Du giver plads og tid uden at sige mere.',
			en: 'You give room and time, and say no more.'
		}
	},
	worse: {
		text: {
			da: 'Du forklarer, hvorfor du havde ret.',
			en: 'You explain why you were right.'
		}
	}
} as const satisfies Record<string, Way>;
