import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lineOf, soundText } from '#tests/support/sound-scenario.ts';

const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'scenario-'));
});

afterAll(async () => {
	await rm(folder, { recursive: true });
});

async function write(name: string, text: string): Promise<string> {
	const file = path.join(folder, name);
	await writeFile(file, text);
	return file;
}

/** Runs a command the way npm does, and tells what it printed and how it ended. */
async function command(name: string, ...files: string[]): Promise<{ out: string; status: number }> {
	try {
		const { stdout } = await run('node_modules/.bin/node', [`src/commands/${name}.ts`, ...files]);
		return { out: stdout, status: 0 };
	} catch (error) {
		const { stdout, code } = error as { stdout: string; code: number };
		return { out: stdout, status: code };
	}
}

describe('scenario:check', () => {
	test('prints nothing about sound files and ends with 0', async () => {
		const file = await write('bus-stop.yaml', soundText);
		expect(await command('scenario-check', file)).toEqual({ out: '', status: 0 });
	});

	test('prints each error on a line of its own, in all files, and ends with 1', async () => {
		const text = soundText.replace('to: taxi', 'to: taxxi');
		const broken = await write('bus-stop.yaml', text);
		const other = await write('tram-stop.yaml', soundText);
		const missing = path.join(folder, 'nowhere.yaml');
		const { out, status } = await command('scenario-check', broken, other, missing);
		expect(status).toBe(1);
		expect(out.trimEnd().split('\n')).toEqual([
			`${broken}:${lineOf(text, 'to: taxxi')}: error: unknown-target: scenes.refused.choices.stay.to: there is no scene "taxxi"; did you mean "taxi"?`,
			`${other}:2: error: id-not-file-name: id: the id is "bus-stop" but the file is named "tram-stop"; let them be the same`,
			expect.stringContaining(`${missing}:1: error: not-readable: -: the file cannot be read`)
		]);
	});

	test('ends with 0 where there are warnings alone', async () => {
		const text = soundText.replace(
			'kind: good\n        effect: { alarm: -4 }',
			'kind: okay\n        effect: { alarm: -4 }'
		);
		const { out, status } = await command('scenario-check', await write('bus-stop.yaml', text));
		expect(status).toBe(0);
		expect(out).toContain(': warning: no-good-choice: ');
	});

	test('says how it is used when no file is named', async () => {
		expect((await command('scenario-check')).status).toBe(2);
	});
});

describe('scenario:format', () => {
	test('writes the canonical form into the file', async () => {
		const file = await write('bus-stop.yaml', soundText.replace('start: stop', "start:   'stop'"));
		expect(await command('scenario-format', file)).toEqual({ out: '', status: 0 });
		expect(await readFile(file, 'utf8')).toBe(soundText);
	});

	test('leaves a file alone that is no scenario, and says why', async () => {
		const file = await write('bus-stop.yaml', 'format: [1');
		const { out, status } = await command('scenario-format', file);
		expect(status).toBe(1);
		expect(out).toContain(': error: not-yaml: ');
		expect(await readFile(file, 'utf8')).toBe('format: [1');
	});
});
