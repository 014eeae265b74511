/** Six digits of a day and four that tell people apart, as a CPR number is written. */
const written = /(?<!\d)(\d{2})(\d{2})\d{2}([- ]?)(\d{4})(?!\d)/g;

/**
 * Whether a text holds what passes for a CPR number. Written with a hyphen or a blank, a day that can
 * be is enough; ten digits in a row must also have its check digit, as most numbers from before 2007
 * do, because numbers of other kinds look like that.
 */
export function holdsCpr(text: string): boolean {
	for (const [all, day = '', month = '', separator] of text.matchAll(written)) {
		if (!isDayOfMonth(Number(day), Number(month))) continue;
		if (separator || hasCheckDigit(all)) return true;
	}
	return false;
}

/** Replacement numbers have sixty added to the day. */
function isDayOfMonth(day: number, month: number): boolean {
	const real = day > 60 ? day - 60 : day;
	return real >= 1 && real <= 31 && month >= 1 && month <= 12;
}

const weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

function hasCheckDigit(digits: string): boolean {
	const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
	return sum % 11 === 0;
}
