import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextFree, proposeUsername } from './username.ts';

test.each([
	['Mette Sørensen', 'mette.s'],
	['Åse Holm Ørsted', 'ase.o'],
	['  Zoë ', 'zoe'],
	['Dragan Petrović', 'dragan.p'],
	['Jean-Luc O’Neill', 'jeanluc.o'],
	['محمد علي', 'kollega'],
	['Mette 010190-1234', 'mette']
])('%s may be called %s', (name, expected) => {
	expect(proposeUsername(name)).toBe(expected);
});

test('a second Mette S. gets a number', () => {
	expect(nextFree('mette.s', new Set(['mette.s', 'mette.s2']))).toBe('mette.s3');
	expect(nextFree('mette.s', new Set())).toBe('mette.s');
});

test('whatever the name, a user name is made of letters and at most one full stop', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (name) => {
			expect(proposeUsername(name)).toMatch(/^[a-z]{1,20}(\.[a-z])?$/);
		})
	);
});
