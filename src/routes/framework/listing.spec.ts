import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { locales } from '#lib/content/localised.ts';
import { listTraining } from '#lib/scenario/training.ts';
import { openLibrary } from '#tests/support/library.ts';
import { listFramework } from './listing.ts';

const { catalogue, scenarios } = openLibrary(resolve('courses'));
const trainings = listTraining(catalogue, scenarios);

describe.each(locales)('the framework in %s', (locale) => {
	const view = listFramework(catalogue, trainings, scenarios, locale);
	const shown = view.levels.flatMap(({ areas }) => areas.flatMap(({ outcomes }) => outcomes));

	test('shows every outcome exactly once', () => {
		const ids = catalogue.framework.outcomes.map(({ id }) => id);
		expect(shown.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
		expect(view.all).toBe(ids.length);
	});

	test('counts as covered what has a module, and tells the rest with its reason', () => {
		const leftOut = view.leftOut.flatMap(({ outcomes }) => outcomes);
		expect(view.covered + leftOut.length).toBe(view.all);
		const byLevel = view.levels.reduce((sum, { covered }) => sum + covered, 0);
		expect(byLevel).toBe(view.covered);
		for (const { leftOut: reason } of leftOut) expect(reason).toMatch(/\S/u);
	});

	test('leads only to modules, steps and scenarios that are there', () => {
		const ways = shown.flatMap(({ courses, doing, scenarios }) => [
			...courses.flatMap(({ modules }) => modules),
			...doing,
			...scenarios
		]);
		expect(ways.length).toBeGreaterThan(shown.length);
		for (const { href, title } of ways) {
			expect(title).toMatch(/\S/u);
			const [path = '', step] = href.split('?step=');
			const [, , first = '', second = ''] = path.split('/');
			if (path.startsWith('/scenarios/')) {
				expect(scenarios.map(({ slug }) => slug)).toContain(first);
				continue;
			}
			const module = catalogue.module(first, second);
			expect(module?.slug).toBe(second);
			if (step) expect(module?.steps.map(({ key }) => key)).toContain(step);
		}
	});

	test('lists every scenario with what it trains', () => {
		expect(view.stories.map(({ slug }) => slug)).toEqual(scenarios.map(({ slug }) => slug));
		for (const { trains } of view.stories) expect(trains.length).toBeGreaterThan(0);
	});

	test('says of every outcome how sure it is', () => {
		expect(view.statuses.reduce((sum, { count }) => sum + count, 0)).toBe(view.all);
	});
});

test('numbers of decisions read as people say them', () => {
	const decisionsOf = (locale: 'da' | 'en') =>
		listFramework(catalogue, trainings, scenarios, locale)
			.levels.flatMap(({ areas }) => areas.flatMap(({ outcomes }) => outcomes))
			.flatMap((outcome) => outcome.scenarios)
			.find(({ several }) => several)?.decisions;
	expect(decisionsOf('da')).toMatch(/^(?:\d, )*\d og \d$/u);
	expect(decisionsOf('en')).toMatch(/^(?:\d, )*\d and \d$/u);
});
