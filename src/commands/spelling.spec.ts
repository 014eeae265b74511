import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { findWords } from './spelling-texts.ts';

function list(file: string, content: string): string[] {
	return findWords(file, content).map(
		({ word, line, locales }) => `${line} ${locales.join('+')} ${word}`
	);
}

describe('the words that people read', () => {
	test('are those under da and en of a YAML file, each in its language, on its line', () => {
		const content = [
			'title: { da: "Husets ro", en: \'Quiet house\' }',
			'person: Ruth',
			'text:',
			'  da: |',
			'    Døren går op.',
			'',
			'    Kopper.',
			'  en: Door'
		].join('\n');
		expect(list('scenarios/door.yaml', content)).toEqual([
			'1 da Husets',
			'1 en Quiet',
			'1 en house',
			'5 da Døren',
			'5 da går',
			'7 da Kopper',
			'8 en Door'
		]);
	});

	test('of a reference may be of either language, as titles are', () => {
		const content = 'sources:\n  - { id: one, text: { da: Rapporten, en: Report } }';
		expect(list('module.yaml', content)).toEqual(['2 da+en Rapporten', '2 da+en Report']);
	});

	test('of Markdown are neither code nor addresses nor directives', () => {
		const content = [
			'# Ro',
			'See `npm test` and [her](https://example.dk/noget), docs/content.md.',
			':::notice',
			'En :term[udløser]{trigger} tænder. :source{vive-2022}',
			':::',
			'```',
			'kode',
			'```',
			'B7 og TI-K1'
		].join('\n');
		expect(list('calm.da.md', content)).toEqual([
			'2 da See',
			'2 da and',
			'2 da her',
			'4 da udløser',
			'4 da tænder'
		]);
	});

	test('of an English document are Danish where it sums itself up for Danes', () => {
		const content = '# Page\n\n_Kort på dansk:_ Her står\nnoget.\n\nMore here.\n';
		expect(
			findWords('docs/page.md', content).map(({ word, line, locales }) => [word, line, ...locales])
		).toEqual(
			expect.arrayContaining([
				['Page', 1, 'en'],
				['står', 3, 'da'],
				['noget', 4, 'da'],
				['More', 6, 'en']
			])
		);
	});

	test('of the interface are the values, without the places for names', () => {
		const content = '{\n\t"home_greeting": "Hej {name},\\nvelkommen"\n}';
		expect(list('text/da.json', content)).toEqual(['2 da Hej', '2 da velkommen']);
	});
});

describe('the command that checks spelling', () => {
	const folder = mkdtempSync(join(tmpdir(), 'spelling-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	test('tells words that their own language does not have, with file and line', async () => {
		const text = join(folder, 'calm.da.md');
		const scenario = join(folder, 'door.yaml');
		writeFileSync(text, '# Ro\n\nEn traumebevidst oplevlse i nervesystemt.\n');
		writeFileSync(scenario, 'text:\n  da: Døren er lukket.\n  en: The dør is closed, Ruth.\n');
		const run = promisify(execFile)(process.execPath, [
			'src/commands/spelling-check.ts',
			text,
			scenario
		]);
		const { code, stdout } = await run.then(
			(ended) => ({ code: 0, ...ended }),
			(error: { code: number; stdout: string }) => error
		);
		expect(code).toBe(1);
		expect(stdout.trimEnd().split('\n')).toEqual([
			`${text}:3: error: unknown-word: "oplevlse" is in no Danish dictionary; mend it, or add it to .config/words/da.txt`,
			`${text}:3: error: unknown-word: "nervesystemt" is in no Danish dictionary; mend it, or add it to .config/words/da.txt`,
			`${scenario}:3: error: unknown-word: "dør" is in no English dictionary; mend it, or add it to .config/words/en.txt`,
			'3 unknown words among 9 in 2 files'
		]);
	}, 60_000);
});

test.each(['da', 'en', 'names'])('our list of words %s is in order, each once', (name) => {
	const words = readFileSync(`.config/words/${name}.txt`, 'utf8').trimEnd().split('\n');
	const { compare } = new Intl.Collator(name === 'en' ? 'en' : 'da');
	expect(words).toEqual([...new Set(words)].toSorted(compare));
});
