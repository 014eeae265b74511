/**
 * The text of a piece of Markdown without its signs, one string for each paragraph, heading, list
 * item, label of a directive and row of a table, in order. For counting, not for showing.
 */
export function splitBlocks(markdown: string): string[] {
	const blocks: string[] = [];
	let open: string[] = [];
	const close = () => {
		const block = stripInline(open.join(' ')).trim();
		if (block !== '') blocks.push(block);
		open = [];
	};
	for (const line of markdown.split(/\r\n?|\n/u)) {
		const { text, starts, ends } = readLine(line);
		if (starts) close();
		if (text !== '') open.push(text);
		if (ends) close();
	}
	close();
	return blocks;
}

interface Line {
	text: string;
	starts: boolean;
	ends: boolean;
}

/** What a line begins with that is more than words; most lines are spared the search below. */
const lineSigns = /^\s*[-+*>#|=_:\d]/u;

function readLine(line: string): Line {
	if (!lineSigns.test(line)) {
		const isBlank = line.trim() === '';
		return { text: line.trim(), starts: isBlank, ends: isBlank };
	}
	const text = line.replace(/^(?:\s*>)+\s?/u, '').trim();
	if (text === '') return { text, starts: true, ends: true };
	if (/^([-*_=])(?:\s*\1){2,}$/u.test(text)) return { text: '', starts: true, ends: true };
	const directive = /^:{2,}(?:[\p{L}][\p{L}\p{N}_-]*)?\s*(?:\[(.*)\])?(?:\{[^}]*\})?$/u.exec(text);
	if (directive) return { text: directive[1] ?? '', starts: true, ends: true };
	if (/^#{1,6}\s/u.test(text)) {
		return { text: text.replace(/^#+\s+/u, '').replace(/\s#+$/u, ''), starts: true, ends: true };
	}
	if (text.startsWith('|')) return { text: text.replaceAll('|', ' '), starts: true, ends: true };
	const item = /^(?:[-*+]|\d{1,9}[.)])\s+(?<rest>.*)$/u.exec(text);
	if (item) return { text: item.groups?.['rest'] ?? '', starts: true, ends: false };
	return { text, starts: false, ends: false };
}

/** What can stand within a line and is no words. */
const inlineSigns = /[<[*_~`\\]|:[a-z]/u;

function stripInline(text: string): string {
	if (!inlineSigns.test(text)) return text;
	return text
		.replaceAll(/<[^<>\s][^<>]*>/gu, ' ')
		.replaceAll(/(?<![\p{L}\p{N}:]):[a-z][\w-]*\[([^\]]*)\](?:\{[^}]*\})?/gu, '$1')
		.replaceAll(/(?<![\p{L}\p{N}:]):[a-z][\w-]*\{[^}]*\}/gu, ' ')
		.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
		.replaceAll(/[*_~`\\]+/gu, '');
}
