import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { locales } from '#lib/content/localised.ts';
import { formatProblem } from '#lib/content/problem.ts';
import { loadLibrary } from '#lib/scenario/library.server.ts';
import { effortSince } from '#tests/support/effort.ts';

const begun = process.threadCpuUsage();
const { library, problems } = loadLibrary(['courses']);
const took = effortSince(begun);

describe('the courses that come with the platform', () => {
	test('have no errors, and nothing to warn of', () => {
		expect(problems.map(formatProblem)).toEqual([]);
	});

	test('leave out only what takes supervised practice at work, and what is for specialists', () => {
		const { framework } = library.catalogue;
		const specialist = framework.outcomes.filter(({ level }) => level === 'specialist');
		expect(framework.uncovered.map(({ id }) => id).toSorted()).toEqual(
			['TE-S4', 'TE-S6', 'TE-S7', ...specialist.map(({ id }) => id)].toSorted()
		);
	});

	test('teach every outcome of the levels and roles they are made for', () => {
		const { framework } = library.catalogue;
		const count = (prefix: string) =>
			framework.outcomes.filter(
				({ id }) =>
					id.startsWith(prefix) && library.catalogue.modulesTeaching(id).length > 0
			).length;
		const counts = Object.fromEntries(
			['TI-K', 'TI-S', 'TS-K', 'TS-S', 'TE-K', 'TE-S', 'LD-K', 'LD-S', 'TT-S', 'PE-'].map(
				(prefix) => [prefix, count(prefix)]
			)
		);
		expect(counts).toEqual({
			'TI-K': 10,
			'TI-S': 8,
			'TS-K': 13,
			'TS-S': 13,
			'TE-K': 7,
			'TE-S': 6,
			'LD-K': 4,
			'LD-S': 10,
			'TT-S': 8,
			'PE-': 3
		});
	});

	test.each([
		['basic', 56],
		['practice', 185],
		['key-staff', 300],
		['leader', 240],
		['peer', 60]
	])('%s takes no longer than promised: %d minutes', (slug, most) => {
		const modules = library.catalogue.course(slug)?.modules ?? [];
		const minutes = modules.reduce((sum, module) => sum + module.minutes, 0);
		expect(minutes).toBeGreaterThan(0);
		expect(minutes).toBeLessThanOrEqual(most);
	});

	test('are read and rendered in a few seconds', () => {
		expect(took).toBeLessThan(10_000);
	});

	test('begin with the one for everybody', () => {
		expect(library.catalogue.courses[0]?.slug).toBe('basic');
	});

	test.each(library.catalogue.courses.map((course) => [course.slug, course]))(
		'%s: every module lands, and every lesson has a title in both languages',
		(_, course) => {
			for (const module of course.modules) {
				expect(module.steps.at(-1)?.kind).toBe('landing');
				for (const step of module.steps) {
					if (step.kind !== 'lesson') continue;
					for (const locale of locales) expect(step.text[locale].title).toMatch(/\S/u);
				}
			}
		}
	);

	test('give every explanation of a module an id of its own', () => {
		let explanations = 0;
		for (const module of library.catalogue.courses.flatMap(({ modules }) => modules)) {
			for (const locale of locales) {
				const other = locale === 'da' ? 'en' : 'da';
				// `parts` is the HTML over again.
				const shown = JSON.stringify(module, (key, value: unknown) =>
					key === 'parts' || key === other ? undefined : value
				);
				const ids = [...shown.matchAll(/ id=\\"([^"\\]+)\\"/gu)].map((match) => match[1]);
				expect(ids).toEqual([...new Set(ids)]);
				explanations += ids.length;
			}
		}
		expect(explanations).toBeGreaterThan(0);
	});

	test('have a drawing of its own for every module and every setting', () => {
		const drawings = [
			...library.catalogue.courses.flatMap(({ modules, refresher }) =>
				[...modules, ...(refresher ? [refresher] : [])].map(({ illustration }) => illustration)
			),
			...library.catalogue.settings.map(({ illustration }) => illustration)
		];
		expect(drawings).toEqual([...new Set(drawings)]);
		expect(drawings).not.toContain('horizon');
	});

	test('name only scenarios that can be played', () => {
		const named = library.catalogue.courses.flatMap((course) =>
			course.modules.flatMap((module) =>
				module.steps.flatMap((step) => (step.kind === 'scenario' ? step.scenarios : []))
			)
		);
		for (const slug of named) expect(library.scenario(slug)?.slug).toBe(slug);
	});
});

describe('the command that checks courses', () => {
	const folder = mkdtempSync(join(tmpdir(), 'courses-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	async function check(...args: string[]) {
		const run = promisify(execFile)(process.execPath, ['src/commands/courses-check.ts', ...args]);
		return run.then(
			({ stdout }) => ({ code: 0, lines: stdout.trimEnd().split('\n') }),
			(error: { code: number; stdout: string }) => ({
				code: error.code,
				lines: error.stdout.trimEnd().split('\n')
			})
		);
	}

	test('ends with how much it found, and with 0 where there is no error', async () => {
		const { code, lines } = await check();
		expect(lines.at(-1)).toMatch(/^0 errors, \d+ warnings? in \d+ files$/u);
		expect(code).toBe(0);
	});

	test('tells every error of a tree with its place, and ends with 1', async () => {
		cpSync('courses', folder, { recursive: true });
		const file = join(folder, 'basic/course.yaml');
		writeFileSync(file, readFileSync(file, 'utf8').replace('level: informed', 'level: infomed'));
		const { code, lines } = await check(folder);
		expect(lines).toContainEqual(
			expect.stringMatching(
				/basic\/course\.yaml:\d+: error: unknown-level: level: there is no level "infomed"; did you mean "informed"\?$/u
			)
		);
		expect(lines.at(-1)).toMatch(/^1 error, \d+ warnings? in \d+ files$/u);
		expect(code).toBe(1);
	});
});
