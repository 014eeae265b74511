import type { Localised } from '#lib/content/localised.ts';
import type { Choice, DecisionScene, Gauge, Guard, Scenario, Scene } from './model.ts';
import { isEnding } from './scenes.ts';

/** A scenario as the file has it: plain fields in the order of the format. */
export type WrittenScenario = Record<string, unknown>;

/**
 * A scenario as it stands in its file, in the order of the format; reading it by the schema gives
 * the scenario again. What is not there, or is an empty list or block that may be left out, has no field.
 */
export function writeFields(scenario: Scenario): WrittenScenario {
	return {
		format: scenario.format,
		id: scenario.id,
		version: scenario.version,
		title: writeText(scenario.title),
		summary: writeText(scenario.summary),
		minutes: scenario.minutes,
		setting: scenario.setting,
		audience: scenario.audience,
		outcomes: scenario.outcomes,
		contentNote: writeText(scenario.contentNote),
		textVersion: writeText(scenario.textVersion),
		authors: scenario.authors.map(({ role, name }) => present({ role, name })),
		people: mapValues(scenario.people, ({ name, about }) => ({ name, about: writeText(about) })),
		gauges: mapValues(scenario.gauges, writeGauge),
		start: scenario.start,
		scenes: mapValues(scenario.scenes, writeScene)
	};
}

function writeGauge({ start, min, max, words }: Gauge) {
	return { start, min, max, words: words.map(({ upTo, word }) => ({ upTo, ...writeText(word) })) };
}

function writeScene(scene: Scene) {
	const says = scene.says && { who: scene.says.who, ...writeText(scene.says.text) };
	const flag = scene.flag && { theme: scene.flag.theme, alternative: scene.flag.alternative };
	const facilitator = scene.facilitator && {
		minutes: scene.facilitator.minutes,
		ask: scene.facilitator.ask.map(writeText)
	};
	if (isEnding(scene)) {
		const text = writeText(scene.text);
		const takeaway = writeText(scene.takeaway);
		return present({ ending: scene.ending, text, says, flag, takeaway, facilitator });
	}
	const auto = scene.auto?.map(({ when, to }) => ({ when: writeGuard(when), to }));
	return present({
		text: writeText(scene.text),
		says,
		flag,
		auto: auto?.length === 0 ? undefined : auto,
		choices: writeChoices(scene),
		facilitator
	});
}

function writeChoices(scene: DecisionScene) {
	return mapValues(scene.choices, (choice: Choice) =>
		present({
			text: writeText(choice.text),
			kind: choice.kind,
			effect: filled(choice.effect),
			when: choice.when && filled(writeGuard(choice.when)),
			outcomes: choice.outcomes?.length === 0 ? undefined : choice.outcomes,
			consequence: writeText(choice.consequence),
			why: writeText(choice.why),
			to: choice.to
		})
	);
}

// In a draft a language may still be missing, which is not the same as nothing in it.
function writeText({ da, en }: Localised) {
	return present({ da, en });
}

function writeGuard(guard: Guard) {
	return mapValues(guard, ({ min, max }) => present({ min, max }));
}

function filled<Value extends object>(value: Value | undefined): Value | undefined {
	return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}

function present(fields: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function mapValues<Value, Written>(
	values: Readonly<Record<string, Value>>,
	write: (value: Value) => Written
): Record<string, Written> {
	return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, write(value)]));
}
