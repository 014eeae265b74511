import type { Localised } from './localised.ts';
import { suggestNearest } from './nearest.ts';
import type { CourseSource } from './tree.ts';
import type { Vocabularies, VocabularyFiles } from './vocabulary-files.ts';

/** The pages that a text may link to, each with its anchors; null where those are not told. */
export type OwnPages = ReadonlyMap<string, ReadonlySet<string> | null>;

/** Pages that are there whatever is taught. */
export const fixedPages = ['/', '/help', '/learn', '/privacy', '/accessibility', '/team'];

/** Every page of the platform that a text may name, as these trees make them. */
export function listOwnPages({
	vocabularies: { framework, toolbox, evidence },
	broken,
	courses,
	scenarios
}: {
	vocabularies: Vocabularies;
	broken: ReadonlySet<keyof VocabularyFiles>;
	courses: readonly CourseSource[];
	scenarios: readonly { slug: string }[];
}): OwnPages {
	const slugs = (things: readonly { slug: string }[]) => things.map(({ slug }) => slug);
	const anchors = (file: keyof VocabularyFiles, names: readonly string[]) =>
		broken.has(file) ? null : new Set(names);
	const outcomes = framework.outcomes.map(({ id }) => id);
	const findings = evidence.topics.flatMap((topic) => topic.findings);
	return new Map<string, ReadonlySet<string> | null>([
		...fixedPages.map((path): [string, null] => [path, null]),
		[
			'/framework',
			anchors('framework', ['scenarios', 'uncovered', ...slugs(framework.levels), ...outcomes])
		],
		['/toolbox', anchors('toolbox', [...slugs(toolbox.groups), ...slugs(toolbox.tools)])],
		['/evidence', anchors('evidence', [...slugs(evidence.topics), ...slugs(findings)])],
		...courses.flatMap(({ slug: course, modules }): [string, null][] => [
			[`/learn/${course}`, null],
			...modules.map(({ slug }): [string, null] => [`/learn/${course}/${slug}`, null])
		]),
		...scenarios.map(({ slug }): [string, null] => [`/scenarios/${slug}`, null])
	]);
}

/** What is wrong with a link to a page of our own; undefined where it leads somewhere, or elsewhere. */
export function judgeOwnLink(address: string, pages: OwnPages): Localised | undefined {
	if (!address.startsWith('/')) return undefined;
	const { path = '', anchor } =
		/^(?<path>[^?#]*)[^#]*(?:#(?<anchor>.*))?$/u.exec(address)?.groups ?? {};
	const anchors = pages.get(path);
	if (anchors === undefined) {
		const suggestion = suggestNearest(path, pages.keys());
		return {
			da: `Platformen har ingen side "${path}"${suggestion.da}`,
			en: `the platform has no page "${path}"${suggestion.en}`
		};
	}
	if (!anchor || anchors === null || anchors.has(anchor)) return undefined;
	const suggestion = suggestNearest(anchor, anchors);
	return {
		da: `Siden ${path} har intet sted, der hedder "${anchor}"${suggestion.da}`,
		en: `the page ${path} has no place named "${anchor}"${suggestion.en}`
	};
}
