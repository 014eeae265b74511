import { warningsIn, type Report } from './findings.ts';
import type { Outcome } from './framework.ts';
import type { Problem } from './problem.ts';
import type { Path } from './source.ts';
import type { CourseSource } from './tree.ts';
import type { ReadVocabularies, Vocabularies } from './vocabulary-files.ts';

/** What modules train, by outcome. */
export function listTaughtOutcomes(courses: readonly CourseSource[]): Set<string> {
	return new Set(
		courses.flatMap(({ modules }) => modules.flatMap(({ data }) => data?.outcomes ?? []))
	);
}

/** What modules have people practise, in a task or in an exercise that a sheet guides, by outcome. */
function listPractisedOutcomes(courses: readonly CourseSource[]): string[] {
	return courses.flatMap(({ modules }) =>
		modules.flatMap(({ data }) =>
			(data?.steps ?? []).flatMap((step) => ('outcomes' in step ? step.outcomes : []))
		)
	);
}

/**
 * Says of each level which outcomes no module trains although the framework does not name them as left
 * out, which are named as left out although one does, and which skills are taught but never practised:
 * neither in a decision of a scenario nor in a task nor in an exercise. `trained` holds what decisions
 * train; undefined where that is not known.
 */
export function checkCoverage(
	{ vocabularies, courses }: { vocabularies: Vocabularies; courses: readonly CourseSource[] },
	{ files }: Pick<ReadVocabularies, 'files'>,
	trained: ReadonlySet<string> | undefined
): Problem[] {
	// A module that cannot be read may teach anything.
	if (
		courses.some(({ data, modules }) =>
			[data, ...modules.map((module) => module.data)].includes(null)
		)
	) {
		return [];
	}
	const taught = listTaughtOutcomes(courses);
	const practised = trained && new Set([...trained, ...listPractisedOutcomes(courses)]);
	const leftOut = new Set(vocabularies.framework.uncovered.map(({ id }) => id));
	return files.framework.flatMap(({ source, value }) => {
		const warn = warningsIn(source);
		const ofLevels = value.levels.flatMap((level, index) => {
			const outcomes = value.outcomes.filter((outcome) => outcome.level === level.slug);
			const untaught = outcomes.filter(({ id }) => !taught.has(id) && !leftOut.has(id));
			const unpractised = outcomes.filter(
				({ id, kind }) => kind === 'skill' && taught.has(id) && practised?.has(id) === false
			);
			return [
				...reportUntaught(untaught, ['levels', index], warn),
				...reportUnpractised(unpractised, ['levels', index], warn)
			];
		});
		const claimed = value.uncovered.flatMap(({ id }, index) =>
			taught.has(id)
				? [
						warn('taught-but-left-out', ['uncovered', index], {
							da: `${id} står som udeladt, men et modul underviser i det.`,
							en: `${id} is named as left out, but a module teaches it`
						})
					]
				: []
		);
		return [...ofLevels, ...claimed];
	});
}

function reportUntaught(outcomes: readonly Outcome[], path: Path, warn: Report): Problem[] {
	if (outcomes.length === 0) return [];
	const ids = outcomes.map(({ id }) => id).join(', ');
	return [
		warn('outcomes-not-taught', path, {
			da: `Intet modul underviser i ${ids}; lav et, eller skriv dem under "uncovered".`,
			en: `no module teaches ${ids}; make one, or name them under "uncovered"`
		})
	];
}

function reportUnpractised(outcomes: readonly Outcome[], path: Path, warn: Report): Problem[] {
	if (outcomes.length === 0) return [];
	const ids = outcomes.map(({ id }) => id).join(', ');
	return [
		warn('skills-not-practised', path, {
			da: `Ingen øver sig i ${ids}; skriv dem under "outcomes" ved et valg i et scenarie, en opgave eller arket til en øvelse.`,
			en: `nobody practises ${ids}; name them under "outcomes" at a choice of a scenario, a task or the sheet of an exercise`
		})
	];
}
