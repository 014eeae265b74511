import { longest, takeUntil, type Rule, type Scanner } from './twee-scanner.ts';
import { decodeEntities, readString } from './sugarcube.ts';

function takeLink(scanner: Scanner): boolean {
	if (!scanner.text.startsWith('[[', scanner.at)) return false;
	// Of three brackets the first opens something else.
	if (scanner.text[scanner.at + 2] === '[') return false;
	const end = scanner.find(']]', scanner.at + 2);
	const inner =
		end < 0 ? '' : scanner.text.slice(scanner.at + 2, Math.min(end, scanner.at + longest));
	if (end < 0 || end > scanner.at + longest || inner.includes('\n')) {
		return scanner.say('[[', 2);
	}
	const [link = '', setter] = inner.split('][');
	const { text, target } = splitLink(link);
	const length = end + 2 - scanner.at;
	if (/^(?:https?|mailto):/iu.test(target)) return scanner.say(`[${text}](${target})`, length);
	scanner.add({ kind: 'link', text, target }, setter === undefined ? length : 0);
	return setter === undefined || scanner.leave('variable', length);
}

// As Twine does it: the last arrow to the right, else the first to the left, else the last stroke.
export function splitLink(link: string): { text: string; target: string } {
	const right = link.lastIndexOf('->');
	const left = link.indexOf('<-');
	const stroke = link.lastIndexOf('|');
	const cut = (first: number, width: number) => [link.slice(0, first), link.slice(first + width)];
	const [text = '', target = ''] =
		right >= 0
			? cut(right, 2)
			: left >= 0
				? cut(left, 2).reverse()
				: stroke >= 0
					? cut(stroke, 1)
					: [link, link];
	return { text: decodeEntities(readString(text)), target: readString(target) };
}

function takeHtml(scanner: Scanner): boolean {
	if (scanner.text[scanner.at] !== '<') return false;
	if (scanner.text.startsWith('<!--', scanner.at)) return takeUntil(scanner, '-->', 'comment');
	const tag = scanner.look(/<(\/?)([a-z][a-z0-9-]*)(?:\s[^<>]{0,2000})?>/iy);
	const name = tag?.[2]?.toLowerCase();
	if (!tag || name === undefined) return false;
	const length = tag[0].length;
	if (name === 'br') return scanner.say('\n', length);
	if (name === 'b' || name === 'strong') return scanner.add({ kind: 'mark', mark: '**' }, length);
	if (name === 'i' || name === 'em') return scanner.add({ kind: 'mark', mark: '*' }, length);
	if (name === 'p' || name === 'div') {
		if (length > name.length + 3) scanner.add({ kind: 'left', what: 'html', source: tag[0] }, 0);
		return scanner.say('\n\n', length);
	}
	if ((name === 'script' || name === 'style') && tag[1] === '') {
		const closing = `</${name}>`;
		return takeUntil(scanner, closing, name) || scanner.leave(name, length);
	}
	const isPicture = ['img', 'svg', 'audio', 'video', 'source', 'picture', 'iframe'].includes(name);
	return scanner.leave(isPicture ? 'image' : 'html', length);
}

function takeEntity(scanner: Scanner): boolean {
	const [entity] = scanner.look(/&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{2,8});/iy) ?? [];
	return entity !== undefined && scanner.say(decodeEntities(entity), entity.length);
}

export function takePair(scanner: Scanner): boolean {
	const [sign] = scanner.look(/''|\/\//y) ?? [];
	// The strokes of an address are none.
	if (sign === undefined || (sign === '//' && scanner.text[scanner.at - 1] === ':')) return false;
	return scanner.add({ kind: 'mark', mark: sign === "''" ? '**' : '*' }, 2);
}

export function takeVariable(scanner: Scanner): boolean {
	const [name] = scanner.look(/[$_][A-Za-z]\w*(?:\.\w+|\[\d+\])*/y) ?? [];
	if (name === undefined || /[\w$]/u.test(scanner.text[scanner.at - 1] ?? '')) return false;
	scanner.add({ kind: 'left', what: 'variable', source: name }, 0);
	// A sentence with a hole in it says less than one with a name that is to be replaced.
	return scanner.say(name, name.length);
}

export const common: readonly Rule[] = [takeLink, takeHtml, takeEntity];

/** Macros that show a link and do the rest when it is pressed. */
export const linkMacros = /^(?:link|button|click|link-goto|link-reveal-goto|click-goto)/u;
const jumpMacros = /^(?:goto|go-to|redirect)$/u;
const includeMacros = /^(?:include|display)$/u;

/** The strings among the arguments of a macro, in order. */
export function readStrings(args: string): string[] {
	return [...args.matchAll(/"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'/gu)].map(
		([whole, double, single]) =>
			double === undefined ? (single ?? '').replaceAll(/\\(.)/gu, '$1') : readString(whole)
	);
}

/** What a macro of that name does to the story, with the same names in both formats. */
export function takeCall(scanner: Scanner, name: string, args: string, length: number): boolean {
	const strings = readStrings(args);
	const [first] = strings;
	const isLiteral = /^\s*(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\[\[[^\]]*\]\])\s*$/u.test(args);
	if (jumpMacros.test(name)) {
		const target = first ?? splitLink(/\[\[([^\]]*)\]\]/u.exec(args)?.[1] ?? '').target;
		if (!isLiteral || target === '') return scanner.leave('link', length);
		const waiting = scanner.waitingLink;
		if (waiting?.linkText === undefined) return scanner.add({ kind: 'jump', target }, length);
		waiting.isLed = true;
		return scanner.add({ kind: 'link', text: waiting.linkText, target }, length);
	}
	if (includeMacros.test(name)) {
		if (first === undefined || !isLiteral) return scanner.leave('macro', length);
		return scanner.add({ kind: 'include', target: first }, length);
	}
	return false;
}
