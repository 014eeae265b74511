/**
 * Whether a text holds what passes for a CPR number: six digits of a day and four that tell people apart.
 * Sources: cpr.dk, "Personnummeret i CPR-systemet": the seventh digit with the year tells the century,
 * and since October 2007 numbers need not satisfy the check by eleven.
 */

/**
 * Not within a longer number, a version, an address or a word. The four may follow at once, after a
 * hyphen or dash, or after one blank.
 */
const written =
	/(?<![\p{L}\p{N}_+])(?<!\d[.,:/–-])(?<!\+\d{1,3} )(\d{2})(\d{2})(\d{2})( ?[-‐–—] ?| ?)(\d{4})(?![\p{L}\p{N}_])(?![.,:/–-]\d)/gu;

/** Whether a text holds a CPR number, or what can hardly be told from one. */
export function holdsCpr(text: string): boolean {
	// Most texts hold no such row of digits in any script.
	if (!/\p{Nd}{6}/u.test(text)) return false;
	// Wide digits and unusual blanks are read as plain ones.
	for (const found of text
		.normalize('NFKC')
		.replaceAll(/\p{Zs}/gu, ' ')
		.matchAll(written)) {
		const [, day = '', month = '', year = '', between = '', rest = ''] = found;
		if (passes({ day, month, year, between, rest })) return true;
	}
	return false;
}

interface Written {
	day: string;
	month: string;
	year: string;
	between: string;
	rest: string;
}

function passes({ day, month, year, between, rest }: Written): boolean {
	// Replacement numbers, which are given where there is no other, have sixty added to the day.
	const date = Number(day) > 60 ? Number(day) - 60 : Number(day);
	const born = yearOfBirth(Number(year), Number(rest[0]));
	if (born === null || !isDate(born, Number(month), date)) return false;
	if (/[-‐–—]/u.test(between)) return true;
	const isSound = hasCheckDigit(day + month + year + rest);
	// A day and an hour, such as "280225 1430", are not a number.
	if (between === ' ') return isSound || !isHour(rest);
	// Ten digits in a row are much else: those that need no check digit are of who was born since it was
	// given up, and of a first of January, of which there were too few.
	const needsNone =
		born > 2007 ||
		(born === 2007 && Number(month) >= 10) ||
		(Number(month) === 1 && Number(date) === 1);
	return isSound || needsNone;
}

/** The century by the seventh digit; null where it would be before anybody who lives. */
function yearOfBirth(year: number, seventh: number): number | null {
	if (seventh <= 3) return 1900 + year;
	if (seventh === 4 || seventh === 9) return year <= 36 ? 2000 + year : 1900 + year;
	return year <= 57 ? 2000 + year : null;
}

function isDate(year: number, month: number, date: number): boolean {
	if (month < 1 || month > 12 || date < 1) return false;
	return date <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isHour(four: string): boolean {
	return Number(four.slice(0, 2)) < 24 && /^(?:[0-5][05])$/u.test(four.slice(2));
}

const weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

function hasCheckDigit(digits: string): boolean {
	const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
	return sum % 11 === 0;
}
