import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadLibrary } from './library.server.ts';

const slug = 'reception-full-house';
const written = readFileSync(`courses/scenarios/${slug}.yaml`, 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'library-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The library of our courses with one more folder, in which the scenario reads otherwise. */
function loadWith(name: string, text: string) {
	const file = join(folder, name, 'scenarios', `${slug}.yaml`);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	return loadLibrary(['courses', join(folder, name)]);
}

const { library } = loadLibrary(['courses']);
const scenario = library.scenario(slug);

describe('the hash of a scenario', () => {
	test('stays when only form and comments change', () => {
		const other = `# A comment.\n${written.replace('minutes: 6', 'minutes:   6')}`;
		expect(loadWith('form', other).library.scenario(slug)?.hash).toBe(scenario?.hash);
	});

	test('changes with any text, and the later folder wins', () => {
		const other = loadWith('text', written.replace('Det fulde herberg', 'Fuldt hus')).library;
		expect(other.scenario(slug)?.hash).not.toBe(scenario?.hash);
		expect(other.scenario(slug)?.scenario.title.da).toBe('Fuldt hus');
		expect(other.scenarios.filter((found) => found.slug === slug)).toHaveLength(1);
	});
});

test('an earlier version is prepared from its own text', () => {
	const prepared = library.prepare(scenario?.source ?? '', slug);
	expect(prepared).toEqual(scenario);
	expect(library.prepare('scenes: [', slug)).toBeUndefined();
});

test('a scenario is presented in each language, its Markdown as HTML', () => {
	const start = scenario?.scenario.start ?? '';
	expect(scenario?.presented.da.scenes[start]?.text).toMatch(/^<p>/u);
	expect(scenario?.presented.en.title).toBe(scenario?.scenario.title.en);
	expect(scenario?.presented.da.textVersion).not.toBe(scenario?.presented.en.textVersion);
});

test('a faulty scenario is left out and told', () => {
	const { library: other, problems } = loadWith(
		'faulty',
		written.replace('setting: shelter', 'setting: shleter')
	);
	expect(other.scenario(slug)).toBeUndefined();
	expect(problems).toContainEqual(
		expect.objectContaining({ severity: 'error', code: 'unknown-setting' })
	);
});
