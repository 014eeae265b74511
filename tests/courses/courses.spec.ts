import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { locales } from '#lib/content/localised.ts';
import { formatProblem } from '#lib/content/problem.ts';
import { loadLibrary } from '#lib/scenario/library.server.ts';

const started = performance.now();
const { library, problems } = loadLibrary(['courses']);
const took = performance.now() - started;

describe('the courses that come with the platform', () => {
	test('have no errors', () => {
		const errors = problems.filter(({ severity }) => severity === 'error');
		expect(errors.map(formatProblem)).toEqual([]);
	});

	test('are read and rendered in a few seconds', () => {
		expect(took).toBeLessThan(15_000);
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
