import { describe, expect, test } from 'vitest';
import { measureLix } from '#lib/content/lix.ts';
import { sessionKinds, planBounds } from './session-plan.ts';
import { findRecipe, lengthOf, recipes, writeRunSheet } from './recipes.ts';

/** The five principles, which the courses teach. */
const taught = ['tryghed', 'tillid', 'samarbejde', 'medbestemmelse'];

describe('the recipes of a house', () => {
	test('are one for each kind of session, as long as they say', () => {
		expect(sessionKinds.map((kind) => [kind, lengthOf(findRecipe(kind))])).toEqual([
			['theme-day', 150],
			['exercise', 60],
			['sparring', 25],
			['follow-up', 90]
		]);
	});

	test.each(recipes)('$kind can be read aloud in plain Danish', (recipe) => {
		const words = writeRunSheet(recipe, 'da').map((point) => point.words);
		const { lix } = measureLix(words.join('\n\n'), { taught });
		expect(lix).toBeLessThanOrEqual(25);
	});

	test.each(recipes)('$kind fits what a planner may write', (recipe) => {
		for (const locale of ['da', 'en'] as const)
			for (const { heading, words } of writeRunSheet(recipe, locale)) {
				expect(heading.length).toBeLessThanOrEqual(planBounds.heading);
				expect(words.length).toBeLessThanOrEqual(planBounds.words);
				expect(words).not.toBe('');
			}
	});

	test.each(recipes)(
		'$kind ends with a landing, and asks nobody for their own trauma',
		(recipe) => {
			const sheet = writeRunSheet(recipe, 'da');
			expect(sheet.map(({ heading }) => heading).join(' ')).toMatch(/Landing|Slut/u);
			expect(sheet.map(({ words }) => words).join(' ')).not.toMatch(/fortæl om dit/iu);
		}
	);
});
