import { localise, type Locale, type Localised } from '#lib/content/localised.ts';
import type { Choice, Scenario, Scene } from './model.ts';
import { isEnding } from './scenes.ts';

/**
 * A scenario in one language, as the player gets it: what the learner reads as Markdown is put
 * through `render`, everything else stays plain text, and the facilitator's notes are left out. It
 * has the same structure, so the same moves fit it.
 */
export function presentScenario(
	scenario: Scenario,
	locale: Locale,
	render: (markdown: string) => string
): Scenario<string> {
	const plain = (text: Localised) => localise(text, locale);
	const rendered = (text: Localised) => render(localise(text, locale));

	const presentChoice = ({ text, consequence, why, ...rest }: Choice): Choice<string> => ({
		...rest,
		text: plain(text),
		consequence: rendered(consequence),
		why: rendered(why)
	});
	const presentScene = (scene: Scene): Scene<string> => {
		const common = {
			text: rendered(scene.text),
			...(scene.says && { says: { who: scene.says.who, text: plain(scene.says.text) } }),
			...(scene.flag && { flag: scene.flag })
		};
		if (isEnding(scene)) {
			return { ...common, ending: scene.ending, takeaway: rendered(scene.takeaway) };
		}
		return {
			...common,
			...(scene.auto && { auto: scene.auto }),
			choices: mapValues(scene.choices, presentChoice)
		};
	};

	return {
		...scenario,
		title: plain(scenario.title),
		summary: plain(scenario.summary),
		contentNote: plain(scenario.contentNote),
		textVersion: rendered(scenario.textVersion),
		people: mapValues(scenario.people, ({ name, about }) => ({ name, about: plain(about) })),
		gauges: mapValues(scenario.gauges, ({ words, ...bounds }) => ({
			...bounds,
			words: words.map(({ upTo, word }) => ({ upTo, word: plain(word) }))
		})),
		scenes: mapValues(scenario.scenes, presentScene)
	};
}

function mapValues<Value, Mapped>(
	values: Readonly<Record<string, Value>>,
	map: (value: Value) => Mapped
): Record<string, Mapped> {
	return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, map(value)]));
}
