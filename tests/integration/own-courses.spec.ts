import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { locales } from '#lib/content/localised.ts';
import { formatProblem } from '#lib/content/problem.ts';
import { loadLibrary, type Library } from '#lib/scenario/library.server.ts';
import { modulesDone } from '#tests/support/completions.ts';
import { makeApp } from '#tests/support/app.ts';
import { makeFolder } from '#tests/support/folder.ts';
import { makeOrganisation } from '#tests/support/world.ts';
import { finishSteps } from '../../src/finishing.server.ts';
import { listHelp } from '../../src/routes/help/listing.ts';
import { describeModule } from '../../src/routes/learn/[course]/[module]/describe.server.ts';

const page = readFileSync('docs/content.md', 'utf8');

/** The files that the page shows, by their paths: those whose path stands where the block begins. */
const shown = new Map(
	[...page.matchAll(/^```[a-z]+ (?<path>\S+)\n(?<text>.*?)^```$/gmsu)].map(({ groups }) => [
		groups?.['path'] ?? '',
		groups?.['text'] ?? ''
	])
);

/** What the check says, as the page shows it. */
const foretold = (/^```text\n(?<lines>.*?)^```$/msu.exec(page)?.groups?.['lines'] ?? '')
	.trim()
	.split('\n');

const added = 'our-courses/basic/08-our-house';

const beside = makeFolder(afterAll);
const root = join(beside, 'our-courses');

function write(path: string, text: string): void {
	mkdirSync(dirname(join(beside, path)), { recursive: true });
	writeFileSync(join(beside, path), text);
}

/** Something of ours, copied as the page says and changed in the copy. */
function copy(path: string, change: (text: string) => string): void {
	write(`our-courses/${path}`, change(readFileSync(join('courses', path), 'utf8')));
}

/** Does all that the page tells, in one folder: reading the courses takes long. */
function followPage(): void {
	for (const [path, text] of shown) write(path, text);
	for (const locale of locales) {
		copy(`basic/01-what-is-trauma/too-much.${locale}.md`, (text) =>
			text.replace(/^# .*/u, '# Hos os')
		);
	}
	const replaced = 'basic/06-look-after-yourself';
	for (const file of readdirSync(join('courses', replaced))) {
		copy(`${replaced}/${file}`, (text) =>
			text.replace(/^ {2}da: Pas på .*/mu, '  da: Pas på jer selv')
		);
	}
	const format = readFileSync('docs/scenario-format.md', 'utf8');
	const [, story = ''] = /^```yaml\n(format: 1\nid: lost-umbrella\n.*?)^```$/msu.exec(format) ?? [];
	write('our-courses/scenarios/lost-umbrella.yaml', story);
	copy('scenarios/kitchen-lid.yaml', (text) =>
		text.replace(/^title:\n {2}da: .*/mu, 'title:\n  da: Låget hos os')
	);
	// The module of the page once more, in the course of the page, and with the scenario.
	for (const [path, text] of shown) {
		if (!path.startsWith(added)) continue;
		const offer = '  - scenario: lost-umbrella\n  - reflection:';
		const withStory = text.replace('minutes: 2', 'minutes: 3').replace('  - reflection:', offer);
		write(path.replace('basic/08', 'new-here/01'), withStory);
	}
}

describe('as the page on courses of one’s own tells', () => {
	let library: Library;
	const { library: ours } = makeApp({ tidyUp: afterAll });

	beforeAll(() => {
		followPage();
		const { library: read, problems } = loadLibrary([resolve('courses'), root]);
		expect(problems.map(formatProblem)).toEqual([]);
		library = read;
	}, 120_000);

	test('one text is changed, and all else in its module stays ours', () => {
		const module = library.catalogue.module('basic', 'what-is-trauma');
		const lesson = module?.steps.find(({ key }) => key === 'too-much');
		expect(lesson?.kind === 'lesson' && lesson.text.da.title).toBe('Hos os');
		const before = ours.catalogue.module('basic', 'what-is-trauma');
		expect(module?.steps.slice(1)).toEqual(before?.steps.slice(1));
	});

	test('what is changed makes another version of the course, and leaves the others', () => {
		const versionsOf = ({ catalogue }: Library) =>
			['basic', 'practice'].map((slug) => catalogue.course(slug)?.version);
		const [basic, practice] = versionsOf(library);
		const [basicBefore, practiceBefore] = versionsOf(ours);
		expect(basic).not.toBe(basicBefore);
		expect(practice).toBe(practiceBefore);
	});

	test('a module is replaced, and keeps its place', () => {
		const modules = library.catalogue.course('basic')?.modules ?? [];
		expect(modules[5]).toMatchObject({
			slug: 'look-after-yourself',
			title: { da: 'Pas på jer selv' }
		});
		expect(library.catalogue.course('basic')?.refresher?.slug).toBe('refresher');
	});

	test('a module is added, shown, and counts as completed when it is behind', async () => {
		const app = Object.assign(makeApp(), { library });
		const org = await makeOrganisation(app, 'Acme');
		const learner = await org.hire('Kim', org.north);
		const course = library.catalogue.course('basic');
		const module = course?.modules.at(-1);
		if (!course || module?.slug !== 'our-house') throw new Error('the module is missing');

		const nothing = { step: null, view: null, scenario: null, workplace: null };
		const ref = { course: 'basic', module: 'our-house' };
		const note = await describeModule(app, learner, ref, nothing, 'da');
		expect(note).toMatchObject({
			view: 'note',
			module: { title: 'Sådan gør vi hos os', number: 7, minutes: 2 }
		});
		const wanted = { ...nothing, step: 'check-1' };
		const { step } = await describeModule(app, learner, ref, wanted, 'en');
		expect(step).toMatchObject({ kind: 'check', check: 'one' });
		expect(JSON.stringify(step)).toContain('The duty phone');
		expect(JSON.stringify(step)).toContain('The shelter’s own emergency plan, March 2026');

		const keys = module.steps.map(({ key }) => key);
		await finishSteps(app, learner.person, course, module, keys);
		expect(await modulesDone(app, learner.person)).toEqual(['basic/our-house']);
	});

	test('a course is added, after ours', () => {
		const { courses } = library.catalogue;
		expect(courses).toHaveLength(ours.catalogue.courses.length + 1);
		expect(courses.at(-1)).toMatchObject({ slug: 'new-here', requires: ['basic'], dueDays: 14 });
		expect(courses.at(-1)?.modules.map(({ slug }) => slug)).toEqual(['our-house']);
	});

	test('a scenario is added and offered by a module, and one of ours is replaced', () => {
		const steps = library.catalogue.module('new-here', 'our-house')?.steps ?? [];
		expect(steps).toContainEqual(expect.objectContaining({ scenarios: ['lost-umbrella'] }));
		expect(library.scenario('lost-umbrella')?.presented.da.title).toBe('Den glemte paraply');
		expect(library.scenario('kitchen-lid')?.presented.da.title).toBe('Låget hos os');
		expect(library.scenarios).toHaveLength(ours.scenarios.length + 1);
	});

	test('people of one’s own are named first among the contacts', () => {
		const { danger, local } = listHelp(library.catalogue.contacts, 'da', '2026-03-14');
		expect(local[0]).toMatchObject({ name: 'Vagthavende leder', number: '12 34 56 78' });
		expect(local.at(-1)).toMatchObject({ name: 'Psykologordningen', number: '87 65 43 21' });
		expect(local).toHaveLength(ours.catalogue.contacts.local.length + 1);
		expect(danger.map(({ number }) => number)).toEqual(['112']);
	});

	test('a fault is named with its file and line, in the words that the page foretells', async () => {
		const module = `${added}/module.yaml`;
		write(module, (shown.get(module) ?? '').replace('minutes: 2', 'minutes: 9'));
		const text = `${added}/text.da.md`;
		write(text, `${shown.get(text)}\n[Hjælp](/hjælp)\n`);
		const run = promisify(execFile)(process.execPath, ['src/commands/courses-check.ts', root]);
		const failure = (await run.catch((error: unknown) => error)) as {
			code: number;
			stdout: string;
		};
		expect(failure.code).toBe(1);
		const lines = failure.stdout.replaceAll(root, 'our-courses').trim().split('\n');
		expect(lines).toEqual([
			...foretold,
			expect.stringMatching(/^2 errors, 0 warnings in \d+ files$/u)
		]);
	}, 120_000);
});
