import type { Node, Parent, Root, RootContent } from 'mdast';
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';

import { isAllowedLink } from './link.ts';
import type { Localised } from './localised.ts';
import {
	containerNames,
	isContainerName,
	isTextName,
	parseBlocks,
	parseInline,
	readTarget,
	splitSides,
	textNames
} from './markdown-parse.ts';
import { suggestNearest } from './nearest.ts';
import { judgeOwnLink, type OwnPages } from './own-pages.ts';
import type { Problem } from './problem.ts';

export interface MarkdownRules {
	/** What `:term[…]{slug}` may name; undefined where this cannot be known. */
	terms: ReadonlyMap<string, unknown> | undefined;
	/** What `:source{id}` may name; undefined where this cannot be known. */
	sources: ReadonlyMap<string, unknown> | undefined;
	/** What links within the platform may lead to; undefined where this cannot be known. */
	pages?: OwnPages | undefined;
	/** The line of the file on which the text begins; without it the text is a file of its own, and columns are told. */
	firstLine?: number;
	/** The keys that lead to the text within its file. */
	path?: string;
	/** Short texts know no blocks. */
	inline?: boolean;
}

/** Every fault of a Markdown text: what `renderMarkdown` would leave out or show as it is written. */
export function checkMarkdown(text: string, file: string, rules: MarkdownRules): Problem[] {
	const { firstLine, path = '' } = rules;
	const problems: Problem[] = [];
	const tree = rules.inline === true ? parseInline(text) : parseBlocks(text);
	const report: Report = (node, code, message) => {
		const line = node.position?.start.line ?? 1;
		const column = node.position?.start.column ?? 1;
		problems.push({
			code,
			severity: 'error',
			file,
			line: (firstLine ?? 1) + line - 1,
			path,
			message: firstLine === undefined ? withColumn(message, column) : message
		});
	};
	const lines = text.split(/\r\n?|\n/u);
	walk(tree, [], (node, parents) => {
		for (const look of looks) look(node, { parents, report, rules, lines });
	});
	return problems;
}

function walk(
	node: Root | RootContent,
	parents: readonly Parent[],
	see: (node: Root | RootContent, parents: readonly Parent[]) => void
): void {
	see(node, parents);
	if (!('children' in node)) return;
	for (const child of node.children) walk(child, [...parents, node], see);
}

type Report = (node: Node, code: string, message: Localised) => void;

interface Surroundings {
	/** From the outermost in. */
	parents: readonly Parent[];
	report: Report;
	rules: MarkdownRules;
	lines: readonly string[];
}

type Look = (node: Root | RootContent, surroundings: Surroundings) => void;

const looks: readonly Look[] = [
	checkRawHtml,
	checkLink,
	checkImage,
	checkContainer,
	checkLeaf,
	checkTextDirective,
	checkStrayColons
];

function checkRawHtml(node: Root | RootContent, { report }: Surroundings): void {
	if (node.type !== 'html') return;
	report(node, 'raw-html', {
		da: 'HTML bruges ikke i tekster; skriv Markdown, eller sæt tegnet \\ foran <.',
		en: 'HTML is not used in texts; write Markdown, or put \\ before the <'
	});
}

function checkLink(node: Root | RootContent, { report, rules }: Surroundings): void {
	if (node.type !== 'link' && node.type !== 'definition') return;
	if (isAllowedLink(node.url)) {
		const dead = rules.pages && judgeOwnLink(node.url, rules.pages);
		if (dead) report(node, 'unknown-page', dead);
		return;
	}
	report(node, 'bad-link', {
		da: `Et link til "${node.url}" er ikke muligt; brug https://, mailto: eller en egen side som /help.`,
		en: `a link to "${node.url}" is not possible; use https://, mailto: or a page of our own such as /help`
	});
}

function checkImage(node: Root | RootContent, { report }: Surroundings): void {
	if (node.type !== 'image' && node.type !== 'imageReference') return;
	report(node, 'image', {
		da: 'Billeder kan ikke stå i en tekst; modulet har sin egen tegning.',
		en: 'a text cannot hold a picture; the module has a drawing of its own'
	});
}

function checkContainer(node: Root | RootContent, surroundings: Surroundings): void {
	if (node.type !== 'containerDirective') return;
	const { report, parents, lines } = surroundings;
	if (!isContainerName(node.name)) return reportUnknown(node, ':::', containerNames, report);
	if (!isClosed(node, lines)) {
		report(node, 'unclosed-directive', {
			da: `":::${node.name}" bliver ikke lukket; skriv ":::" på en linje for sig selv efter teksten.`,
			en: `":::${node.name}" is not closed; write ":::" on a line of its own after the text`
		});
	}
	const hasLabel = node.children.some(isLabel);
	const children = node.children.filter((child) => !isLabel(child));
	if (node.name === 'reveal' && !hasLabel) {
		report(node, 'missing-label', {
			da: 'Skriv, hvad man trykker på: ":::reveal[Se svaret]".',
			en: 'say what one presses: ":::reveal[See the answer]"'
		});
	}
	if (children.length === 0 && node.name !== 'agreements') {
		report(node, 'empty-text', {
			da: `Der står ingenting i ":::${node.name}".`,
			en: `there is nothing in ":::${node.name}"`
		});
	}
	if (node.name === 'compare' && children.length > 0 && splitSides(children).length !== 2) {
		report(node, 'compare-sides', {
			da: 'En sammenligning har to sider; begynd hver med en overskrift, eller sæt --- imellem.',
			en: 'a comparison has two sides; begin each with a heading, or put --- between them'
		});
	}
	if (node.name === 'agreements' && parents.length > 1) {
		report(node, 'nested-agreements', {
			da: 'Pladsen til egne aftaler kan ikke stå inde i noget andet.',
			en: "the place for the workplace's own agreements cannot stand inside something else"
		});
	}
}

function checkLeaf(node: Root | RootContent, { report }: Surroundings): void {
	if (node.type !== 'leafDirective') return;
	if (!isContainerName(node.name)) return reportUnknown(node, '::', containerNames, report);
	report(node, 'unknown-directive', {
		da: `"${node.name}" skrives med tre kolon, ":::${node.name}", og slutter med ":::" på en linje for sig selv.`,
		en: `"${node.name}" is written with three colons, ":::${node.name}", and ends with ":::" on a line of its own`
	});
}

function checkTextDirective(node: Root | RootContent, surroundings: Surroundings): void {
	if (node.type !== 'textDirective') return;
	const { report, rules, parents } = surroundings;
	const target = readTarget(node);
	if (!isTextName(node.name)) {
		// A bare ":word" is just a colon in a text.
		if (node.children.length > 0 || target !== undefined) {
			reportUnknown(node, ':', textNames, report);
		}
		return;
	}
	const isSource = node.name === 'source';
	if (parents.some((parent) => parent.type === 'link' || isLabel(parent))) {
		report(node, 'nested-directive', {
			da: `":${node.name}" kan ikke stå i et link eller en overskrift på en boks.`,
			en: `":${node.name}" cannot stand in a link or in the label of a box`
		});
	}
	if (!isSource && node.children.length === 0) {
		report(node, 'missing-label', {
			da: 'Skriv det ord, der forklares: ":term[udløser]{trigger}".',
			en: 'write the word that is explained: ":term[trigger]{trigger}"'
		});
	}
	if (target === undefined) {
		report(node, isSource ? 'unknown-source' : 'unknown-term', {
			da: `Skriv, hvad der menes: ${isSource ? '":source{id}"' : '":term[ord]{navn}"'}.`,
			en: `say which one is meant: ${isSource ? '":source{id}"' : '":term[word]{slug}"'}`
		});
		return;
	}
	const known = isSource ? rules.sources : rules.terms;
	if (known === undefined || known.has(target)) return;
	const suggestion = suggestNearest(target, known.keys());
	report(
		node,
		isSource ? 'unknown-source' : 'unknown-term',
		isSource
			? {
					da: `Modulet har ingen kilde "${target}"${suggestion.da}`,
					en: `the module has no source "${target}"${suggestion.en}`
				}
			: {
					da: `Ordlisten har ikke "${target}"${suggestion.da}`,
					en: `the glossary has no "${target}"${suggestion.en}`
				}
	);
}

function checkStrayColons(node: Root | RootContent, { report, parents }: Surroundings): void {
	if (node.type !== 'text' || !/^ {0,3}:::/mu.test(node.value)) return;
	if (parents.at(-1)?.type !== 'paragraph') return;
	report(node, 'stray-colons', {
		da: 'De tre kolon her åbner eller lukker ingenting; skriv ":::notice" uden mellemrum, og ":::" alene, hvor den slutter.',
		en: 'the three colons here open or close nothing; write ":::notice" without a blank, and ":::" alone where it ends'
	});
}

function reportUnknown(
	node: ContainerDirective | LeafDirective | TextDirective,
	colons: string,
	known: readonly string[],
	report: Report
): void {
	const suggestion = suggestNearest(node.name, known);
	const all = known.join(', ');
	report(node, 'unknown-directive', {
		da: `"${colons}${node.name}" kendes ikke${suggestion.en === '' ? `; der er ${all}.` : suggestion.da}`,
		en: `"${colons}${node.name}" is not known${suggestion.en === '' ? `; there are ${all}` : suggestion.en}`
	});
}

function isLabel(node: Node): boolean {
	return node.type === 'paragraph' && node.data !== undefined && 'directiveLabel' in node.data;
}

function isClosed(node: ContainerDirective, lines: readonly string[]): boolean {
	const { start, end } = node.position ?? {};
	if (start === undefined || end === undefined || start.line === end.line) return false;
	const opening = /:{3,}/u.exec(lines[start.line - 1]?.slice(start.column - 1) ?? '')?.[0] ?? '';
	const closing = /(:{3,})\s*$/u.exec(lines[end.line - 1] ?? '')?.[1] ?? '';
	return closing.length >= opening.length;
}

function withColumn(message: Localised, column: number): Localised {
	return {
		da: `${message.da} (tegn ${column} på linjen)`,
		en: `${message.en} (column ${column})`
	};
}
