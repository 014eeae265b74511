import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, expect, test } from 'vitest';
import { makeFolder } from '#tests/support/folder.ts';
import { unzip } from '#tests/support/unzip.ts';
import { writeZip } from './zip.ts';

test('an archive holds every text under its name, whatever letters are in it', () => {
	fc.assert(
		fc.property(
			fc.dictionary(fc.stringMatching(/^[a-zæøå0-9/-]{1,20}$/u), fc.string({ unit: 'grapheme' })),
			(texts) => {
				const entries = Object.entries(texts).map(([name, text]) => ({ name, text }));
				const read = unzip(writeZip(entries));
				for (const { name, text } of entries)
					expect(read[name]).toBe(Buffer.from(text, 'utf8').toString('utf8'));
				expect(Object.keys(read)).toHaveLength(entries.length);
			}
		)
	);
});

test('two texts of one name are both kept', () => {
	const read = unzip(
		writeZip([
			{ name: 'mine/a.yaml', text: 'one' },
			{ name: 'mine/a.yaml', text: 'two' }
		])
	);
	expect(read).toEqual({ 'mine/a.yaml': 'one', 'mine/a-2.yaml': 'two' });
});

test('an archive of nothing is one', () => {
	expect(unzip(writeZip([]))).toEqual({});
});

const python = spawnSync('python3', ['--version']).status === 0;

test.runIf(python)('another program finds nothing wrong with it', () => {
	const file = join(makeFolder(onTestFinished), 'mine.zip');
	writeFileSync(file, writeZip([{ name: 'lugen på klem.yaml', text: 'Hvad så?\n'.repeat(500) }]));
	const script =
		'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), z.namelist())';
	const { stdout } = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
	expect(stdout.trim()).toBe("None ['lugen på klem.yaml']");
});
