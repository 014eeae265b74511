import { errorsIn, warningsIn } from './findings.ts';
import type { Problem } from './problem.ts';
import type { CourseSource, ScenarioSource } from './tree.ts';
import type { Vocabularies } from './vocabulary-files.ts';

/** What a refresher needs to know of a scenario. */
export interface TrainingOfScenario {
	/** The courses it is written for. */
	audience: readonly string[];
	/** What its decisions train; may name one twice. */
	outcomes: readonly string[];
}

/** So many encounters train each outcome, so that one is left when the other has been met. */
export const fewestEncounters = 2;

/**
 * Says of each course with encounters which outcomes of its own level somebody may have found hard in a
 * scenario of it, and meets in too few encounters: then a refresher made for them would leave it out or
 * tell the same again. A course without encounters has its standard refresher, and that is enough.
 */
export function checkEncounters(
	{
		vocabularies,
		courses,
		scenarios,
		encounters
	}: {
		vocabularies: Vocabularies;
		courses: readonly CourseSource[];
		scenarios: readonly ScenarioSource[];
		encounters: readonly ScenarioSource[];
	},
	read: (scenario: ScenarioSource) => TrainingOfScenario | undefined
): Problem[] {
	const training = new Map(scenarios.map((one) => [one.slug, read(one)]));
	const bank = encounters.map(read);
	const named = encounters.flatMap((one) => reportTwin(one, training));
	// What cannot be read may train anything.
	if (bank.includes(undefined)) return named;
	const ofLevel = (level: string) =>
		new Set(
			vocabularies.framework.outcomes.filter((one) => one.level === level).map(({ id }) => id)
		);
	const thin = courses.flatMap(({ slug, source, data, modules }) => {
		const own = bank.flatMap((one) => (one?.audience.includes(slug) ? [one] : []));
		if (!data?.refresher || own.length === 0) return [];
		const offered = modules.flatMap((module) =>
			(module.data?.steps ?? []).flatMap((step) =>
				'scenario' in step ? [step.scenario].flat() : []
			)
		);
		const level = ofLevel(data.level);
		const practised = new Set(offered.flatMap((name) => training.get(name)?.outcomes ?? []));
		const few = [...practised]
			.filter((id) => level.has(id))
			.filter((id) => own.filter((one) => one.outcomes.includes(id)).length < fewestEncounters)
			.toSorted();
		if (few.length === 0) return [];
		const ids = few.join(', ');
		return [
			warningsIn(source)('too-few-encounters', ['refresher'], {
				da: `For få korte scenarier i refreshers/ træner ${ids}; der skal være ${fewestEncounters} til hver.`,
				en: `too few short scenarios in refreshers/ train ${ids}; each needs ${fewestEncounters}`
			})
		];
	});
	return [...named, ...thin];
}

/** People's ways are kept by the name of the scenario. */
function reportTwin(
	{ slug, file }: ScenarioSource,
	scenarios: ReadonlyMap<string, unknown>
): Problem[] {
	if (!scenarios.has(slug)) return [];
	const source = { file, value: null, lineOf: () => 1, lineOfText: () => 1 };
	return [
		errorsIn(source)('encounter-named-twice', [], {
			da: `Der er også et scenarie, der hedder "${slug}"; giv det korte et andet navn.`,
			en: `there is a scenario named "${slug}" too; give the short one another name`
		})
	];
}
