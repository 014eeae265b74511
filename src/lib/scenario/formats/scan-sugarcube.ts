import { linkMacros, readStrings, splitLink, takeCall } from './scan-common.ts';
import { decodeEntities, readString } from './sugarcube.ts';
import { findMacroEnd, takeUntil, type Scanner } from './twee-scanner.ts';

/** SugarCube 2: macros in angle brackets, and its own signs for text. */
export function takeSugarCube(scanner: Scanner): boolean {
	const { text, at } = scanner;
	if (text.startsWith('<<<', at) && scanner.isAtLineStart) {
		const isOpen = scanner.leaveBlock('<<<') !== undefined;
		if (!isOpen) scanner.enter({ name: '<<<' });
		return scanner.add(isOpen ? { kind: 'close' } : { kind: 'open', name: '' }, 3);
	}
	if (text.startsWith('<<', at)) return takeMacro(scanner);
	if (text.startsWith('/%', at)) return takeUntil(scanner, '%/', 'comment');
	if (text.startsWith('/*', at)) return takeUntil(scanner, '*/', 'comment');
	if (text.startsWith('@@', at)) return takeStyle(scanner);
	const image = scanner.look(/\[[<>]?img\[([^\]\n]{0,2000})\](?:\[([^\]\n]{0,2000})\])?\]/iy);
	if (image) {
		if (image[2]) scanner.add({ kind: 'link', text: '', target: readString(image[2]) }, 0);
		return scanner.leave('image', image[0].length);
	}
	const [fold] = scanner.look(/\\\n/y) ?? [];
	if (fold !== undefined) return scanner.skip(fold.length);
	const heading = scanner.isAtLineStart ? scanner.look(/(!{1,6}) ?/y) : null;
	if (heading)
		return markLine(scanner, `${'#'.repeat(heading[1]?.length ?? 1)} `, heading[0].length);
	const item = scanner.isAtLineStart ? scanner.look(/[*#] ?(?!\*)/y) : null;
	if (item) return markLine(scanner, item[0].startsWith('*') ? '- ' : '1. ', item[0].length);
	return false;
}

function markLine(scanner: Scanner, mark: string, length: number): boolean {
	return scanner.add({ kind: 'mark', mark }, length);
}

/** `@@.name;` and `@@` on lines of their own hold words together; any other is a style. */
function takeStyle(scanner: Scanner): boolean {
	if (scanner.leaveBlock('@@') !== undefined) return scanner.add({ kind: 'close' }, 2);
	const named = scanner.look(/@@\.([\w-]+);\n?/y);
	scanner.enter({ name: '@@' });
	if (named) return scanner.add({ kind: 'open', name: named[1] ?? '' }, named[0].length);
	const [style = '@@'] = scanner.look(/@@[^;@\n]{0,200};/y) ?? [];
	if (style !== '@@') scanner.add({ kind: 'left', what: 'style', source: style }, 0);
	return scanner.add({ kind: 'open', name: '' }, style.length);
}

function takeMacro(scanner: Scanner): boolean {
	const { at } = scanner;
	const end = findMacroEnd(scanner.text, at + 2, '>>');
	const source = end < 0 ? '' : scanner.text.slice(at, end);
	const macro = /^<<(\/?)([A-Za-z][\w-]*|[=-])\s*([\s\S]*)>>$/u.exec(source);
	if (!macro) return scanner.say('<<', 2);
	const [, slash, name = '', args = ''] = macro;
	const length = source.length;
	if (slash) return closeMacro(scanner, name, length);
	if (name === 'if' || name === 'switch') {
		scanner.add({ kind: 'left', what: 'macro', source }, 0);
		scanner.enter({ name, condition: args.trim() });
		return scanner.skip(length);
	}
	if (name === 'elseif' || name === 'else' || name === 'case' || name === 'default') {
		scanner.branch(name.startsWith('else') ? 'if' : 'switch', args.trim());
		// What is told instead is told in a paragraph of its own.
		scanner.say('\n', 0);
		return scanner.leave('macro', length);
	}
	if (takeCall(scanner, name, args, length)) return true;
	if (linkMacros.test(name)) return openLink(scanner, name, args, source);
	if (name === 'script') return takeUntil(scanner, '<</script>>', 'script');
	if (name === 'nobr' || name === 'silently' || name === 'silent') {
		scanner.enter({ name });
		return scanner.skip(length);
	}
	return scanner.leave(/^(?:set|unset|run)$/u.test(name) ? 'variable' : 'macro', length);
}

function openLink(scanner: Scanner, name: string, args: string, source: string): boolean {
	const bracketed = /^\[\[([^\]]*)\]\]/u.exec(args);
	const [text = '', named] = readStrings(args);
	const link = bracketed ? splitLink(bracketed[1] ?? '') : { text, target: named };
	if (link.target !== undefined) {
		scanner.add({ kind: 'link', text: decodeEntities(link.text), target: link.target }, 0);
	}
	scanner.enter({ name, linkText: decodeEntities(link.text), isLed: link.target !== undefined });
	if (link.target === undefined && link.text === '') return scanner.leave('macro', source.length);
	return scanner.skip(source.length);
}

function closeMacro(scanner: Scanner, name: string, length: number): boolean {
	const closed = scanner.leaveBlock(name);
	if (closed?.linkText !== undefined && !closed.isLed) {
		// It led nowhere: what it showed when pressed stands in the text, and its words in the report.
		const source = `<<${name} "${closed.linkText}">>`;
		scanner.add({ kind: 'left', what: 'macro', source }, 0);
	}
	return scanner.skip(length);
}
