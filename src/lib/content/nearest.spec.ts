import { expect, test } from 'vitest';
import { findNearest, suggestNearest } from './nearest.ts';

test.each([
	['a letter too many', 'taxxi', 'taxi'],
	['a letter missing', 'shlter', 'shelter'],
	['two letters swapped', 'rtigger', 'trigger'],
	['another case', 'ti-k1', 'TI-K1'],
	['nothing like it', 'banana', undefined],
	['a name of one letter tells nothing', 'x', undefined]
])('a name with %s: "%s" meant %s', (_, word, expected) => {
	expect(findNearest(word, ['taxi', 'shelter', 'trigger', 'TI-K1', 'y'])).toBe(expected);
});

test('the suggestion ends the sentence in both languages', () => {
	expect(suggestNearest('taxxi', ['taxi'])).toEqual({
		da: '; mente du "taxi"?',
		en: '; did you mean "taxi"?'
	});
	expect(suggestNearest('banana', ['taxi'])).toEqual({ da: '.', en: '' });
});
