import { expect, test } from 'vitest';
import { isMeant } from './asked-number.ts';

test('only the very words that were asked about are sent as they are, and where they were written', () => {
	const asked = { under: '', body: 'Ib, 131170-2221' };
	expect(isMeant(asked, { ...asked })).toBe(true);
	expect(isMeant(asked, { ...asked, body: 'Ib, 131170-2221, og Bo, 010180-1234' })).toBe(false);
	expect(isMeant(asked, { ...asked, under: 'another' })).toBe(false);
	expect(isMeant(undefined, asked)).toBe(false);
});
