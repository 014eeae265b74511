import type { Dialect, Piece } from './twee-pieces.ts';

/** In SugarCube these mean nothing, and to Markdown something. */
const markdownSigns =
	/[*`\\]|(?<!\w)_|_(?!\w)|\[(?=[^\]]*\]\()|<(?=[\p{L}/!])|&(?=#?\w+;)|:(?=[a-z]+[[{])/gu;
const lineSigns = /^(\s*)([#>+-]|\d+[.)])(?=\s|$)/u;

interface Line {
	words: string;
	/** What stands there besides links. */
	own: string;
	isItem: boolean;
	hasLink: boolean;
}

/**
 * The words of pieces as Markdown, a paragraph for each line. Links that stand in a line by
 * themselves are left out; those within a sentence leave their words in it.
 */
export function writeText(pieces: readonly Piece[], dialect: Dialect): string {
	const lines = gatherLines(pieces, dialect).filter(tellsSomething);
	return lines
		.map(({ words, isItem }, index) => {
			const gap = index === 0 ? '' : isItem && lines[index - 1]?.isItem ? '\n' : '\n\n';
			return gap + words.trim();
		})
		.join('');
}

/** The words of pieces as plain text in one paragraph. */
export function writePlain(pieces: readonly Piece[]): string {
	return pieces
		.map((piece) => (piece.kind === 'text' || piece.kind === 'link' ? piece.text : ''))
		.join('')
		.replaceAll(/\s+/gu, ' ')
		.trim();
}

// Between links stand commas, strokes and bullets.
function tellsSomething({ own, hasLink }: Line): boolean {
	return hasLink ? /[\p{L}\p{N}]/u.test(own) : own.trim() !== '';
}

function gatherLines(pieces: readonly Piece[], dialect: Dialect): Line[] {
	const lines: Line[] = [{ words: '', own: '', isItem: false, hasLink: false }];
	const add = (words: string, own: string) => {
		const line = lines.at(-1);
		if (!line) return;
		line.words += words;
		line.own += own;
	};
	const pairs = countPairs(pieces);
	for (const piece of pieces) {
		if (piece.kind === 'link') {
			add(piece.text, '');
			const line = lines.at(-1);
			if (line) line.hasLink = true;
		}
		if (piece.kind === 'mark') {
			const left = pairs.get(piece.mark) ?? 1;
			pairs.set(piece.mark, left - 1);
			if (left > 0) add(piece.mark, '');
			const line = lines.at(-1);
			if (line && /^(?:- |1\. )$/u.test(piece.mark)) line.isItem = true;
		}
		if (piece.kind !== 'text') continue;
		for (const [index, words] of piece.text.split('\n').entries()) {
			if (index > 0) lines.push({ words: '', own: '', isItem: false, hasLink: false });
			const isFirst = lines.at(-1)?.words === '';
			add(dialect === 'sugarcube' ? escapeMarkdown(words, isFirst) : words, words);
		}
	}
	return lines;
}

/** How many of the signs that come in pairs have a partner. */
function countPairs(pieces: readonly Piece[]): Map<string, number> {
	const marks = pieces.flatMap((piece) => (piece.kind === 'mark' ? [piece.mark] : []));
	const count = (mark: string) => marks.filter((one) => one === mark).length;
	return new Map(['**', '*'].map((mark) => [mark, count(mark) - (count(mark) % 2)]));
}

function escapeMarkdown(text: string, isLineStart: boolean): string {
	const escaped = text.replaceAll(markdownSigns, '\\$&');
	if (!isLineStart) return escaped;
	return escaped.replace(lineSigns, (_, blank: string, sign: string) =>
		sign.length === 1 ? `${blank}\\${sign}` : `${blank}${sign.slice(0, -1)}\\${sign.slice(-1)}`
	);
}
