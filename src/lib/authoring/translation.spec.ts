import { describe, expect, test } from 'vitest';
import { judgeTranslation, matchNow, settleTranslation } from './translation.ts';

const text = { da: 'Du banker på.', en: 'You knock.' };
const matched = matchNow(text);

describe('two languages of one text', () => {
	test('are empty, or one of them is missing', () => {
		expect(judgeTranslation({}, undefined)).toEqual({ is: 'empty' });
		expect(judgeTranslation({ da: ' ', en: '' }, undefined)).toEqual({ is: 'empty' });
		expect(judgeTranslation({ da: 'Hej' }, undefined)).toEqual({ is: 'missing', locale: 'en' });
		expect(judgeTranslation({ en: 'Hi' }, matched)).toEqual({ is: 'missing', locale: 'da' });
	});

	test('fit until one of them is changed; then the other is the one to look at', () => {
		expect(judgeTranslation(text, matched)).toEqual({ is: 'fits' });
		const changed = { ...text, da: 'Du banker på og venter.' };
		expect(judgeTranslation(changed, matched)).toEqual({ is: 'changed', locale: 'en' });
		const other = { ...text, en: 'You knock and wait.' };
		expect(judgeTranslation(other, matched)).toEqual({ is: 'changed', locale: 'da' });
	});

	test('blanks at the ends change nothing', () => {
		expect(judgeTranslation({ ...text, da: 'Du banker på. \n' }, matched)).toEqual({ is: 'fits' });
	});
});

describe('having written', () => {
	test('the second language, both are taken to say the same', () => {
		expect(settleTranslation({ da: text.da }, text, undefined)).toBe(matched);
	});

	test('in one language, the other stays behind', () => {
		const after = { ...text, da: 'Du banker hårdt på.' };
		const kept = settleTranslation(text, after, undefined);
		expect(judgeTranslation(after, kept)).toEqual({ is: 'changed', locale: 'en' });
		expect(settleTranslation(text, after, matched)).toBeUndefined();
	});

	test('in the language that was behind, both say the same again', () => {
		const ahead = { ...text, da: 'Du banker hårdt på.' };
		const after = { ...ahead, en: 'You knock hard.' };
		expect(settleTranslation(ahead, after, matched)).toBe(matchNow(after));
	});

	test('in one language alone, nothing is kept', () => {
		expect(settleTranslation({}, { da: 'Hej' }, undefined)).toBeUndefined();
	});
});
