import { warningsIn } from './findings.ts';
import type { Problem } from './problem.ts';
import type { CourseSource } from './tree.ts';
import type { ReadVocabularies, Vocabularies } from './vocabulary-files.ts';

/** What modules train, by outcome. */
export function listTaughtOutcomes(courses: readonly CourseSource[]): Set<string> {
	return new Set(
		courses.flatMap(({ modules }) => modules.flatMap(({ data }) => data?.outcomes ?? []))
	);
}

/** Says of each level which outcomes no module trains although the framework does not name them as left out, and which are named as left out although one does. */
export function checkCoverage(
	{ vocabularies, courses }: { vocabularies: Vocabularies; courses: readonly CourseSource[] },
	{ files }: Pick<ReadVocabularies, 'files'>
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
	const leftOut = new Set(vocabularies.framework.uncovered.map(({ id }) => id));
	return files.framework.flatMap(({ source, value }) => {
		const warn = warningsIn(source);
		const untaught = value.levels.flatMap((level, index) => {
			const ids = value.outcomes
				.filter((outcome) => outcome.level === level.slug)
				.map(({ id }) => id)
				.filter((id) => !taught.has(id) && !leftOut.has(id));
			if (ids.length === 0) return [];
			return [
				warn('outcomes-not-taught', ['levels', index], {
					da: `Intet modul underviser i ${ids.join(', ')}; lav et, eller skriv dem under "uncovered".`,
					en: `no module teaches ${ids.join(', ')}; make one, or name them under "uncovered"`
				})
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
		return [...untaught, ...claimed];
	});
}
