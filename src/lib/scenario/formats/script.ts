import { localise, type Locale, type Localised } from '#lib/content/localised.ts';
import type { Choice, Effect, Guard, Scenario, Scene } from '../model.ts';
import { isEnding } from '../scenes.ts';
import {
	debriefQuestions,
	endingWords,
	everybodyNeeds,
	scriptWords,
	type ScriptWord
} from './script-words.ts';

/** What a script tells that stands in other files, in its language. */
export interface Surroundings {
	setting?: string | undefined;
	/** Names of themes, by slug. */
	themes?: Readonly<Record<string, string>>;
	/** What choices can train, by the framework's ids. */
	outcomes?: Readonly<Record<string, string>>;
	contacts?: readonly ScriptContact[];
}

export interface ScriptContact {
	name: string;
	number?: string | undefined;
	hours?: string | undefined;
	audience: string;
}

/** A scenario to be played by people in a room, in one language. Texts of scenes are Markdown. */
export interface Script {
	locale: Locale;
	title: string;
	summary: string;
	contentNote: string;
	/** Lines about time and place. */
	facts: string[];
	needs: string[];
	people: { name: string; about: string }[];
	scales: Scale[];
	scenes: ScriptScene[];
	cards: { name: string; about: string; lines: { scene: number; text: string }[] | undefined }[];
	stops: { scene: number; minutes: number; ask: string[] }[];
	debrief: string[];
	whys: { scene: number; ways: { letter: string; text: string; why: string }[] }[];
	outcomes: string[];
	contacts: readonly ScriptContact[];
}

/** A gauge, called by a letter, because it has no name that people read. */
export interface Scale {
	letter: string;
	start: number;
	words: { from: number; to: number; word: string }[];
}

export interface ScriptScene {
	/** Counted from 1; the story begins in the first. */
	number: number;
	text: string;
	says: { name: string; text: string } | undefined;
	/** Named before the scene is played, with the scene that tells it more gently. */
	flag: { theme: string; gentler: number } | undefined;
	/** The scene in whose place this one is played. */
	insteadOf: number | undefined;
	autos: { condition: string; to: number }[];
	choices: ScriptChoice[];
	ending: { kind: string; takeaway: string } | undefined;
}

export interface ScriptChoice {
	letter: string;
	text: string;
	condition: string | undefined;
	consequence: string;
	/** How scales are moved, such as "A −2, B +1". */
	moves: string | undefined;
	to: number;
}

/**
 * A scenario as a script for role-play. It is played without a screen: scenes are numbered in the
 * order of the file with the first one first, gauges become scales that somebody keeps, and reasons
 * stand at the end. Kinds of choices are not told. The scenario must be free of errors.
 */
export function makeScript(scenario: Scenario, locale: Locale, around: Surroundings = {}): Script {
	return new ScriptMaker(scenario, locale, around).make();
}

/** A word of the script in its language, with what it leaves open. */
export function sayInScript(
	word: ScriptWord,
	locale: Locale,
	values: Readonly<Record<string, string | number>> = {}
): string {
	return localise(scriptWords[word], locale).replaceAll(/\{(\w+)\}/gu, (whole, name: string) =>
		String(values[name] ?? whole)
	);
}

class ScriptMaker {
	readonly #scenario: Scenario;
	readonly #locale: Locale;
	readonly #around: Surroundings;
	readonly #numbers: ReadonlyMap<string, number>;
	readonly #letters: ReadonlyMap<string, string>;

	constructor(scenario: Scenario, locale: Locale, around: Surroundings) {
		this.#scenario = scenario;
		this.#locale = locale;
		this.#around = around;
		const ids = [...new Set([scenario.start, ...Object.keys(scenario.scenes)])];
		this.#numbers = new Map(ids.map((id, index) => [id, index + 1]));
		this.#letters = new Map(Object.keys(scenario.gauges).map((id, index) => [id, letterAt(index)]));
	}

	make(): Script {
		const { title, summary, contentNote, minutes, people, outcomes } = this.#scenario;
		const { setting, outcomes: names = {}, contacts = [] } = this.#around;
		const cast = Object.values(people).map(({ name, about }) => ({
			name,
			about: this.#read(about)
		}));
		return {
			locale: this.#locale,
			title: this.#read(title),
			summary: this.#read(summary),
			contentNote: this.#read(contentNote),
			facts: [
				this.#say('minutes', { count: minutes }),
				...(setting === undefined ? [] : [this.#say('setting', { place: setting })])
			],
			needs: everybodyNeeds.map((need) => this.#read(need)),
			people: [...cast, { name: this.#say('you'), about: this.#say('youAbout') }],
			scales: this.#listScales(),
			scenes: this.#inOrder().map(([id, scene]) => this.#makeScene(id, scene)),
			cards: this.#listCards(),
			stops: this.#inOrder().flatMap(([id, { facilitator }]) =>
				facilitator === undefined
					? []
					: [
							{
								scene: this.#numberOf(id),
								minutes: facilitator.minutes,
								ask: facilitator.ask.map((question) => this.#read(question))
							}
						]
			),
			debrief: debriefQuestions.map((question) => this.#read(question)),
			whys: this.#listWhys(),
			outcomes: outcomes.flatMap((id) => names[id] ?? []),
			contacts
		};
	}

	#inOrder(): [string, Scene][] {
		return Object.entries(this.#scenario.scenes).toSorted(
			([a], [b]) => this.#numberOf(a) - this.#numberOf(b)
		);
	}

	#listScales(): Scale[] {
		return Object.entries(this.#scenario.gauges).map(([id, { start, min, words }]) => ({
			letter: this.#letters.get(id) ?? '',
			start,
			words: words.map(({ upTo, word }, index) => ({
				from: index === 0 ? min : (words[index - 1]?.upTo ?? min) + 1,
				to: upTo,
				word: this.#read(word)
			}))
		}));
	}

	#makeScene(id: string, scene: Scene): ScriptScene {
		const { says, flag } = scene;
		const flagged = Object.entries(this.#scenario.scenes).find(
			([, other]) => other.flag?.alternative === id
		);
		return {
			number: this.#numberOf(id),
			text: this.#read(scene.text),
			says: says && { name: this.#nameOf(says.who), text: this.#read(says.text) },
			flag: flag && {
				theme: this.#around.themes?.[flag.theme] ?? flag.theme,
				gentler: this.#numberOf(flag.alternative)
			},
			insteadOf: flagged && this.#numberOf(flagged[0]),
			autos: isEnding(scene)
				? []
				: (scene.auto ?? []).map(({ when, to }) => ({
						condition: this.#tellGuard(when),
						to: this.#numberOf(to)
					})),
			choices: isEnding(scene)
				? []
				: Object.values(scene.choices).map((choice, index) => this.#makeChoice(choice, index)),
			ending: isEnding(scene)
				? {
						kind: this.#read(endingWords[scene.ending]),
						takeaway: this.#read(scene.takeaway)
					}
				: undefined
		};
	}

	#makeChoice({ text, when, effect, consequence, to }: Choice, index: number): ScriptChoice {
		return {
			letter: letterAt(index).toLowerCase(),
			text: this.#read(text),
			condition: when && this.#tellGuard(when),
			consequence: this.#read(consequence),
			moves: effect && this.#tellEffect(effect),
			to: this.#numberOf(to)
		};
	}

	#listCards(): Script['cards'] {
		const { people } = this.#scenario;
		return [
			...Object.entries(people).map(([id, { name, about }]) => ({
				name,
				about: this.#read(about),
				lines: this.#inOrder().flatMap(([scene, { says }]) =>
					says?.who === id ? [{ scene: this.#numberOf(scene), text: this.#read(says.text) }] : []
				)
			})),
			{ name: this.#say('you'), about: this.#say('youAbout'), lines: undefined },
			{ name: this.#say('observer'), about: this.#say('observerAbout'), lines: undefined }
		];
	}

	#listWhys(): Script['whys'] {
		return this.#inOrder().flatMap(([id, scene]) =>
			isEnding(scene)
				? []
				: [
						{
							scene: this.#numberOf(id),
							ways: Object.values(scene.choices).map(({ text, why }, index) => ({
								letter: letterAt(index).toLowerCase(),
								text: this.#read(text),
								why: this.#read(why)
							}))
						}
					]
		);
	}

	#tellGuard(guard: Guard): string {
		const parts = Object.entries(guard).flatMap(([gauge, { min, max }]) => {
			const letter = this.#letters.get(gauge) ?? gauge;
			return [
				...(min === undefined ? [] : [this.#say('atLeast', { letter, value: min })]),
				...(max === undefined ? [] : [this.#say('atMost', { letter, value: max })])
			];
		});
		return parts.length === 0 ? this.#say('always') : parts.join(this.#say('and'));
	}

	#tellEffect(effect: Effect): string | undefined {
		const moves = Object.entries(effect)
			.filter(([, change]) => change !== 0)
			.map(([gauge, change]) => {
				const sign = change < 0 ? '−' : '+';
				return `${this.#letters.get(gauge) ?? gauge} ${sign}${Math.abs(change)}`;
			});
		return moves.length === 0 ? undefined : moves.join(', ');
	}

	#nameOf(person: string): string {
		return this.#scenario.people[person]?.name ?? person;
	}

	#numberOf(id: string): number {
		return this.#numbers.get(id) ?? 0;
	}

	#say(word: ScriptWord, values?: Readonly<Record<string, string | number>>): string {
		return sayInScript(word, this.#locale, values);
	}

	#read(text: Localised): string {
		return localise(text, this.#locale).trim();
	}
}

function letterAt(index: number): string {
	return String.fromCharCode('A'.charCodeAt(0) + (index % 26));
}
