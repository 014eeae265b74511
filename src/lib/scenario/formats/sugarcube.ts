import { parseBlocks, parseInline, sliceOf } from '#lib/content/markdown-parse.ts';
import type { Effect, Gauge, Guard } from '../model.ts';

/**
 * Everything SugarCube 2 would take for its own markup, as far as the letters of a text can be that:
 * signs that work in pairs, signs that open something, and signs that begin a line.
 */
const markup =
	/[&<[\]{}$\\_]|(['/^~=@"-])(?=\1)|(?<=(['/^~=@"-]))\2|\/(?=[*%])|(?<=[*%])\/|\?(?=\p{L})|(?<=file|https?|mailto|ftp|javascript|irc|news|data):|^[>!*#|:'/]|['/]$/gmu;

/** A text that SugarCube shows as it stands: signs that it would misread are written as entities. */
export function escapeText(text: string): string {
	return text.replaceAll(markup, (sign) => `&#${sign.codePointAt(0)};`);
}

/** Markdown in SugarCube's markup. Explanations of terms and other directives leave their words. */
export function writeMarkdown(markdown: string, form: 'blocks' | 'line'): string {
	const root = form === 'blocks' ? parseBlocks(markdown) : parseInline(markdown);
	return root.children.map((node) => writeBlock(node, markdown)).join('\n\n');
}

type Block = ReturnType<typeof parseBlocks>['children'][number];

function writeBlock(node: Block, source: string): string {
	switch (node.type) {
		case 'heading':
			return `${'!'.repeat(node.depth)}${writeChildren(node, source)}`;
		case 'list':
			return node.children
				.map((item) => `${node.ordered ? '#' : '*'} ${writeChildren(item, source)}`)
				.join('\n');
		case 'blockquote':
			return node.children.map((child) => `> ${writeBlock(child, source)}`).join('\n');
		case 'thematicBreak':
			return '----';
		case 'containerDirective':
			return node.children.map((child) => writeBlock(child, source)).join('\n\n');
		default:
			return writeInline(node, source);
	}
}

function writeInline(node: Block, source: string): string {
	switch (node.type) {
		case 'text':
			return escapeText(node.value.replaceAll(/\s*\n\s*/gu, ' '));
		case 'strong':
			return `''${writeChildren(node, source)}''`;
		case 'emphasis':
			return `//${writeChildren(node, source)}//`;
		case 'link':
			return `[[${writeLinkText(readWords(node))}|${node.url}]]`;
		case 'break':
			return '\n';
		case 'inlineCode':
		case 'code':
		case 'html':
			return escapeText(node.value);
		case 'image':
			return escapeText(node.alt ?? '');
		case 'textDirective':
			return node.children.length > 0
				? writeChildren(node, source)
				: escapeText(sliceOf(node, source));
		default:
			return 'children' in node ? writeChildren(node, source) : escapeText(sliceOf(node, source));
	}
}

function writeChildren({ children }: { children: readonly Block[] }, source: string): string {
	return children.map((child) => writeInline(child, source)).join('');
}

function readWords(node: Block): string {
	if ('value' in node) return node.value;
	return 'children' in node ? node.children.map((child) => readWords(child)).join('') : '';
}

/** Texts that as code would be no code, and so are shown as they are; they hold no sign of a link either. */
const plainLink = /^\p{L}[^[\]|<>\\/"`$_~\n]*[.!?…»”’]$|^[»“][^[\]|<>\\/"`$_~\n]*[.!?…»”’]$/u;

/** A link to a passage. What SugarCube would run as code, or cut, is written as a string, which it shows. */
export function writeLink(text: string, target: string): string {
	return `[[${writeLinkText(text)}|${target}]]`;
}

function writeLinkText(text: string): string {
	return plainLink.test(text) ? text : writeString(text);
}

/** A text as a string of code that holds nothing Twine takes for the end of a link or a macro. */
export function writeString(text: string): string {
	return JSON.stringify(text).replaceAll(
		/[[\]|<>`]/gu,
		(sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
	);
}

/** The text of a link or of a string, as `writeLink` and `writeString` have it. */
export function readString(text: string): string {
	const trimmed = text.trim();
	if (!/^".*"$/u.test(trimmed)) return trimmed;
	try {
		const read: unknown = JSON.parse(trimmed);
		return typeof read === 'string' ? read : trimmed;
	} catch {
		return trimmed;
	}
}

/** Entities as the signs they stand for; names that are not known stay. */
export function decodeEntities(text: string): string {
	return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/giu, (whole, ...found) => {
		const [decimal, hexadecimal, name] = found as (string | undefined)[];
		if (name !== undefined) return entities[name] ?? whole;
		const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}

const entities: Readonly<Record<string, string>> = {
	...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', shy: '\u00AD' },
	...{ aelig: 'æ', oslash: 'ø', aring: 'å', AElig: 'Æ', Oslash: 'Ø', Aring: 'Å', eacute: 'é' },
	...{ laquo: '«', raquo: '»', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’' },
	...{ ndash: '–', mdash: '—', hellip: '…', bull: '•', middot: '·', times: '×' }
};

function nameVariable(gauge: string): string {
	return `$${gauge.replaceAll('-', '_')}`;
}

function readVariable(variable: string): string {
	return variable.replaceAll('_', '-');
}

/** A gauge at its beginning: start and bounds in one. */
export function writeStart(gauge: string, { start, min, max }: Gauge<unknown>): string {
	return `<<set ${nameVariable(gauge)} to Math.clamp(${start}, ${min}, ${max})>>`;
}

/** Gauges as `writeStart` has them. */
export function readStarts(
	text: string
): { gauge: string; start: number; min: number; max: number }[] {
	const pattern = /<<set \$(\w+) to Math\.clamp\((-?\d+), (-?\d+), (-?\d+)\)>>/gu;
	return [...text.matchAll(pattern)].map(([, variable = '', start, min, max]) => ({
		gauge: readVariable(variable),
		start: Number(start),
		min: Number(min),
		max: Number(max)
	}));
}

/** What a choice does to gauges, each on a line that leaves no trace in the text. */
export function writeEffect(
	effect: Effect,
	gauges: Readonly<Record<string, Gauge<unknown>>>
): string {
	return Object.entries(effect)
		.map(([gauge, change]) => {
			const { min = 0, max = 0 } = gauges[gauge] ?? {};
			const variable = nameVariable(gauge);
			const sum = `${variable} ${change < 0 ? '-' : '+'} ${Math.abs(change)}`;
			return `<<set ${variable} to Math.clamp(${sum}, ${min}, ${max})>>\\\n`;
		})
		.join('');
}

/** The change that one such macro makes; undefined for any other. */
export function readEffect(macro: string): { gauge: string; change: number } | undefined {
	const pattern = /^<<set \$(\w+) to Math\.clamp\(\$\1 ([+-]) (\d+), -?\d+, -?\d+\)>>$/u;
	const [, variable, sign, size] = pattern.exec(macro) ?? [];
	if (variable === undefined) return undefined;
	return { gauge: readVariable(variable), change: sign === '-' ? -Number(size) : Number(size) };
}

/** A guard as a condition; one that asks for nothing holds always. */
export function writeGuard(guard: Guard): string {
	const parts = Object.entries(guard).flatMap(([gauge, { min, max }]) => [
		...(min === undefined ? [] : [`${nameVariable(gauge)} gte ${min}`]),
		...(max === undefined ? [] : [`${nameVariable(gauge)} lte ${max}`])
	]);
	return parts.length === 0 ? 'true' : parts.join(' and ');
}

/** The guard of a condition as `writeGuard` has it; undefined for any other. */
export function readGuard(condition: string): Guard | undefined {
	if (condition.trim() === 'true') return {};
	const guard: Record<string, { min?: number; max?: number }> = {};
	for (const part of condition.split(' and ')) {
		const [, variable, side, value] = /^\s*\$(\w+) (gte|lte) (-?\d+)\s*$/u.exec(part) ?? [];
		if (variable === undefined) return undefined;
		const bound = side === 'gte' ? { min: Number(value) } : { max: Number(value) };
		const gauge = readVariable(variable);
		guard[gauge] = { ...guard[gauge], ...bound };
	}
	return guard;
}

/** The word for the value of a gauge, chosen while the story is played. */
export function writeWords(gauge: string, { words }: Gauge<string>): string {
	const branches = words.map(
		({ upTo, word }, index) =>
			`<<${index === 0 ? 'if' : 'elseif'} ${nameVariable(gauge)} lte ${upTo}>>${escapeText(word)}`
	);
	return `${branches.join('')}<</if>>`;
}

/** The words that `writeWords` has written, by gauge. */
export function readWordsOf(text: string): Map<string, { upTo: number; word: string }[]> {
	const words = new Map<string, { upTo: number; word: string }[]>();
	const pattern = /<<(?:else)?if \$(\w+) lte (-?\d+)>>([^<]*)/gu;
	for (const [, variable = '', upTo, word = ''] of text.matchAll(pattern)) {
		const gauge = readVariable(variable);
		const entry = { upTo: Number(upTo), word: decodeEntities(word).trim() };
		words.set(gauge, [...(words.get(gauge) ?? []), entry]);
	}
	return words;
}
