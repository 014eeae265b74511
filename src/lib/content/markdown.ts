import type { Element, ElementContent, Root as HtmlRoot, RootContent as HtmlContent } from 'hast';
import type { Heading, Paragraph, Root } from 'mdast';
import type { ContainerDirective, TextDirective } from 'mdast-util-directive';
import { toString } from 'mdast-util-to-string';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkRehype, { type Options } from 'remark-rehype';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { Html } from './html.ts';
import { isAllowedLink } from './link.ts';
import type { Locale, Localised } from './localised.ts';
import { allowedHtml } from './allowed-html.ts';
import {
	isContainerName,
	isTextName,
	parseBlocks,
	parseInline,
	readTarget,
	sliceOf,
	splitSides
} from './markdown-parse.ts';

/** What a term stands for, in the words a reader sees. */
export interface TermNote {
	da: string;
	en: string;
	explanation: Localised;
}

export interface MarkdownOptions {
	locale: Locale;
	/** By slug, for `:term[word]{slug}`. */
	terms: ReadonlyMap<string, TermNote>;
	/** By id, for `:source{id}`. */
	sources: ReadonlyMap<string, Localised>;
	/** Begins the ids of explanations; different for each text that may stand on one page. */
	idPrefix: string;
	/** Added to the depth of each heading; the result is kept between 2 and 6. */
	headingShift?: number;
}

/** A piece of a text: HTML to be shown as it is, or the place of the workplace's own agreements with what stands there as long as it has none. */
export interface TextPart {
	kind: 'prose' | 'agreements';
	html: Html;
}

export interface RenderedText {
	/** The words of a first-level heading that opens the text; it is not in the HTML. */
	title: string | undefined;
	html: Html;
	/** The same HTML, parted where the workplace's own agreements belong. */
	parts: readonly TextPart[];
}

const plain = /^[\p{L}\p{N} .,;?()»«“”’–—-]*$/u;

const sourceQuestion: Localised = { da: 'Hvor ved vi det fra?', en: 'How do we know that?' };

/**
 * Renders Markdown to sanitised HTML. It never fails and never lets code through: what is unknown or
 * forbidden appears as its own characters or is left out. `checkMarkdown` tells authors about it.
 */
export function renderMarkdown(text: string, options: MarkdownOptions): RenderedText {
	const tree = parseBlocks(text);
	const title = takeTitle(tree);
	const root = toHtml(tree, text, options);
	const parts = splitParts(root.children).map(({ kind, children }): TextPart => ({
		kind,
		html: print(children)
	}));
	return { title, html: print(root.children), parts };
}

/** Renders a short text to sanitised HTML that may stand inside a paragraph, a label or a button. */
export function renderInline(text: string, options: MarkdownOptions): Html {
	// Most short texts hold no sign that HTML or Markdown means anything by.
	if (plain.test(text)) return text.trim() as Html;
	const tree = toHtml(parseInline(text), text, options);
	const paragraphs = tree.children.filter((child) => child.type === 'element');
	const lines = paragraphs.map((paragraph) => paragraph.children);
	const children = lines.flatMap((line, index): HtmlContent[] =>
		index === 0 ? line : [element('br', {}, []), ...line]
	);
	return print(children);
}

/** The words of a Markdown text opened by a first-level heading: that heading, without its signs. */
export function readTitle(text: string): string | undefined {
	return takeTitle(parseBlocks(text));
}

function takeTitle(tree: Root): string | undefined {
	const first = tree.children[0];
	if (first?.type !== 'heading' || first.depth !== 1) return undefined;
	tree.children.shift();
	return toString(first);
}

function toHtml(tree: Root, text: string, options: MarkdownOptions): HtmlRoot {
	const processor = unified()
		.use(remarkRehype, { handlers: makeHandlers(text, options) })
		.use(() => dropForbiddenLinks)
		.use(rehypeSanitize, allowedHtml);
	return processor.runSync(tree);
}

const printer = unified().use(rehypeStringify).freeze();

function print(children: HtmlContent[]): Html {
	// The one place where HTML is made: every tree that arrives here has been sanitised.
	return printer.stringify({ type: 'root', children }) as Html;
}

function dropForbiddenLinks(tree: HtmlRoot): void {
	visit(tree, 'element', (node, index, parent) => {
		if (node.tagName !== 'a' || parent === undefined || index === undefined) return;
		if (isAllowedLink(String(node.properties['href'] ?? ''))) return;
		parent.children.splice(index, 1, ...node.children);
		return index;
	});
}

type Handlers = NonNullable<Options['handlers']>;
type State = Parameters<NonNullable<Handlers['root']>>[0];

function makeHandlers(text: string, options: MarkdownOptions): Handlers {
	const { headingShift = 0 } = options;
	const notes = makeNotes(options);
	return {
		heading: (state, node: Heading) => {
			const depth = Math.min(6, Math.max(2, node.depth + headingShift));
			return element(`h${depth}`, {}, state.all(node));
		},
		html: (_, node: { value: string }, parent) => {
			const shown: ElementContent = { type: 'text', value: node.value };
			return parent !== undefined && holdsBlocks(parent.type) ? element('p', {}, [shown]) : shown;
		},
		image: (_, node: { alt?: string | null }) => ({ type: 'text', value: node.alt ?? '' }),
		imageReference: (_, node: { alt?: string | null }) => ({
			type: 'text',
			value: node.alt ?? ''
		}),
		leafDirective: (state, node) => element('p', {}, state.all(node)),
		containerDirective: (state, node: ContainerDirective) => renderContainer(state, node),
		textDirective: (state, node: TextDirective) => {
			const target = readTarget(node) ?? '';
			if (node.name === 'source') return notes.explainSource(target);
			if (node.name === 'term') return notes.explainTerm(target, state.all(node));
			if (isTextName(node.name) || node.children.length > 0) return state.all(node);
			return { type: 'text', value: sliceOf(node, text) };
		},
		link: (state, node) => {
			const href = { href: node.url };
			return element('a', href, state.all(withoutDirectives(node)));
		}
	};
}

function renderContainer(state: State, node: ContainerDirective): Element | ElementContent[] {
	const [label, children] = takeLabel(node);
	const inside = (nodes: ContainerDirective['children']) =>
		state.wrap(state.all({ ...node, children: nodes }), true);
	const heading = label && state.all(withoutDirectives(label));
	switch (isContainerName(node.name) ? node.name : undefined) {
		case 'notice':
		case 'example':
			return element('div', { className: [node.name], role: 'note' }, [
				...(heading ? [element('p', { className: [`${node.name}-title`] }, heading)] : []),
				...inside(children)
			]);
		case 'reveal':
			return element('details', { className: ['reveal'] }, [
				element('summary', {}, heading ?? [{ type: 'text', value: '…' }]),
				...inside(children)
			]);
		case 'compare':
			return element(
				'div',
				{ className: ['compare'] },
				splitSides(children).map((side) =>
					element('div', { className: ['compare-side'] }, inside(side))
				)
			);
		case 'agreements':
			return element(
				'div',
				{ className: ['agreements'], dataSlot: 'agreements' },
				inside(children)
			);
		case undefined:
			return inside(children);
	}
}

function holdsBlocks(type: string): boolean {
	return ['root', 'blockquote', 'listItem', 'containerDirective'].includes(type);
}

// A button inside a link or a summary could be reached by nobody.
function withoutDirectives<Parent extends { children: unknown[] }>(parent: Parent): Parent {
	const copy = structuredClone(parent);
	visit(copy as unknown as Root, 'textDirective', (node, index, container) => {
		if (container === undefined || index === undefined) return;
		container.children.splice(index, 1, ...node.children);
		return index;
	});
	return copy;
}

function takeLabel(
	node: ContainerDirective
): [Paragraph | undefined, ContainerDirective['children']] {
	const [first, ...rest] = node.children;
	if (first?.type === 'paragraph' && first.data?.directiveLabel) return [first, rest];
	return [undefined, node.children];
}

function makeNotes({ locale, terms, sources, idPrefix }: MarkdownOptions) {
	let count = 0;
	const makeNote = (
		name: 'term' | 'source',
		button: { ariaLabel?: string; children: ElementContent[] },
		note: ElementContent[]
	): ElementContent[] => {
		count += 1;
		const id = `${idPrefix}-${name}-${count}`;
		const label = button.ariaLabel === undefined ? {} : { ariaLabel: button.ariaLabel };
		return [
			element(
				'button',
				{ type: 'button', className: [name], popoverTarget: id, ...label },
				button.children
			),
			element('span', { id, className: [`${name}-note`], popover: 'auto' }, note)
		];
	};
	return {
		explainTerm: (slug: string, children: ElementContent[]): ElementContent[] => {
			const term = terms.get(slug);
			if (term === undefined) return children;
			return makeNote('term', { children }, [
				element('strong', {}, [{ type: 'text', value: term[locale] }]),
				{ type: 'text', value: ` ${term.explanation[locale]}` }
			]);
		},
		explainSource: (id: string): ElementContent[] => {
			const source = sources.get(id);
			if (source === undefined) return [];
			const question = sourceQuestion[locale];
			return makeNote('source', { ariaLabel: question, children: [{ type: 'text', value: '?' }] }, [
				element('strong', {}, [{ type: 'text', value: question }]),
				{ type: 'text', value: ` ${source[locale]}` }
			]);
		}
	};
}

function element(
	tagName: string,
	properties: Element['properties'],
	children: readonly (ElementContent | HtmlContent)[]
): Element {
	// A doctype is the only content of a root that no element may hold, and Markdown makes none.
	return { type: 'element', tagName, properties, children: children as ElementContent[] };
}

function splitParts(
	children: readonly HtmlContent[]
): { kind: TextPart['kind']; children: HtmlContent[] }[] {
	const parts: { kind: TextPart['kind']; children: HtmlContent[] }[] = [];
	for (const child of children) {
		const isSlot = child.type === 'element' && child.properties['dataSlot'] === 'agreements';
		const last = parts.at(-1);
		if (isSlot) parts.push({ kind: 'agreements', children: child.children });
		else if (last?.kind === 'prose') last.children.push(child);
		else if (child.type === 'element') parts.push({ kind: 'prose', children: [child] });
	}
	return parts;
}
