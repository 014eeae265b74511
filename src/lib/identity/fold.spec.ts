import { expect, test } from 'vitest';
import { fold } from './fold.ts';

test.each([
	['Sørensen', 'sorensen'],
	['Åkjær', 'akjaer'],
	['Petrović', 'petrovic'],
	['  El-Sayed ', 'el-sayed']
])('%s is found as %s', (name, expected) => {
	expect(fold(name)).toBe(expected);
});
