import { errorsIn } from './findings.ts';
import { countWords } from './lix.ts';
import { areMinutesFair, estimateMinutes } from './minutes.ts';
import { kindOf } from './module-file.ts';
import type { Problem } from './problem.ts';
import type { ModuleSource } from './tree.ts';

/** How much there is to read and to decide on the shortest way through a scenario. */
export interface ScenarioLength {
	words: number;
	decisions: number;
}

export type MeasureScenario = (slug: string) => ScenarioLength | undefined;

/**
 * Holds the stated minutes of a module against its Danish texts. Of scenarios to choose among, the
 * average counts. Nothing is said where a length is not known.
 */
export function checkMinutes(module: ModuleSource, measureScenario: MeasureScenario): Problem[] {
	const { data, source, texts } = module;
	if (data === null) return [];
	const count = (kind: string) => data.steps.filter((step) => kindOf(step) === kind).length;
	let words = 0;
	let decisions = 0;
	for (const step of data.steps) {
		if ('lesson' in step) {
			const text = texts.get(step.lesson)?.da?.text;
			if (text === undefined) return [];
			words += countWords(text);
		} else if ('scenario' in step) {
			const length = averageLength([step.scenario].flat(), measureScenario);
			if (length === undefined) return [];
			words += length.words;
			decisions += length.decisions;
		}
	}
	const estimated = estimateMinutes({
		words,
		checks: count('check'),
		decisions,
		prompts: count('reflection') + count('task'),
		landings: count('landing')
	});
	if (areMinutesFair(data.minutes, estimated)) return [];
	const shown = (Math.round(estimated * 10) / 10).toString();
	return [
		errorsIn(source)('wrong-minutes', ['minutes'], {
			da: `Der står ${data.minutes} minutter, men modulet tager cirka ${shown.replace('.', ',')}; ret tallet eller teksterne.`,
			en: `${data.minutes} minutes are stated, but the module takes about ${shown}; change the number or the texts`
		})
	];
}

function averageLength(
	slugs: readonly string[],
	measureScenario: MeasureScenario
): ScenarioLength | undefined {
	const lengths = slugs.map(measureScenario).filter((length) => length !== undefined);
	if (lengths.length < slugs.length || slugs.length === 0) return undefined;
	const average = (of: (length: ScenarioLength) => number) =>
		lengths.reduce((sum, length) => sum + of(length), 0) / lengths.length;
	return { words: average(({ words }) => words), decisions: average(({ decisions }) => decisions) };
}
