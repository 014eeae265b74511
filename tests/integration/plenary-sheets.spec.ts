import { describe, expect, test } from 'vitest';
import { recipes } from '#lib/plenary/recipes.ts';
import { makeShareSheet } from '#lib/plenary/share.ts';
import { findSheets } from '#lib/plenary/sheets.ts';
import { makeApp } from '#tests/support/app.ts';

describe('what is handed out', () => {
	test('is a sheet of the key-staff track for each name in a recipe, in both languages', () => {
		const { catalogue } = makeApp().library;
		for (const { kind, sheets } of recipes)
			for (const locale of ['da', 'en'] as const) {
				const found = findSheets(catalogue, sheets, locale);
				expect(
					found.map(({ ref }) => ref),
					kind
				).toEqual(sheets);
				for (const { title, parts } of found) {
					expect(title).not.toBe('');
					expect(parts.length).toBeGreaterThan(0);
				}
			}
	});

	test('after each module holds something to tell, to try and to take along', () => {
		const { catalogue } = makeApp().library;
		for (const course of catalogue.courses)
			for (const module of course.modules) {
				const sheet = makeShareSheet(module, (id) => id, 'da');
				const held = [sheet.summary, ...sheet.outcomes, ...sheet.questions, sheet.today];
				expect(held.filter(Boolean).length, `${course.slug}/${module.slug}`).toBeGreaterThan(2);
			}
	});
});
