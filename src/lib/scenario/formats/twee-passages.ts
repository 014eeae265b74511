/** One passage of a Twee file. */
export interface Passage {
	name: string;
	tags: readonly string[];
	/** The line of its header, counted from 1; its text begins on the next one. */
	line: number;
	text: string;
}

/** A passage to be written, with its place on Twine's map. */
export interface PlacedPassage {
	name: string;
	tags?: readonly string[];
	position?: { x: number; y: number };
	text: string;
}

/** What a file holds in front of its first passage, and what its passages are. */
export interface TweeFile {
	/** Line on which something stands before the first passage, counted from 1. */
	strayLine: number | undefined;
	passages: Passage[];
}

/** Passages as Twee 3, the notation of the Interactive Fiction Technology Foundation's specification. */
export function writePassages(passages: readonly PlacedPassage[]): string {
	return passages.map(writePassage).join('\n');
}

function writePassage({ name, tags = [], position, text }: PlacedPassage): string {
	const tagBlock = tags.length === 0 ? '' : ` [${tags.map(escapeHeader).join(' ')}]`;
	const place = position && { position: `${position.x},${position.y}`, size: '100,100' };
	const metadata = place ? ` ${JSON.stringify(place)}` : '';
	return `:: ${escapeHeader(name)}${tagBlock}${metadata}\n${escapeBody(text)}\n`;
}

function escapeHeader(text: string): string {
	return text.replaceAll(/[\\[\]{}]/gu, '\\$&');
}

function escapeBody(text: string): string {
	return text.replaceAll(/^::/gmu, '\\::');
}

/**
 * Reads Twee 3, also with Windows line ends and a byte order mark; Twee 1 is read the same way. It
 * takes any text: one without a header has no passages. Where passages stand on Twine's map is not kept.
 */
export function readPassages(text: string): TweeFile {
	const lines = text.replace(/^\uFEFF/u, '').split(/\r\n?|\n/u);
	const headers = lines.flatMap((line, index) => (line.startsWith('::') ? [index] : []));
	const before = lines.slice(0, headers[0] ?? lines.length);
	const stray = before.findIndex((line) => line.trim() !== '');
	return {
		strayLine: stray < 0 ? undefined : stray + 1,
		passages: headers.map((start, index) => {
			const body = lines.slice(start + 1, headers[index + 1] ?? lines.length);
			return {
				...readHeader((lines[start] ?? '').slice(2)),
				line: start + 1,
				text: body
					.map((line) => line.replace(/^\\:/u, ':'))
					.join('\n')
					.trimEnd()
			};
		})
	};
}

function readHeader(header: string): { name: string; tags: string[] } {
	const nameEnd = findUnescaped(header, /[[{]/u, 0);
	const name = unescapeHeader(
		header
			.slice(0, nameEnd)
			.replace(/(?<!\\)\s+$/u, '')
			.trimStart()
	);
	if (header[nameEnd] !== '[') return { name, tags: [] };
	const tagsEnd = findUnescaped(header, /\]/u, nameEnd + 1);
	const tags = header.slice(nameEnd + 1, tagsEnd).split(/\s+/u);
	return { name, tags: tags.filter((tag) => tag !== '').map(unescapeHeader) };
}

/** Position of the first such sign that no backslash stands before; the length where there is none. */
function findUnescaped(text: string, sign: RegExp, from: number): number {
	for (let position = from; position < text.length; position += 1) {
		if (text[position] === '\\') position += 1;
		else if (sign.test(text[position] ?? '')) return position;
	}
	return text.length;
}

function unescapeHeader(text: string): string {
	return text.replaceAll(/\\(.)/gu, '$1');
}
