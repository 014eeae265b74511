/**
 * The letters and digits of a code (Crockford's base 32): no I, L, O or U, which look or read like
 * others. Twelve of them are 60 bits.
 */
export const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const length = 12;

/** A code from that many random bytes, one for each character. */
export function codeFrom(bytes: Uint8Array): string {
	// 256 is a multiple of 32, so that every character is as likely as any other.
	return [...bytes.slice(0, length)].map((byte) => codeAlphabet[byte % 32]).join('');
}

/** A code as it is printed: `7K3M-PQ9X-2HTV`. */
export function groupCode(code: string): string {
	return (code.match(/.{1,4}/g) ?? []).join('-');
}

/** What somebody typed as a code, whatever they made of its looks; null where it cannot be one. */
export function readCode(typed: string): string | null {
	const code = typed
		.toUpperCase()
		.replace(/[\s.–—-]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
	const isCode = code.length === length && [...code].every((each) => codeAlphabet.includes(each));
	return isCode ? code : null;
}
