import { localise, type Locale, type Localised } from '#lib/content/localised.ts';
import type { Choice, Effect, Gauge, Guard, Scenario, Scene } from '#lib/scenario/model.ts';
import type { Draft, DraftBounds, DraftChoice, DraftScene } from './document/draft.ts';

/** Where a way leads that leads nowhere yet. */
export const unwritten = 'unwritten:';

export interface PlayableOptions {
	locale: Locale;
	/** Stands where nothing is written yet. */
	placeholder: string;
	/** What is shown where a way leads nowhere yet. */
	nowhere: string;
	/** Markdown to safe HTML. */
	render: (markdown: string) => string;
	/** The name of the scene to begin in; where the story begins, if left out. */
	start?: string | undefined;
	/** Values to begin with, by the names of gauges. */
	gauges?: Readonly<Record<string, number>> | undefined;
}

/**
 * A draft as a scenario that can be played, however unfinished it is: what is missing in one language
 * is taken from the other, what is missing in both is said to be, and ways that lead nowhere end where
 * that is told. Scenes, choices and gauges have the names that the check uses, so its ways fit.
 * Undefined while there is no scene. Only a ring of automatic moves still makes it unfit to be played.
 */
export function makePlayable(draft: Draft, options: PlayableOptions): Scenario<string> | undefined {
	const keys = new Map(draft.scenes.map(({ id, key }) => [id, key]));
	const [first] = draft.scenes;
	const start = options.start ?? keys.get(draft.start ?? '') ?? first?.key;
	if (first === undefined || start === undefined) return undefined;
	const scenes = draft.scenes.map((scene): [string, Scene<string>] => [
		scene.key,
		playScene(scene, draft, keys, options)
	]);
	const isOpen = scenes.some(([, scene]) => leadsNowhere(scene));
	const end: [string, Scene<string>] = [
		unwritten,
		{ text: options.render(options.nowhere), ending: 'repaired', takeaway: '' }
	];
	return {
		format: 1,
		id: draft.slug || 'draft',
		version: draft.version,
		title: tell(draft.title, options),
		summary: tell(draft.summary, options),
		minutes: draft.minutes ?? 0,
		setting: draft.setting ?? '',
		audience: draft.audience,
		outcomes: draft.outcomes,
		contentNote: tell(draft.contentNote, options),
		textVersion: options.render(tell(draft.textVersion, options)),
		authors: draft.authors,
		people: Object.fromEntries(
			draft.people.map(({ key, name, about }) => [key, { name, about: tell(about, options) }])
		),
		gauges: playGauges(draft, options),
		start,
		scenes: Object.fromEntries(isOpen ? [...scenes, end] : scenes)
	};
}

type Keys = ReadonlyMap<string, string>;

function playScene(
	scene: DraftScene,
	draft: Draft,
	keys: Keys,
	options: PlayableOptions
): Scene<string> {
	const speaker = draft.people.find(({ id }) => id === scene.says?.who);
	const common = {
		text: options.render(tell(scene.text, options)),
		...(scene.says && {
			says: { who: speaker?.key ?? '', text: tell(scene.says.text, options) }
		}),
		...(scene.flag && {
			flag: {
				theme: scene.flag.theme ?? '',
				alternative: keys.get(scene.flag.alternative ?? '') ?? unwritten
			}
		})
	};
	if (scene.ending) {
		const takeaway = options.render(tell(scene.takeaway, options));
		return { ...common, ending: scene.ending, takeaway };
	}
	const autos = scene.auto.flatMap(({ when, to }) => {
		const key = keys.get(to ?? '');
		return key === undefined ? [] : [{ when: playGuard(when, draft), to: key }];
	});
	return {
		...common,
		...(autos.length > 0 && { auto: autos }),
		choices: Object.fromEntries(
			scene.choices.map((choice) => [choice.key, playChoice(choice, draft, keys, options)])
		)
	};
}

function playChoice(
	choice: DraftChoice,
	draft: Draft,
	keys: Keys,
	options: PlayableOptions
): Choice<string> {
	return {
		text: tell(choice.text, options),
		kind: choice.kind ?? 'okay',
		effect: playEffect(choice, draft),
		when: playGuard(choice.when, draft),
		outcomes: choice.outcomes,
		consequence: options.render(tell(choice.consequence, options)),
		why: options.render(tell(choice.why, options)),
		to: keys.get(choice.to ?? '') ?? unwritten
	};
}

function playEffect({ effect }: DraftChoice, draft: Draft): Effect {
	return Object.fromEntries(
		effect.flatMap(({ gauge, by }) => {
			const key = draft.gauges.find(({ id }) => id === gauge)?.key;
			return key === undefined ? [] : [[key, by]];
		})
	);
}

function playGuard(bounds: readonly DraftBounds[], draft: Draft): Guard {
	return Object.fromEntries(
		bounds.flatMap(({ gauge, min, max }) => {
			const key = draft.gauges.find(({ id }) => id === gauge)?.key;
			const limits = { ...(min !== null && { min }), ...(max !== null && { max }) };
			return key === undefined ? [] : [[key, limits]];
		})
	);
}

function playGauges(draft: Draft, options: PlayableOptions): Record<string, Gauge<string>> {
	return Object.fromEntries(
		draft.gauges.map(({ key, start, min, max, words }) => {
			const lowest = min ?? 0;
			const highest = Math.max(lowest, max ?? lowest + 10);
			const wanted = options.gauges?.[key] ?? start ?? lowest;
			const told = words.map(({ upTo, text }) => ({
				upTo: upTo ?? highest,
				word: tell(text, options)
			}));
			return [
				key,
				{
					start: Math.min(highest, Math.max(lowest, wanted)),
					min: lowest,
					max: highest,
					words: told.length > 0 ? told : [{ upTo: highest, word: options.placeholder }]
				}
			];
		})
	);
}

function leadsNowhere(scene: Scene<string>): boolean {
	if (scene.flag?.alternative === unwritten) return true;
	if (!('choices' in scene)) return false;
	return Object.values(scene.choices).some(({ to }) => to === unwritten);
}

function tell(text: Localised, { locale, placeholder }: PlayableOptions): string {
	const other = locale === 'da' ? 'en' : 'da';
	const own = localise(text, locale);
	if (/\S/u.test(own)) return own;
	const translated = localise(text, other);
	return /\S/u.test(translated) ? translated : placeholder;
}
