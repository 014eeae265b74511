import { linkMacros, readStrings, takeCall } from './scan-common.ts';
import { longest, type Scanner } from './twee-scanner.ts';

/** Harlowe 3: macros in parentheses, and brackets that hold what a macro is about. */
export function takeHarlowe(scanner: Scanner): boolean {
	const { text, at } = scanner;
	const name = scanner.look(/\(([A-Za-z][\w-]*):/y)?.[1];
	if (name !== undefined) return takeHarloweMacro(scanner, name.toLowerCase());
	const named = scanner.look(/\|[\w-]{1,100}[>)]\[(?!\[)/y);
	if (named) {
		scanner.add({ kind: 'left', what: 'macro', source: named[0] }, 0);
		scanner.enter({ name: '[' });
		return scanner.skip(named[0].length);
	}
	if (text[at] === ']' && scanner.innermost?.name === '[') {
		const closed = scanner.leaveBlock('[');
		if (closed?.linkText !== undefined && !closed.isLed) {
			const source = `(link: "${closed.linkText}")`;
			scanner.add({ kind: 'left', what: 'macro', source }, 0);
		}
		return scanner.skip(1);
	}
	const heading = scanner.isAtLineStart ? scanner.look(/#{1,6} ?/y) : null;
	return heading !== null && scanner.say(`${heading[0].trim()} `, heading[0].length);
}

function takeHarloweMacro(scanner: Scanner, name: string): boolean {
	const { text, at } = scanner;
	const end = findParenthesis(text, at);
	if (end < 0) return scanner.say('(', 1);
	const source = text.slice(at, end);
	const args = source.slice(name.length + 2, -1);
	const length = source.length;
	if (takeCall(scanner, name, args, length)) return true;
	const isCondition = /^(?:if|unless|else-?if|else)$/u.test(name);
	const [linkText, target] = linkMacros.test(name) ? readStrings(args) : [];
	if (linkText !== undefined && target !== undefined) {
		scanner.add({ kind: 'link', text: linkText, target }, length);
		return true;
	}
	const isLink = linkText !== undefined;
	// What is told instead is told in a paragraph of its own.
	if (name.startsWith('else')) scanner.say('\n', 0);
	if (isLink) scanner.skip(length);
	else scanner.leave(/^(?:set|put|move|unpack)$/u.test(name) ? 'variable' : 'macro', length);
	const gap = scanner.look(/\s*(?=\[)(?!\[\[[^[])/y);
	if (gap) {
		scanner.skip(gap[0].length + 1);
		if (text[scanner.at] === '=') scanner.skip(1);
		scanner.enter({ name: '[', condition: isCondition ? args.trim() : undefined, linkText });
	} else if (isLink) {
		scanner.add({ kind: 'left', what: 'macro', source }, 0);
	}
	return true;
}

/** The end of what a parenthesis opens, strings left aside; -1 where it is not closed. */
function findParenthesis(text: string, from: number): number {
	let depth = 0;
	let quote = '';
	const last = Math.min(text.length, from + longest);
	for (let position = from; position < last; position += 1) {
		const letter = text[position] ?? '';
		if (letter === '\\' && quote !== '') position += 1;
		else if (quote !== '') quote = letter === quote ? '' : quote;
		else if (letter === '"') quote = letter;
		else if (letter === "'" && /[\s(:,]/u.test(text[position - 1] ?? '')) quote = letter;
		else if (letter === '(') depth += 1;
		else if (letter === ')') depth -= 1;
		if (depth === 0) return position + 1;
	}
	return -1;
}
