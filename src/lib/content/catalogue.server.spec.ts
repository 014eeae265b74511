import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeTree } from '#tests/courses/small-tree.ts';
import { loadCatalogue } from './catalogue.server.ts';

const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder with the small tree in it. */
function write(name: string, changes: Parameters<typeof makeTree>[0] = {}): string {
	const root = join(folder, name);
	for (const [path, text] of makeTree(changes).files) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
	return root;
}

const moduleAt = 'basic/01-first/module.yaml';

describe('the catalogue', () => {
	const { catalogue, problems } = loadCatalogue([write('sound')]);
	const course = catalogue.course('basic');
	const module = catalogue.module('basic', 'first');

	test('holds courses, modules and steps with their texts rendered in both languages', () => {
		expect(problems).toEqual([]);
		expect(course?.title).toEqual({ da: 'Kursus', en: 'Course' });
		expect(module?.steps.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
			'lesson calm',
			'check check-1',
			'reflection reflection-1',
			'landing landing-1'
		]);
		const lesson = module?.steps[0];
		expect(lesson?.kind === 'lesson' && lesson.text.en.title).toBe('Calm');
		expect(lesson?.kind === 'lesson' && lesson.text.da.html).toMatch(/^<p>Du er her nu\./u);
		expect(module?.shortText.en.html).toBe('<p>It is about calm.</p>');
		const landing = module?.steps[3];
		expect(landing?.kind === 'landing' && landing.text.da).toBe('<p>Pust ud.</p>');
	});

	test('says where an outcome is taught', () => {
		expect(catalogue.modulesTeaching('TI-K1').map((place) => place.module.slug)).toEqual(['first']);
		expect(catalogue.modulesTeaching('TI-S1')).toEqual([]);
	});

	test('knows nothing of what is not there', () => {
		expect(catalogue.course('nope')).toBeUndefined();
		expect(catalogue.course('__proto__')).toBeUndefined();
		expect(catalogue.module('basic', 'nope')).toBeUndefined();
	});

	test('cannot be changed', () => {
		expect(() => Object.assign(module?.title ?? {}, { da: 'x' })).toThrow(TypeError);
		expect(() => (catalogue.courses as unknown[]).push(1)).toThrow(TypeError);
	});
});

describe('a course has another version', () => {
	const versionOf = (root: string) => loadCatalogue([root]).catalogue.course('basic')?.version;
	const version = versionOf(write('first'));

	test('when any of its texts is another', () => {
		const changed = write('changed', { 'basic/01-first/text.en.md': 'It is about rest.\n' });
		expect(versionOf(changed)).not.toBe(version);
	});

	test('not when it lies in another folder', () => {
		const copy = join(folder, 'copy');
		cpSync(join(folder, 'first'), copy, { recursive: true });
		expect(versionOf(copy)).toBe(version);
		expect(version).toMatch(/^[0-9a-f]{64}$/u);
	});
});

test('a refresher is found by its name and is not one of the modules to be taken', () => {
	const twice = makeTree().files;
	const second = Object.fromEntries(
		[...twice]
			.filter(([path]) => path.startsWith('basic/01-first/'))
			.map(([path, text]) => [path.replace('01-first', '02-again'), text])
	);
	const root = write('refresher', {
		...second,
		'basic/course.yaml': (text) =>
			`${text}renew: { months: 6, by: refresher }\nrefresher: 02-again\n`
	});
	const { catalogue, problems } = loadCatalogue([root]);
	expect(problems).toEqual([]);
	const course = catalogue.course('basic');
	expect(course?.modules.map(({ slug }) => slug)).toEqual(['first']);
	expect(course?.refresher?.slug).toBe('again');
	expect(catalogue.module('basic', 'again')?.slug).toBe('again');
	expect(course?.paths).toEqual({ full: ['first'] });
});

describe('things to be put in order', () => {
	const steps = `  - check: order
    question: { da: a, en: a }
    items:
      - { text: { da: Et, en: One }, why: { da: a, en: a } }
      - { text: { da: To, en: Two }, why: { da: a, en: a } }
      - { text: { da: Tre, en: Three }, why: { da: a, en: a } }
  - check: match
    question: { da: a, en: a }
    pairs:
      - { left: { da: a, en: a }, right: { da: Et, en: One }, why: { da: a, en: a } }
      - { left: { da: b, en: b }, right: { da: To, en: Two }, why: { da: a, en: a } }
`;
	const root = write('order', {
		[moduleAt]: (text) => text.replace('  - reflection', `${steps}  - reflection`)
	});
	const { catalogue } = loadCatalogue([root]);
	const found = catalogue.module('basic', 'first')?.steps ?? [];

	test('are offered in another order, always the same', () => {
		const order = found.find((step) => step.kind === 'check' && step.form === 'order');
		if (order?.kind !== 'check' || order.form !== 'order') throw new Error('no such step');
		const right = order.items.map(({ id }) => id);
		expect(order.offered).not.toEqual(right);
		expect(order.offered.toSorted()).toEqual(right.toSorted());
		const again = loadCatalogue([root]).catalogue.module('basic', 'first')?.steps ?? [];
		expect(again).toEqual(found);
	});

	test('and so are things that belong together', () => {
		const match = found.find((step) => step.kind === 'check' && step.form === 'match');
		if (match?.kind !== 'check' || match.form !== 'match') throw new Error('no such step');
		expect(match.offered).not.toEqual(match.pairs.map(({ id }) => id));
	});
});

test('a faulty module is left out, and the rest can be used', () => {
	const { catalogue, problems } = loadCatalogue([write('faulty', { [moduleAt]: 'steps: 1\n' })]);
	expect(problems.some(({ severity }) => severity === 'error')).toBe(true);
	expect(catalogue.course('basic')?.modules).toEqual([]);
});
