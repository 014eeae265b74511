import type { Node, Root } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkParse from 'remark-parse';
import { unified, type Processor } from 'unified';

/** Directives that hold paragraphs, written with three colons. */
export const containerNames = ['notice', 'example', 'reveal', 'compare', 'agreements'] as const;

/** Directives within a sentence, written with one colon. */
export const textNames = ['term', 'source'] as const;

export type ContainerName = (typeof containerNames)[number];
export type TextName = (typeof textNames)[number];

const blockParser = unified().use(remarkParse).use(remarkDirective).freeze();
const inlineParser = unified().use(remarkParse).use(remarkDirective).use(refuseBlocks).freeze();

/** Reads Markdown with directives. */
export function parseBlocks(text: string): Root {
	return blockParser.parse(text);
}

/** Reads a short text: no lists, headings or blocks, so that "1. maj" stays what it says. */
export function parseInline(text: string): Root {
	return inlineParser.parse(text);
}

function refuseBlocks(this: Processor): void {
	const data = this.data();
	// The constructs of directives have no names to disable them by.
	const known = (data.micromarkExtensions ?? []).map((extension) => ({ ...extension, flow: {} }));
	data.micromarkExtensions = [...known];
	data.micromarkExtensions.push({
		disable: {
			null: [
				'blockQuote',
				'codeFenced',
				'codeIndented',
				'definition',
				'headingAtx',
				'htmlFlow',
				'list',
				'setextUnderline',
				'thematicBreak'
			]
		}
	});
}

export function isContainerName(name: string): name is ContainerName {
	return containerNames.some((known) => known === name);
}

export function isTextName(name: string): name is TextName {
	return textNames.some((known) => known === name);
}

interface DirectiveLike {
	attributes?: Record<string, string | null | undefined> | null | undefined;
}

/** What stands in the braces of `:term[ord]{slug}`. */
export function readTarget(directive: DirectiveLike): string | undefined {
	const attributes = directive.attributes ?? {};
	return Object.keys(attributes)[0];
}

/** The characters a node was made of. */
export function sliceOf(node: Node, text: string): string {
	const { position } = node;
	return text.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
}

/** The two sides of a comparison: each begins with a heading, else they are parted by a line, else each block is a side. */
export function splitSides<Child extends Node>(children: readonly Child[]): Child[][] {
	const byLine = splitAt(children, (child) => child.type === 'thematicBreak', { keep: false });
	if (byLine.length > 1) return byLine;
	const byHeading = splitAt(children, (child) => child.type === 'heading', { keep: true });
	if (byHeading.length > 1) return byHeading;
	return children.map((child) => [child]);
}

function splitAt<Child>(
	children: readonly Child[],
	starts: (child: Child) => boolean,
	{ keep }: { keep: boolean }
): Child[][] {
	const sides: Child[][] = [];
	let current: Child[] = [];
	for (const child of children) {
		if (starts(child)) {
			if (current.length > 0) sides.push(current);
			current = keep ? [child] : [];
		} else {
			current.push(child);
		}
	}
	return current.length > 0 ? [...sides, current] : sides;
}
