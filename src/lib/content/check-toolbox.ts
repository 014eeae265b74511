import { describeLix, highestLix, type TextRules } from './check-texts.ts';
import { nameUnknown, reportTwins } from './check-vocabularies.ts';
import type { Finding } from './evidence.ts';
import { errorsIn } from './findings.ts';
import { judgeOwnLink, type OwnPages } from './own-pages.ts';
import type { Problem } from './problem.ts';
import type { Tool } from './toolbox.ts';
import type { ReadVocabularies } from './vocabulary-files.ts';

type ToolboxFile = ReadVocabularies['files']['toolbox'][number];
type EvidenceFile = ReadVocabularies['files']['evidence'][number];

/** What the shape of toolbox.yaml cannot tell. */
export function checkToolbox(
	{ source, value }: ToolboxFile,
	groups: ReadonlySet<string>,
	rules: Pick<TextRules, 'pages' | 'taught'>
): Problem[] {
	const error = errorsIn(source);
	// Groups and tools are anchors of one page.
	const names = [...value.groups, ...value.tools].map(({ slug }) => slug);
	const known = value.groups.length;
	const problems = [
		...reportTwins(source, 'groups', names.slice(0, known)),
		...value.tools.flatMap(({ slug }, index) =>
			names.indexOf(slug) < known + index
				? [
						error('duplicate-name', ['tools', index], {
							da: `"${slug}" står her for anden gang; behold én.`,
							en: `"${slug}" stands here for the second time; keep one`
						})
					]
				: []
		)
	];
	for (const [index, tool] of value.tools.entries()) {
		const at = (...keys: (string | number)[]) => ['tools', index, ...keys];
		if (!groups.has(tool.group)) {
			problems.push(error('unknown-group', at('group'), nameUnknown('group', tool.group, groups)));
		}
		if (tool.links.length + tool.works.length === 0) {
			problems.push(
				error('no-way-there', at(), {
					da: 'Skriv under "links" eller "works", hvor man finder det.',
					en: 'say under "links" or "works" where it is to be found'
				})
			);
		}
		for (const [place, { url }] of tool.links.entries()) {
			const dead = rules.pages && judgeOwnLink(url, rules.pages);
			if (dead) problems.push(error('unknown-page', at('links', place, 'url'), dead));
			if (tool.links.findIndex((other) => other.url === url) < place) {
				problems.push(
					error('duplicate-link', at('links', place, 'url'), {
						da: 'Kortet har allerede et link dertil; behold ét.',
						en: 'the card has a link there already; keep one'
					})
				);
			}
		}
		const hard = describeLix(readTool(tool), highestLix(undefined), rules.taught);
		if (hard) problems.push(error('lix-too-high', at(), hard));
	}
	return problems;
}

function readTool({ purpose, who, terms, care, links, works }: Tool): string {
	const texts = [purpose, who, terms, ...(care ? [care] : [])];
	const ways = [...links, ...works].map(({ awaits }) => awaits);
	return [...texts, ...ways].map(({ da }) => da).join('\n\n');
}

/** What the shape of evidence.yaml cannot tell. */
export function checkEvidence(
	{ source, value }: EvidenceFile,
	rules: Pick<TextRules, 'pages' | 'taught'>
): Problem[] {
	const error = errorsIn(source);
	const topics = value.topics.map(({ slug }) => slug);
	const problems = reportTwins(source, 'topics', topics);
	const named = new Set(topics);
	for (const [index, topic] of value.topics.entries()) {
		for (const [place, finding] of topic.findings.entries()) {
			const at = (...keys: (string | number)[]) => ['topics', index, 'findings', place, ...keys];
			if (named.has(finding.slug)) {
				problems.push(
					error('duplicate-name', at('slug'), {
						da: `"${finding.slug}" står her for anden gang; behold én.`,
						en: `"${finding.slug}" stands here for the second time; keep one`
					})
				);
			}
			named.add(finding.slug);
			for (const [number, dead] of listDeadModules(finding, rules.pages)) {
				problems.push(error('unknown-module', at('modules', number), dead));
			}
			const hard = describeLix(finding.text.da, highestLix(undefined), rules.taught);
			if (hard) problems.push(error('lix-too-high', at('text', 'da'), hard));
		}
	}
	return problems;
}

function listDeadModules({ modules }: Finding, pages: OwnPages | undefined) {
	if (pages === undefined) return [];
	const known = [...pages.keys()].flatMap((path) => /^\/learn\/(.+\/.+)$/u.exec(path)?.[1] ?? []);
	return modules.flatMap((name, index) =>
		known.includes(name) ? [] : [[index, nameUnknown('module', name, known)] as const]
	);
}
