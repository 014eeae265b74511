import { localise, type Locale, type Localised } from '#lib/content/localised.ts';
import type { Choice, Facilitator, Flag, Guard, Scenario, Scene } from '../model.ts';
import { tellAsIs } from '../run.ts';
import { isEnding } from '../scenes.ts';
import { makeIfid } from './ifid.ts';
import {
	escapeText,
	writeEffect,
	writeGuard,
	writeLink,
	writeMarkdown,
	writeStart,
	writeString,
	writeWords
} from './sugarcube.ts';
import { layOut } from './twee-map.ts';
import { writePassages, type PlacedPassage } from './twee-passages.ts';
import { passages, ownTag } from './twee-roles.ts';
import { tweeWords } from './twee-words.ts';

/** What the names of themes are in the language of the story, by slug. */
export type ThemeNames = Readonly<Record<string, string>>;

/**
 * A scenario in one language as Twee 3 for Twine's story format SugarCube, in which it plays as it
 * does here: guards are conditions, effects are clamped, automatic transitions lead on before anything
 * of their scene is shown. Each choice leads through a passage of its own that tells what happens.
 * Kinds of choices stand in tags, reasons in the looking back. The scenario must be free of errors.
 */
export function writeTwee(scenario: Scenario, locale: Locale, themes: ThemeNames = {}): string {
	const story = new TweeStory(scenario, locale, themes);
	const data = {
		ifid: makeIfid(`${scenario.id}.${locale}`),
		format: 'SugarCube',
		'format-version': '2.37.3',
		start: passages.start,
		'tag-colors': { flagged: 'orange', consequence: 'blue', ending: 'green' },
		zoom: 0.6
	};
	return writePassages([
		{ name: 'StoryTitle', text: localise(scenario.title, locale) },
		{ name: 'StoryData', text: JSON.stringify(data, null, 2) },
		...story.listFrame(),
		...story.listScenes()
	]);
}

class TweeStory {
	readonly #scenario: Scenario;
	readonly #locale: Locale;
	readonly #themes: ThemeNames;
	readonly #places: ReadonlyMap<string, { x: number; y: number }>;

	constructor(scenario: Scenario, locale: Locale, themes: ThemeNames) {
		this.#scenario = scenario;
		this.#locale = locale;
		this.#themes = themes;
		this.#places = layOut(scenario);
	}

	/** What stands around the scenes: the beginning, the people, the short text, the looking back. */
	listFrame(): PlacedPassage[] {
		const { gauges, people, textVersion } = this.#scenario;
		const starts = Object.entries(gauges).map(([id, gauge]) => `${writeStart(id, gauge)}\n`);
		const seems = Object.entries(gauges).map(([id, { words, ...dial }]) =>
			writeWords(id, {
				...dial,
				words: words.map(({ upTo, word }) => ({ upTo, word: this.#read(word) }))
			})
		);
		const [first] = Object.values(people);
		const told = Object.entries(people).map(
			([id, { name, about }]) =>
				`''${escapeText(name)}'' ${writeComment(`person ${id}`)}\n${escapeText(this.#read(about))}\n`
		);
		return [
			{ name: 'StoryInit', text: `<<set $way to []>>\n${starts.join('')}`, position: place(0, 3) },
			{ name: passages.start, tags: [ownTag], text: this.#writeOpening(), position: place(0, 0) },
			{ name: passages.people, text: told.join('\n'), position: place(0, 1) },
			{
				name: passages.shortText,
				text: `${writeMarkdown(this.#read(textVersion), 'blocks')}\n\n${this.#link('back', passages.start)}`,
				position: place(0, 2)
			},
			{
				name: passages.seems,
				text: `<<nobr>>\n''${escapeText(first?.name ?? this.#say('person'))}:''\n${seems.join(',\n')}\n<</nobr>>`,
				position: place(0, 4)
			},
			{ name: passages.lookingBack, text: this.#writeLookingBack(), position: place(0, 5) }
		];
	}

	listScenes(): PlacedPassage[] {
		return Object.entries(this.#scenario.scenes).flatMap(([id, scene]) => [
			...(scene.flag
				? this.#listFlagged(id, scene, scene.flag)
				: [this.#writeScene(id, id, scene)]),
			...(isEnding(scene)
				? []
				: Object.entries(scene.choices).map(([choice, its]) =>
						this.#writeConsequence(`${id}/${choice}`, its)
					))
		]);
	}

	#writeOpening(): string {
		const { id, version, minutes, setting, audience, outcomes, authors } = this.#scenario;
		const { title, summary, contentNote, start, people } = this.#scenario;
		const kept = { id, version, minutes, setting, audience, outcomes, authors };
		return [
			`!${escapeText(this.#read(title))}`,
			writeBox('summary', escapeText(this.#read(summary))),
			writeBox('content-note', escapeText(this.#read(contentNote))),
			...(Object.keys(people).length > 0 ? [`<<include "${passages.people}">>`] : []),
			this.#link('begin', start),
			this.#link('readInstead', passages.shortText),
			// What Twine has no place for; nobody sees it while playing.
			writeComment(`scenario ${JSON.stringify(kept)}`)
		].join('\n\n');
	}

	#writeLookingBack(): string {
		return [
			`!!${this.#say('lookBack')}`,
			`<<for _step range $way>>''<<= _step.chose>>''\n<<= _step.why>>\n\n<</for>>`,
			`<<link "${this.#say('again')}">><<run Engine.restart()>><</link>>`
		].join('\n');
	}

	#listFlagged(id: string, scene: Scene, flag: Flag): PlacedPassage[] {
		const asItIs = `${id}/${tellAsIs}`;
		const theme = this.#themes[flag.theme] ?? flag.theme;
		const question = [
			`${this.#say('about')} ${escapeText(theme)}.`,
			`${this.#link('asItIs', asItIs)}\n${this.#link('gently', flag.alternative)}`
		].join('\n\n');
		return [
			{
				name: id,
				tags: ['flagged', `theme-${flag.theme}`],
				text: this.#leadOn(scene, question),
				position: this.#places.get(id) ?? place(0, 0)
			},
			// Whoever has chosen how it is told is not led on by the gauges any more.
			this.#writeScene(asItIs, id, isEnding(scene) ? scene : { ...scene, auto: [] })
		];
	}

	#writeScene(name: string, id: string, scene: Scene): PlacedPassage {
		const { says, facilitator } = scene;
		const speaker = says && (this.#scenario.people[says.who]?.name ?? says.who);
		const parts = [
			writeMarkdown(this.#read(scene.text), 'blocks'),
			...(says && speaker !== undefined
				? [`<<<\n''${escapeText(speaker)}:''\n${escapeText(this.#read(says.text))}\n<<<\n`]
				: []),
			...this.#writeEnd(id, scene),
			...(facilitator ? [this.#writeFacilitator(facilitator)] : [])
		];
		return {
			name,
			tags: isEnding(scene) ? ['ending', `ending-${scene.ending}`] : ['scene'],
			text: this.#leadOn(scene, parts.join('\n\n')),
			position: this.#places.get(name) ?? place(0, 0)
		};
	}

	#writeEnd(id: string, scene: Scene): string[] {
		if (isEnding(scene)) {
			const takeaway = writeMarkdown(this.#read(scene.takeaway), 'line');
			const box = writeBox('takeaway', `''${this.#say('takeaway')}''\n${takeaway}`);
			return [box, this.#link('lookBack', passages.lookingBack)];
		}
		const choices = Object.entries(scene.choices).map(([choice, { text, when }]) =>
			writeGuarded(when, writeLink(this.#read(text), `${id}/${choice}`))
		);
		return [`<<include "${passages.seems}">>`, choices.join('')];
	}

	#writeFacilitator({ minutes, ask }: Facilitator): string {
		const questions = ask.map((question) => `- ${this.#read(question)}`);
		return writeComment([`facilitator ${minutes}`, ...questions].join('\n'));
	}

	#writeConsequence(name: string, choice: Choice): PlacedPassage {
		const chose = writeString(escapeText(this.#read(choice.text)));
		const why = writeString(writeMarkdown(this.#read(choice.why), 'line'));
		return {
			name,
			tags: ['consequence', choice.kind, ...(choice.outcomes ?? [])],
			text: [
				`${writeEffect(choice.effect ?? {}, this.#scenario.gauges)}<<run $way.push({ chose: ${chose}, why: ${why} })>>\\`,
				writeMarkdown(this.#read(choice.consequence), 'line'),
				'',
				this.#link('onward', choice.to)
			].join('\n'),
			position: this.#places.get(name) ?? place(0, 0)
		};
	}

	/** Puts before a passage what leads on from it by itself; then nothing of it is shown. */
	#leadOn(scene: Scene, text: string): string {
		const autos = isEnding(scene) ? [] : (scene.auto ?? []);
		if (autos.length === 0) return text;
		const jumps = autos.map(
			({ when, to }, index) =>
				`<<${index === 0 ? 'if' : 'elseif'} ${writeGuard(when)}>><<goto "${to}">>`
		);
		return `${jumps.join('')}<<else>>\\\n${text}\n<</if>>`;
	}

	#link(word: keyof typeof tweeWords, target: string): string {
		return writeLink(this.#say(word), target);
	}

	#say(word: keyof typeof tweeWords): string {
		return localise(tweeWords[word], this.#locale);
	}

	#read(text: Localised): string {
		return localise(text, this.#locale).trim();
	}
}

function writeBox(name: string, text: string): string {
	return `@@.${name};\n${text}\n@@`;
}

/** A link that takes its line with it where the guard does not hold. */
function writeGuarded(when: Guard | undefined, link: string): string {
	return when === undefined ? `${link}\n` : `<<if ${writeGuard(when)}>>${link}\n<</if>>`;
}

function writeComment(text: string): string {
	return `/% ${text.replaceAll('%/', '% /')} %/`;
}

function place(column: number, row: number): { x: number; y: number } {
	return { x: 50 + column * 150, y: 50 + row * 150 };
}
