import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeAlphabet, codeFrom, groupCode, readCode } from './one-time-code.ts';

const anyBytes = fc.uint8Array({ minLength: 12, maxLength: 12 });

test('6.4.1: a code has sixty bits: twelve signs of thirty-two', () => {
	expect(new Set(codeAlphabet).size).toBe(32);
	fc.assert(
		fc.property(anyBytes, (bytes) => {
			expect(codeFrom(bytes)).toMatch(/^[0-9A-Z]{12}$/);
		})
	);
});

test('a code has no signs that look like others', () => {
	expect(codeAlphabet).not.toMatch(/[ILOU]/);
});

test('a code is read however it is typed', () => {
	fc.assert(
		fc.property(anyBytes, (bytes) => {
			const code = codeFrom(bytes);
			for (const typed of [
				groupCode(code),
				groupCode(code).toLowerCase(),
				` ${code.replace(/0/g, 'o').replace(/1/g, 'l')} `,
				code.split('').join(' ')
			])
				expect(readCode(typed)).toBe(code);
		})
	);
});

test.each(['', 'short', 'æøåæøåæøåæøå', '7K3M-PQ9X-2HT', '7K3M-PQ9X-2HTVV', '7K3M-PQ9X-2HT*'])(
	'“%s” is no code',
	(typed) => {
		expect(readCode(typed)).toBeNull();
	}
);
