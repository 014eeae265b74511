import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';

const run = promisify(execFile);
// Each starts a Node of its own, which takes a while where much else runs.
vi.setConfig({ testTimeout: 60_000 });

const story = 'tests/support/twee/forkert-doer.twee';
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'forms-'));
});

afterAll(async () => {
	await rm(folder, { recursive: true });
});

/** Runs a command the way npm does, and tells what it printed and how it ended. */
async function command(name: string, ...parameters: string[]) {
	try {
		const { stdout, stderr } = await run('node_modules/.bin/node', [
			`src/commands/${name}.ts`,
			...parameters
		]);
		return { out: stdout, told: stderr, status: 0 };
	} catch (error) {
		const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
		return { out: stdout, told: stderr, status: code };
	}
}

const place = (name: string) => path.join(folder, name);

describe('scenario:export', () => {
	test('writes a scenario of the library as Twee, in Danish unless told otherwise', async () => {
		const danish = await command('scenario-export', 'reception-full-house', '--to', 'twee');
		expect(danish).toMatchObject({ told: '', status: 0 });
		expect(danish.out).toMatch(/^:: StoryTitle\nDet fulde herberg\n/u);
		const out = place('shelter.twee');
		const options = ['--to', 'twee', '--language', 'en', '--out', out];
		const english = await command('scenario-export', 'reception-full-house', ...options);
		expect(english).toEqual({ out: '', told: '', status: 0 });
		expect(await readFile(out, 'utf8')).toMatch(/^:: StoryTitle\nThe shelter is full\n/u);
	});

	test('writes a script as a page, or as Markdown where the file is to be Markdown', async () => {
		const file = 'courses/scenarios/reception-full-house.yaml';
		const page = await command('scenario-export', file, '--to', 'script', '--language', 'en');
		expect(page.out).toMatch(/^<!doctype html>\n<html lang="en">/u);
		// The names of setting and outcomes, and the contacts, come from the files beside it.
		expect(page.out).toContain('Place: shelter');
		expect(page.out).toContain('Your leader');
		const out = place('shelter.md');
		await command('scenario-export', file, '--to', 'script', '--out', out);
		expect(await readFile(out, 'utf8')).toMatch(/^# Det fulde herberg\n/u);
	});

	test('does not replace a file that is there, unless it is told to', async () => {
		const out = place('kept.twee');
		await writeFile(out, 'mine');
		const parameters = ['reception-full-house', '--to', 'twee', '--out', out];
		const refused = await command('scenario-export', ...parameters);
		expect(refused).toMatchObject({ status: 1, told: expect.stringContaining('is there already') });
		expect(await readFile(out, 'utf8')).toBe('mine');
		expect((await command('scenario-export', ...parameters, '--force')).status).toBe(0);
		expect(await readFile(out, 'utf8')).toMatch(/^:: StoryTitle/u);
	});

	test('hands on no scenario with errors, and says what they are', async () => {
		const file = place('broken.yaml');
		const text = await readFile('courses/scenarios/reception-full-house.yaml', 'utf8');
		await writeFile(file, text.replace('to: raised-voice', 'to: nowhere-at-all'));
		const { told, out, status } = await command('scenario-export', file, '--to', 'twee');
		expect(status).toBe(1);
		expect(out).toBe('');
		expect(told).toContain(': error: unknown-target: ');
		expect(told).toContain('broken.yaml has errors; mend them first.');
	});

	test.each([
		[['reception-full-house', '--to', 'pdf'], 2, 'Usage: '],
		[['reception-full-house', '--to', 'twee', '--loud'], 2, 'Usage: '],
		[['reception-full-house', '--to', 'twee', '--language', 'fr'], 2, 'There is no language "fr"'],
		[['no-such-story', '--to', 'twee'], 1, 'There is no scenario "no-such-story"'],
		[['no/such/file.yaml', '--to', 'twee'], 1, 'no/such/file.yaml cannot be read']
	])('ends with a sentence for %j', async (parameters, status, sentence) => {
		const ended = await command('scenario-export', ...parameters);
		expect(ended).toMatchObject({ status, out: '', told: expect.stringContaining(sentence) });
		expect(ended.told).not.toContain('    at ');
	});
});

describe('scenario:import', () => {
	test('writes a draft named after its file, and tells what could not be carried', async () => {
		const out = place('wrong-door.yaml');
		const { told, status } = await command(
			'scenario-import',
			story,
			'--language',
			'da',
			'--out',
			out
		);
		expect(status).toBe(0);
		expect(told).toContain(`${story}:20: warning: not-carried-script: Kode: `);
		const draft = await readFile(out, 'utf8');
		expect(parse(draft)).toMatchObject({ id: 'wrong-door', title: { da: 'Forkert dør', en: '' } });
		expect(draft).toContain('# not carried: line 54, "Tavlen", comment: /* Her kunne vagten');
	});

	test('prints the draft where no file is named, and nothing else beside it', async () => {
		const { out } = await command('scenario-import', story, '--language', 'da');
		expect(parse(out)).toMatchObject({ id: 'forkert-doer', start: 'gangen' });
	});

	test('brings back what was exported', async () => {
		const twee = place('there.twee');
		await command('scenario-export', 'reception-full-house', '--to', 'twee', '--out', twee);
		const { out, told } = await command('scenario-import', twee, '--language', 'da');
		expect(told).toBe('');
		const source = await readFile('courses/scenarios/reception-full-house.yaml', 'utf8');
		const [before, after] = [source, out].map((text) => parse(text) as { scenes: object });
		expect(Object.keys(after?.scenes ?? {})).toEqual(Object.keys(before?.scenes ?? {}));
		expect(after).toMatchObject({ id: 'reception-full-house', setting: 'shelter' });
	});

	test('ends with 1 where no story is found, and writes nothing', async () => {
		const file = place('letter.txt');
		await writeFile(file, 'Kære dagbog');
		const out = place('letter.yaml');
		const { told, status } = await command(
			'scenario-import',
			file,
			'--language',
			'da',
			'--out',
			out
		);
		expect(status).toBe(1);
		expect(told).toContain(': error: no-passages: ');
		await expect(readFile(out)).rejects.toThrow();
	});

	test.each([
		[[story], 2, 'Usage: '],
		[[story, '--language', 'sv'], 2, 'There is no language "sv"'],
		[[story, '--language', 'da', '--out', 'Min historie.yaml'], 2, 'cannot be the id'],
		[['nowhere.twee', '--language', 'da'], 1, 'nowhere.twee cannot be read']
	])('ends with a sentence for %j', async (parameters, status, sentence) => {
		const ended = await command('scenario-import', ...parameters);
		expect(ended).toMatchObject({ status, out: '', told: expect.stringContaining(sentence) });
	});
});
