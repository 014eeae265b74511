import * as v from 'valibot';
import { filledText, localised, type Localised } from '#lib/content/localised.ts';
import { shapeMessage } from '#lib/content/shape-message.ts';

/** How a choice tends to land with the person; never shown while somebody plays. */
export type ChoiceKind = (typeof choiceKinds)[number];
export const choiceKinds = ['good', 'okay', 'harmful'] as const;

/** How a story ends. There is no losing: the fourth kind is what went wrong and was put right. */
export type EndingKind = (typeof endingKinds)[number];
export const endingKinds = ['calm', 'agreement', 'help', 'repaired'] as const;

/** Bounds of gauges, both inclusive; all parts must hold. */
export type Guard = Readonly<Record<string, Bounds>>;

export interface Bounds {
	min?: number;
	max?: number;
}

/** What a choice adds to gauges; the result is clamped to their bounds. */
export type Effect = Readonly<Record<string, number>>;

/** The values of all gauges at one moment. */
export type Gauges = Readonly<Record<string, number>>;

/** A whole number that tells how somebody is; people read the word for it, never the number. */
export interface Gauge<T = Localised> {
	start: number;
	min: number;
	max: number;
	/** In ascending order, the last one reaching to `max`. */
	words: GaugeWord<T>[];
}

export interface GaugeWord<T = Localised> {
	/** The highest value this word stands for. */
	upTo: number;
	word: T;
}

export interface Person<T = Localised> {
	name: string;
	about: T;
}

export interface Author {
	role: 'professional' | 'lived-experience';
	/** A pen name, if the author wants one. */
	name?: string;
}

/** Somewhere the story goes by itself, when the guard holds. */
export interface Auto {
	when: Guard;
	to: string;
}

/** A theme to be named before the scene is shown, and the scene that tells it more gently. */
export interface Flag {
	theme: string;
	alternative: string;
}

export interface Speech<T = Localised> {
	who: string;
	text: T;
}

/** What a facilitator needs when the scene is played by a whole room. */
export interface Facilitator<T = Localised> {
	minutes: number;
	ask: T[];
}

export interface Choice<T = Localised> {
	/** What you say or do. */
	text: T;
	kind: ChoiceKind;
	effect?: Effect;
	when?: Guard;
	outcomes?: string[];
	/** What happens now, shown at once. */
	consequence: T;
	/** The reason, told afterwards. */
	why: T;
	to: string;
}

interface AnyScene<T> {
	/** Markdown: what you see. */
	text: T;
	says?: Speech<T>;
	flag?: Flag;
	facilitator?: Facilitator<T>;
}

export interface DecisionScene<T = Localised> extends AnyScene<T> {
	/** Tried from the top on every entry, after the effects that led here. */
	auto?: Auto[];
	choices: Readonly<Record<string, Choice<T>>>;
}

export interface EndingScene<T = Localised> extends AnyScene<T> {
	ending: EndingKind;
	takeaway: T;
}

export type Scene<T = Localised> = DecisionScene<T> | EndingScene<T>;

/**
 * A branching exercise. `T` is the type of its texts: `Localised` as written, `string` when presented
 * in one language; the engine runs both. Scenes, choices and gauges keep the order of the file.
 */
export interface Scenario<T = Localised> {
	format: 1;
	id: string;
	version: number;
	title: T;
	summary: T;
	minutes: number;
	setting: string;
	audience: string[];
	outcomes: string[];
	contentNote: T;
	textVersion: T;
	authors: Author[];
	people: Readonly<Record<string, Person<T>>>;
	gauges: Readonly<Record<string, Gauge<T>>>;
	start: string;
	scenes: Readonly<Record<string, Scene<T>>>;
}

// A key that begins with a digit would lose its place: objects list such keys first.
const key = v.pipe(
	v.string(),
	v.regex(
		/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u,
		shapeMessage('id-not-kebab-case', {
			da: 'Et navn skrives med små bogstaver a-z, tal og bindestreg og begynder med et bogstav.',
			en: 'a name is written in small letters a-z, digits and hyphens, beginning with a letter'
		})
	)
);

const slug = v.pipe(
	v.string(),
	v.regex(
		/^[a-z0-9]+(?:-[a-z0-9]+)*$/u,
		shapeMessage('id-not-kebab-case', {
			da: 'Et id skrives med små bogstaver a-z, tal og bindestreg.',
			en: 'an id is written in small letters a-z, digits and hyphens'
		})
	)
);

const wholeNumber = v.pipe(
	v.number(),
	v.safeInteger(
		shapeMessage('not-a-whole-number', {
			da: 'Her skal stå et helt tal.',
			en: 'a whole number is expected here'
		})
	)
);

const positive = v.minValue<number, 0, string>(
	0,
	shapeMessage('negative-number', {
		da: 'Tallet må ikke være under 0.',
		en: 'the number is below 0'
	})
);

function filledList<const Item extends v.GenericSchema>(item: Item) {
	return v.pipe(
		v.array(item),
		v.minLength(
			1,
			shapeMessage('empty-list', {
				da: 'Listen er tom.',
				en: 'the list is empty; name at least one'
			})
		)
	);
}

function filledMap<const Value extends v.GenericSchema>(value: Value) {
	return v.pipe(
		v.record(key, value),
		v.minEntries(
			1,
			shapeMessage('empty-map', { da: 'Her mangler mindst én.', en: 'at least one is needed here' })
		)
	);
}

const guard = v.record(
	v.string(),
	v.strictObject({ min: v.optional(wholeNumber), max: v.optional(wholeNumber) })
);

const gauge = v.strictObject({
	start: wholeNumber,
	min: wholeNumber,
	max: wholeNumber,
	words: filledList(
		v.pipe(
			v.strictObject({ upTo: wholeNumber, da: filledText, en: filledText }),
			v.transform(({ upTo, da, en }): GaugeWord => ({ upTo, word: { da, en } }))
		)
	)
});

const choice = v.strictObject({
	text: localised,
	kind: v.picklist(choiceKinds),
	effect: v.optional(v.record(v.string(), wholeNumber)),
	when: v.optional(guard),
	outcomes: v.optional(v.array(v.string())),
	consequence: localised,
	why: localised,
	to: v.string()
});

const anyScene = {
	text: localised,
	says: v.optional(
		v.pipe(
			v.strictObject({ who: v.string(), da: filledText, en: filledText }),
			v.transform(({ who, da, en }): Speech => ({ who, text: { da, en } }))
		)
	),
	flag: v.optional(v.strictObject({ theme: v.string(), alternative: v.string() }))
};

const facilitator = v.optional(
	v.strictObject({ minutes: v.pipe(v.number(), positive), ask: filledList(localised) })
);

const decisionScene = v.strictObject({
	...anyScene,
	auto: v.optional(v.array(v.strictObject({ when: guard, to: v.string() }))),
	choices: filledMap(choice),
	facilitator
});

const endingScene = v.strictObject({
	...anyScene,
	ending: v.picklist(endingKinds),
	takeaway: localised,
	facilitator
});

// The kind of scene is asked first, so that a fault inside is named where it stands.
const scene = v.lazy((input) =>
	isRecord(input) && 'ending' in input ? endingScene : decisionScene
);

/**
 * The file format as a schema: the shape of a scenario and nothing beyond it (names that lead
 * nowhere, bounds and ways are the check's). Its output holds the texts of `says` and gauge words as
 * one value, where the file has them flat.
 */
export const scenarioFile = v.strictObject({
	format: v.literal(
		1,
		shapeMessage('unknown-format', {
			da: 'Formatet kendes ikke; skriv "format: 1".',
			en: 'the format is not known; write "format: 1"'
		})
	),
	id: slug,
	version: v.pipe(wholeNumber, positive),
	title: localised,
	summary: localised,
	minutes: v.pipe(v.number(), positive),
	setting: v.string(),
	audience: filledList(v.string()),
	outcomes: v.array(v.string()),
	contentNote: localised,
	textVersion: localised,
	authors: filledList(
		v.strictObject({
			role: v.picklist(['professional', 'lived-experience']),
			name: v.optional(filledText)
		})
	),
	people: v.record(key, v.strictObject({ name: filledText, about: localised })),
	gauges: v.pipe(
		v.record(key, gauge),
		v.check(
			(gauges) => Object.hasOwn(gauges, 'alarm'),
			shapeMessage('missing-gauge', {
				da: 'Måleren "alarm" mangler; hver historie har den.',
				en: 'the gauge "alarm" is missing; every story has it'
			})
		)
	),
	start: v.string(),
	scenes: filledMap(scene)
}) satisfies v.GenericSchema<unknown, Scenario>;

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
