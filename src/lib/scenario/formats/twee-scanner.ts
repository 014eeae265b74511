import type { Condition, Content, LeftKind, Piece } from './twee-pieces.ts';

/** Takes what stands at the scanner's place and moves on; leaves it alone by returning false. */
export type Rule = (scanner: Scanner) => boolean;

/** No macro or link of a sensible story is longer; what is, is text. */
export const longest = 4_000;
/** Nor are more of them open within each other. */
const deepest = 50;

/** Reads a passage from front to back and remembers what is open. */
export class Scanner {
	readonly text: string;
	at = 0;
	readonly #pieces: Piece[] = [];
	readonly #open: Open[] = [];
	readonly #never = new Map<string, number>();
	#blocks = 0;
	#words = '';
	#wordsAt = 0;

	constructor(text: string) {
		this.text = text;
	}

	get isAtEnd(): boolean {
		return this.at >= this.text.length;
	}

	get isAtLineStart(): boolean {
		return this.at === 0 || this.text[this.at - 1] === '\n';
	}

	get innermost(): Open | undefined {
		return this.#open.at(-1);
	}

	/** What a sticky pattern finds here. */
	look(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.at;
		return pattern.exec(this.text);
	}

	/** Where a sign stands next, or -1. What was not found once is not looked for again. */
	find(sign: string, from: number): number {
		const absent = this.#never.get(sign);
		if (absent !== undefined && from >= absent) return -1;
		const found = this.text.indexOf(sign, from);
		if (found < 0) this.#never.set(sign, from);
		return found;
	}

	add(content: Content, length: number): true {
		this.#flush();
		this.#pieces.push({ ...content, at: this.at, conditions: this.#conditions() });
		this.at += length;
		return true;
	}

	/** Leaves what stands here out of the story and keeps it for the report. */
	leave(what: LeftKind, length: number): true {
		const source = this.text.slice(this.at, this.at + length);
		return this.add({ kind: 'left', what, source }, length);
	}

	/** Adds words that stand for what is here. */
	say(words: string, length: number): true {
		if (this.#words === '') this.#wordsAt = this.at;
		this.#words += words;
		this.at += length;
		return true;
	}

	skip(length: number): true {
		this.at += length;
		return true;
	}

	takeText(): void {
		const [words = ''] = this.look(/[\p{L}\p{N} .,;?]+|[\s\S]/uy) ?? [];
		this.say(words === '' ? (this.text[this.at] ?? '') : words, Math.max(1, words.length));
	}

	enter(open: Omit<Open, 'block' | 'branch'>): void {
		this.#flush();
		if (this.#open.length >= deepest) return;
		this.#blocks += 1;
		this.#open.push({ ...open, block: this.#blocks, branch: 0 });
	}

	/** Goes on with the next branch of the innermost block of that name. */
	branch(name: string, condition: string): void {
		this.#flush();
		const open = this.#open.findLast((one) => one.name === name);
		if (!open) return;
		open.condition = condition;
		open.branch += 1;
	}

	/** Closes the innermost block of that name and what was left open in it. */
	leaveBlock(name: string): Open | undefined {
		this.#flush();
		const index = this.#open.findLastIndex((one) => one.name === name);
		return index < 0 ? undefined : this.#open.splice(index)[0];
	}

	/** The innermost link that waits to be told where it leads. */
	get waitingLink(): Open | undefined {
		return this.#open.findLast((one) => one.linkText !== undefined && !one.isLed);
	}

	finish(): Piece[] {
		this.#flush();
		return this.#pieces;
	}

	#flush(): void {
		if (this.#words === '') return;
		const text = this.#words;
		this.#words = '';
		this.#pieces.push({
			kind: 'text',
			text,
			at: this.#wordsAt,
			conditions: this.#conditions()
		});
	}

	#conditions(): Condition[] {
		return this.#open.flatMap(({ condition, block, branch }) =>
			condition === undefined ? [] : [{ source: condition, block, branch }]
		);
	}
}

export interface Open {
	name: string;
	condition?: string | undefined;
	/** The words of a link that leads where the first jump within it leads. */
	linkText?: string | undefined;
	isLed?: boolean;
	block: number;
	branch: number;
}

/** Leaves out everything up to a sign, with it; leaves it alone where the sign does not come. */
export function takeUntil(scanner: Scanner, sign: string, what: LeftKind): boolean {
	const end = scanner.find(sign, scanner.at + 2);
	return end >= 0 && scanner.leave(what, end + sign.length - scanner.at);
}

/** Where a macro that began before `from` is over, strings left aside; -1 where it is not. */
export function findMacroEnd(text: string, from: number, sign: string): number {
	let quote = '';
	const last = Math.min(text.length, from + longest);
	for (let position = from; position < last; position += 1) {
		const letter = text[position] ?? '';
		if (letter === '\\' && quote !== '') position += 1;
		else if (quote !== '') quote = letter === quote ? '' : quote;
		else if (letter === '"' || letter === '`') quote = letter;
		// An apostrophe within a word opens nothing.
		else if (letter === "'" && !/\w/u.test(text[position - 1] ?? '')) quote = letter;
		else if (text.startsWith(sign, position)) return position + sign.length;
	}
	return -1;
}
