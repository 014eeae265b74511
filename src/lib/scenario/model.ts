import * as v from 'valibot';
import { filledText, localised, type Localised } from '#lib/content/localised.ts';
import { shapeMessage } from '#lib/content/shape-message.ts';
import { mostCharacters, mostWords } from './limits.ts';

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

/** Tells what a key is for, in the JSON Schema. */
function told<const Schema extends v.GenericSchema>(schema: Schema, description: string) {
	return v.pipe(schema, v.description(description));
}

const target = 'The name of a scene.';

const guard = v.record(
	told(v.string(), 'The name of a gauge.'),
	v.strictObject({
		min: v.optional(told(wholeNumber, 'The lowest value at which this holds.')),
		max: v.optional(told(wholeNumber, 'The highest value at which this holds.'))
	})
);

const gauge = v.strictObject({
	start: told(wholeNumber, 'The value with which the story begins.'),
	min: told(wholeNumber, 'The lowest value.'),
	max: told(wholeNumber, 'The highest value.'),
	words: told(
		filledList(
			v.pipe(
				v.strictObject({
					upTo: told(wholeNumber, 'The highest value this word stands for.'),
					da: told(filledText, 'The word in Danish.'),
					en: told(filledText, 'The word in English.')
				}),
				v.transform(({ upTo, da, en }): GaugeWord => ({ upTo, word: { da, en } }))
			)
		),
		'What people read instead of the number: in ascending order, the last one reaching up to "max".'
	)
});

const choice = v.strictObject({
	text: told(
		localised,
		`What you say or do. No Markdown. At most ${mostWords.choice} words in each language.`
	),
	kind: told(
		v.picklist(choiceKinds),
		'How it tends to land with the person: good, okay or harmful. Never shown while somebody plays.'
	),
	effect: v.optional(
		told(
			v.record(told(v.string(), 'The name of a gauge.'), wholeNumber),
			'What is added to gauges, such as { alarm: -2, trust: +1 }; the result is clamped to the bounds.'
		)
	),
	when: v.optional(
		told(
			guard,
			'When the choice is offered, such as { trust: { min: 1 } }. Bounds are inclusive and all must hold; without this it is always offered.'
		)
	),
	outcomes: v.optional(
		told(v.array(v.string()), 'Learning outcomes of the framework that this choice trains.')
	),
	consequence: told(
		localised,
		`What happens now, shown at once. Markdown within a line. At most ${mostWords.consequence} words in each language.`
	),
	why: told(
		localised,
		`The reason, told in the debrief. Markdown within a line. At most ${mostWords.why} words in each language.`
	),
	to: told(v.string(), `Where the story goes on. ${target}`)
});

const anyScene = {
	text: told(
		localised,
		`What you see. Markdown. At most ${mostWords.text} words in each language.`
	),
	says: v.optional(
		v.pipe(
			told(
				v.strictObject({
					who: told(v.string(), 'A name under "people".'),
					da: told(filledText, 'The words in Danish.'),
					en: told(filledText, 'The words in English.')
				}),
				`What somebody says. No Markdown. At most ${mostWords.says} words in each language.`
			),
			v.transform(({ who, da, en }): Speech => ({ who, text: { da, en } }))
		)
	),
	flag: v.optional(
		told(
			v.strictObject({
				theme: told(v.string(), 'The theme that is named before the scene, from themes.yaml.'),
				alternative: told(
					v.string(),
					`The scene that tells it more gently: it trains the same outcomes, rejoins the story, and is entered in no other way. ${target}`
				)
			}),
			'Names a theme before the scene is shown, and offers it as it is or told more gently.'
		)
	)
};

const facilitator = v.optional(
	told(
		v.strictObject({
			minutes: told(v.pipe(v.number(), positive), 'How long the room may talk about it.'),
			ask: told(filledList(localised), 'Questions for the room.')
		}),
		'Notes for whoever plays the scenario with a whole room. Learners by themselves never see them.'
	)
);

const decisionScene = v.pipe(
	v.strictObject({
		...anyScene,
		auto: v.optional(
			told(
				v.array(
					v.strictObject({
						when: told(
							guard,
							'When it is taken, such as { alarm: { min: 9 } }. Bounds are inclusive and all must hold; {} always holds.'
						),
						to: told(v.string(), target)
					})
				),
				'Where the story goes by itself: tried on every entry, from the top, the first that holds is taken.'
			)
		),
		choices: told(filledMap(choice), 'What can be chosen here, in the order in which it is shown.'),
		facilitator
	}),
	v.title('A scene where something is to be chosen')
);

const endingScene = v.pipe(
	v.strictObject({
		...anyScene,
		ending: told(
			v.picklist(endingKinds),
			'How the story ends: calm, agreement, help, or repaired (something went wrong and was put right).'
		),
		takeaway: told(
			localised,
			`One thing to use today. Markdown within a line. At most ${mostWords.takeaway} words in each language.`
		),
		facilitator
	}),
	v.title('A scene that ends the story')
);

// The kind of scene is asked first, so that a fault inside is named where it stands.
const scene = v.lazy((input) =>
	isRecord(input) && 'ending' in input ? endingScene : decisionScene
);

/** The parts of the file format that stand in it more than once. */
export const fileParts = { gauge, choice, scene, decisionScene, endingScene } as const;

/**
 * The file format as a schema: the shape of a scenario and nothing beyond it (names that lead
 * nowhere, bounds and ways are the check's). Its output holds the texts of `says` and gauge words as
 * one value, where the file has them flat. What a key is for stands with it, for the JSON Schema.
 */
export const scenarioFile = v.strictObject({
	format: told(
		v.literal(
			1,
			shapeMessage('unknown-format', {
				da: 'Formatet kendes ikke; skriv "format: 1".',
				en: 'the format is not known; write "format: 1"'
			})
		),
		'The version of this format: 1.'
	),
	id: told(slug, 'The name of the scenario, the same as that of its file, in kebab-case.'),
	version: told(v.pipe(wholeNumber, positive), 'Raised by publishing.'),
	title: told(localised, `At most ${mostCharacters.title} characters in each language.`),
	summary: told(
		localised,
		`What it is about. At most ${mostCharacters.summary} characters in each language.`
	),
	minutes: told(v.pipe(v.number(), positive), 'How long it takes, as the author judges.'),
	setting: told(v.string(), 'Where it takes place, from settings.yaml.'),
	audience: told(filledList(v.string()), 'The tracks it is written for, such as basic.'),
	outcomes: told(
		v.array(v.string()),
		'Learning outcomes of the framework that it trains; each is trained by some choice.'
	),
	contentNote: told(
		localised,
		`One neutral, specific line about what one will meet. At most ${mostCharacters.contentNote} characters in each language.`
	),
	textVersion: told(
		localised,
		'The whole story as a short text, the equal way for those who do not want to play it. Markdown.'
	),
	authors: told(
		filledList(
			v.strictObject({
				role: told(v.picklist(['professional', 'lived-experience']), 'What the author draws on.'),
				name: v.optional(told(filledText, 'A pen name, if the author wants one.'))
			})
		),
		'Who wrote it.'
	),
	people: told(
		v.record(
			key,
			v.strictObject({
				name: told(filledText, 'What they are called.'),
				about: told(localised, 'Who they are, in a line or two.')
			})
		),
		'Who is met, by the name used in "says".'
	),
	gauges: told(
		v.pipe(
			v.record(key, gauge),
			v.check(
				(gauges) => Object.hasOwn(gauges, 'alarm'),
				shapeMessage('missing-gauge', {
					da: 'Måleren "alarm" mangler; hver historie har den.',
					en: 'the gauge "alarm" is missing; every story has it'
				})
			)
		),
		'Bounded whole numbers that tell how somebody is, shown as words, never as scores. "alarm" is always there.'
	),
	start: told(v.string(), `Where the story begins. ${target}`),
	scenes: told(filledMap(scene), 'Everything that can happen, by name.')
}) satisfies v.GenericSchema<unknown, Scenario>;

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
