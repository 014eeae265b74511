import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findChange, moveCaret, type TextChange } from './text-change.ts';

const apply = (text: string, { at, removed, inserted }: TextChange) =>
	text.slice(0, at) + inserted + text.slice(at + removed);

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ø', '🙂', '🙃', ' ') });

describe('what somebody has typed', () => {
	test('is the change between the text before and after', () => {
		expect(findChange('hej du', 'hej, du')).toEqual({ at: 3, removed: 0, inserted: ',' });
		expect(findChange('hej du', 'hej')).toEqual({ at: 3, removed: 3, inserted: '' });
		expect(findChange('hej', 'hej')).toBeUndefined();
	});

	test('among letters that stand twice is the one before the caret', () => {
		expect(findChange('aa', 'aaa', 1)).toEqual({ at: 0, removed: 0, inserted: 'a' });
		expect(findChange('aa', 'aaa', 3)).toEqual({ at: 2, removed: 0, inserted: 'a' });
	});

	test('always makes the text that it was found in, and never parts a character', () => {
		fc.assert(
			fc.property(text, text, fc.nat(20), (before, after, caret) => {
				const change = findChange(before, after, Math.min(caret, after.length));
				if (!change) {
					expect(before).toBe(after);
					return;
				}
				expect(apply(before, change)).toBe(after);
				expect(change.inserted.isWellFormed()).toBe(true);
				expect(before.slice(change.at, change.at + change.removed).isWellFormed()).toBe(true);
			})
		);
	});
});

describe('the caret', () => {
	test('stays with its letters when another writes before, after or around it', () => {
		expect(moveCaret(5, { at: 0, removed: 0, inserted: 'ny ' })).toBe(8);
		expect(moveCaret(5, { at: 5, removed: 0, inserted: 'ny ' })).toBe(5);
		expect(moveCaret(5, { at: 6, removed: 2, inserted: '' })).toBe(5);
		expect(moveCaret(5, { at: 3, removed: 4, inserted: 'x' })).toBe(3);
	});
});
