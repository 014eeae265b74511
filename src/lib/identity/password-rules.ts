import { commonWords, frequentPasswords } from './common-passwords.ts';
import { fold } from './fold.ts';

/** Why a password is not taken. */
export type PasswordFault = 'too-short' | 'too-long' | 'common';

export const passwordLength = { least: 12, most: 128 };

/** So many pieces must be guessed one after another; a word counts as one, whatever its length. */
const leastPieces = 6;

/**
 * Why a password is not taken, or null. Every character is allowed and none is asked for; what counts
 * is its length, and that it is more than words everybody tries first, the person's own name and that of
 * the place included (OWASP ASVS 5.0, 6.2.1 to 6.2.12). `about` holds those names.
 */
export function findPasswordFault(
	password: string,
	about: readonly string[] = []
): PasswordFault | null {
	const length = [...password].length;
	if (length < passwordLength.least) return 'too-short';
	if (length > passwordLength.most) return 'too-long';
	const plain = fold(password);
	if (frequentPasswords.has(plain)) return 'common';
	const words = [...about.flatMap(wordsOf), ...commonWords];
	return countPieces(plain, words) < leastPieces ? 'common' : null;
}

/** The words of a name or an address that are long enough to be known again. */
function wordsOf(text: string): string[] {
	return fold(text)
		.split(/[^\p{L}]+/u)
		.filter((word) => word.length >= 3);
}

/**
 * How many pieces one must guess: known words, runs and years are one each, digits half of one, and what
 * stands between words none.
 */
function countPieces(password: string, words: readonly string[]): number {
	const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length);
	const seen = new Set<string>();
	let pieces = 0;
	for (let rest = once(password); rest !== '';) {
		const [piece, worth] = takePiece(rest, longestFirst);
		// What stands there a second time is no harder to guess than once.
		if (!seen.has(piece) || worth < 1) pieces += worth;
		if (piece.length > 1) seen.add(piece);
		rest = rest.slice(piece.length);
	}
	return pieces;
}

/** The first of a text that consists of one part over and over: `abcabcabcabc` is `abc`. */
function once(text: string): string {
	const part = /^(.+?)\1+$/su.exec(text)?.[1];
	return part ?? text;
}

function takePiece(rest: string, words: readonly string[]): [piece: string, worth: number] {
	const plain = plainLetters(rest);
	const word = words.find((each) => rest.startsWith(each) || plain.startsWith(each));
	if (word) return [rest.slice(0, word.length), 1];
	const year = /^(19|20)\d\d/.exec(rest)?.[0];
	if (year) return [year, 1];
	const run = takeRun(rest);
	if (run.length > 2) return [run, 1];
	const [first = ''] = rest;
	if (/[\s._-]/.test(first)) return [first, 0];
	return [first, /\d/.test(first) ? 0.5 : 1];
}

/** The longest beginning that repeats one character or counts up or down by one. */
function takeRun(text: string): string {
	const codes = [...text].map((each) => each.codePointAt(0) ?? 0);
	let longest = 1;
	for (const step of [0, 1, -1]) {
		let length = 1;
		while (length < codes.length && follows(codes[length - 1] ?? 0, codes[length] ?? 0, step))
			length += 1;
		longest = Math.max(longest, length);
	}
	return [...text].slice(0, longest).join('');
}

const [zero, nine] = [48, 57];

/** After nine comes zero, as on a keyboard. */
function follows(code: number, next: number, step: number): boolean {
	if (step === 1 && code === nine && next === zero) return true;
	if (step === -1 && code === zero && next === nine) return true;
	return next - code === step;
}

const instead: Readonly<Record<string, string>> = {
	'0': 'o',
	'1': 'i',
	'3': 'e',
	'4': 'a',
	'5': 's',
	'7': 't',
	'8': 'b',
	'@': 'a',
	$: 's',
	'!': 'i'
};

/** With letters where digits stand for them: `p4ssw0rd` is `password`. */
function plainLetters(text: string): string {
	return [...text].map((each) => instead[each] ?? each).join('');
}
