import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { hasErrors } from '#lib/content/problem.ts';
import { vocabulary } from '#tests/support/sound-scenario.ts';
import { formatScenario } from '../canonical.ts';
import { checkScenario } from '../check.ts';
import { importTwee, type ImportOptions } from './twee-import.ts';

interface Draft {
	id: string;
	start: string;
	scenes: Record<
		string,
		{
			text: Record<'da' | 'en', string>;
			ending?: string;
			choices?: Record<string, { text: Record<'da' | 'en', string>; to: string }>;
		}
	>;
}

function read(content: string | Uint8Array, options: Partial<ImportOptions> = {}) {
	const imported = importTwee(content, { file: 'a-story.twee', language: 'en', ...options });
	return { ...imported, draft: parse(imported.text ?? '') as Draft };
}

function readFile(name: string, language: 'da' | 'en') {
	const imported = read(readFileSync(`tests/support/twee/${name}.twee`), {
		file: `${name}.twee`,
		language
	});
	const { problems } = checkScenario(imported.text ?? '', `${imported.id}.yaml`, vocabulary);
	const errors = problems.filter(({ severity }) => severity === 'error');
	return { ...imported, errors };
}

const codesOf = (found: readonly { code: string }[]) => found.map(({ code }) => code);
const count = (codes: readonly string[]) =>
	Object.fromEntries(
		[...new Set(codes)].toSorted().map((code) => [code, codes.filter((one) => one === code).length])
	);

/** Where each link leads, by scene. */
function waysOf({ scenes }: Draft): Record<string, string[]> {
	return Object.fromEntries(
		Object.entries(scenes).map(([id, { choices = {} }]) => [
			id,
			Object.values(choices).map(({ to }) => to)
		])
	);
}

/** What every draft asks of its author, whatever the story: what Twee has no place for. */
function askedOfAll({ scenes }: Draft): Record<string, number> {
	const all = Object.values(scenes);
	const choices = all.flatMap((scene) => Object.values(scene.choices ?? {}));
	const endings = all.filter((scene) => scene.ending !== undefined);
	const unnamed = endings.filter(({ ending }) => ending === '').length;
	return {
		// Kinds of choices; minutes, setting, audience and authors.
		'missing-key': choices.length + 4,
		// Title and scenes in the other language, each choice in the other; summary, note and short text,
		// consequences, reasons and takeaways in both.
		'empty-text': 1 + 6 + all.length + choices.length * 5 + endings.length * 2,
		...(unnamed > 0 && { 'unknown-value': unnamed })
	};
}

describe('a story of links alone', () => {
	const { draft, errors, left, problems } = readFile('the-number-slip', 'en');

	test('has its passages as scenes and its links as choices, whichever way they are written', () => {
		expect(draft.start).toBe('start');
		expect(waysOf(draft)).toEqual({
			start: ['your-name', 'the-sign', 'finish-your-e-mail-first'],
			'finish-your-e-mail-first': ['by-the-wall', 'your-name'],
			'the-sign': ['your-name', 'by-the-wall'],
			'your-name': ['offer-her-your-own-chair', 'ask-her-where-she-would-like-to-wait'],
			'offer-her-your-own-chair': ['ask-her-where-she-would-like-to-wait', 'by-the-wall'],
			'ask-her-where-she-would-like-to-wait': ['by-the-window', 'her-name'],
			'her-name': ['by-the-window', 'by-the-wall'],
			'by-the-wall': ['thursday', 'by-the-window', 'missing-the-caseworker'],
			'by-the-window': ['done'],
			thursday: [],
			done: [],
			'notes-to-myself': []
		});
	});

	test('keeps the words of a link that stands within a sentence, and drops the line of one that does not', () => {
		expect(draft.scenes['your-name']?.text.en).toMatch(
			/You could offer her your own chair, or ask her where she would like to wait\.$/u
		);
		expect(draft.scenes['by-the-window']?.text.en).toMatch(/One box is missing\.$/u);
	});

	test('leaves to its author what Twee does not have, one link to nowhere and one passage without a way to it', () => {
		expect(count(codesOf(errors))).toEqual({
			...askedOfAll(draft),
			'unknown-target': 1,
			'never-reached': 1
		});
		expect(errors.find(({ code }) => code === 'never-reached')?.path).toBe(
			'scenes.notes-to-myself'
		);
		expect(problems).toMatchObject([{ code: 'link-to-nowhere', line: 59, path: 'By the wall' }]);
		expect(left).toEqual([]);
	});
});

describe('a story for Harlowe', () => {
	const { draft, errors, left, text } = readFile('kaffen-er-kold', 'da');

	test('begins where it says, and is told in its own order although Twine has sorted it', () => {
		expect(draft.start).toBe('morgen-i-koekkenet');
		expect(Object.keys(draft.scenes).slice(0, 3)).toEqual([
			'morgen-i-koekkenet',
			'ved-bordet',
			'reglerne'
		]);
	});

	test('has the links of its macros too, and what it shows from another passage', () => {
		expect(waysOf(draft)).toMatchObject({
			'morgen-i-koekkenet': ['ved-bordet', 'reglerne', 'kaffen'],
			kaffen: ['hvad-der-skete', 'ender-i-stilhed']
		});
		expect(draft.scenes['stolen']?.text.da).toContain('Udenfor regner det på cyklerne.');
		expect(draft.scenes).not.toHaveProperty('vejret');
		expect(draft.scenes['kaffen']?.text.da).toContain('**Du venter.** Der går lidt tid.');
	});

	test('leaves nothing but what Twee does not have', () => {
		expect(count(codesOf(errors))).toEqual(askedOfAll(draft));
	});

	test('lists what could not be carried, with passage and line, and keeps it in the draft', () => {
		expect(left.map(({ line, what, source }) => `${line} ${what} ${source.slice(0, 20)}`)).toEqual([
			'18 tag slut',
			'22 tag trappen',
			'25 variable (set: $tillid to it ',
			'30 tag slut',
			'39 condition (if: $tillid > 2)',
			'39 condition (else:)',
			'55 variable (set: $tillid to 2)',
			'55 variable (set: $navn to "Preb',
			'59 macro (text-style: "italic',
			'63 condition (if: $tillid >= 2)',
			'67 variable $navn',
			'79 macro (live: 2s)',
			'79 macro (stop:)',
			'99 style tw-story { backgroun'
		]);
		for (const { source } of left) expect(text).toContain(source);
	});
});

describe('a story for SugarCube', () => {
	const { draft, errors, left, text } = readFile('forkert-doer', 'da');

	test('has the links of its macros too, and those that are taken by themselves', () => {
		expect(waysOf(draft)).toMatchObject({
			gangen: ['hun-gaar', 'brevet', 'tavlen', 'forkert'],
			brevet: ['opkaldet', 'trappen'],
			opkaldet: ['anden-sal'],
			trappen: ['reposen', 'brevet', 'hun-gaar']
		});
		expect(draft.scenes['gangen']?.choices?.['hun-gaar']?.text).toEqual({ da: '', en: '' });
		expect(draft.scenes['rettet']?.ending).toBe('agreement');
		expect(draft.scenes['hun-gaar']?.ending).toBe('repaired');
	});

	test('leaves what Twee does not have, words for one choice, and two doors that lead nowhere', () => {
		const asked = askedOfAll(draft);
		expect(count(codesOf(errors))).toEqual({
			...asked,
			'empty-text': (asked['empty-text'] ?? 0) + 1,
			'no-way-to-ending': 1
		});
		expect(errors.find(({ code }) => code === 'no-way-to-ending')).toMatchObject({
			path: 'scenes.reposen',
			way: ['sig-dit-navn-og-laes', 'send-hende-op-alene', 'gaa-op']
		});
	});

	test('lists what could not be carried, with passage and line, and keeps it in the draft', () => {
		expect(count(left.map(({ what }) => what))).toEqual({
			special: 2,
			script: 1,
			image: 1,
			condition: 4,
			jump: 1,
			variable: 5,
			comment: 1,
			macro: 1
		});
		for (const { source } of left) expect(text).toContain(source.split('\n').at(-1));
		expect(left.find(({ what }) => what === 'script')).toMatchObject({ passage: 'Kode', line: 20 });
	});

	test('keeps its comments when the draft is brought into canonical form', () => {
		const filled = (text ?? '')
			.replaceAll(/: ''$/gmu, ': x')
			.replaceAll(/^( *)(why:)$/gmu, '$1kind: good\n$1$2')
			.replaceAll('ending: x', 'ending: calm')
			.replace(
				'outcomes: []',
				'minutes: 3\nsetting: office\naudience: [basic]\nauthors: [{ role: professional }]\noutcomes: []'
			);
		const formatted = formatScenario(filled, 'forkert-doer.yaml');
		expect(formatted.problems).toEqual([]);
		for (const { source } of left) expect(formatted.text).toContain(source.split('\n')[0]);
	});
});

describe('names', () => {
	test('become kebab-case, with æ, ø and å spelt out, and each is given once', () => {
		const { draft } = read(
			':: På gaden! \n[[Øl?|Æbler & pærer]] [[Øl?|1. møde]]\n:: Æbler & pærer\nx\n:: 1. møde\nx\n:: på gaden\nx\n:: 你好\nx\n'
		);
		expect(Object.keys(draft.scenes)).toEqual([
			'paa-gaden',
			'aebler-paerer',
			'scene-1-moede',
			'paa-gaden-2',
			'scene'
		]);
		expect(Object.keys(draft.scenes['paa-gaden']?.choices ?? {})).toEqual(['oel', 'oel-2']);
	});

	test('of the draft come from the title, else from the file, else as they are given', () => {
		expect(read(':: StoryTitle\nMed en å\n:: Start\nx').id).toBe('med-en-aa');
		expect(read(':: Start\nx', { file: 'mappe/Min historie.twee' }).id).toBe('min-historie');
		expect(read(':: Start\nx', { id: 'given' }).draft.id).toBe('given');
	});
});

describe('a file that', () => {
	const problemsOf = (content: string | Uint8Array) => read(content).problems;

	test.each([
		['is empty', '', 'no-passages', 1],
		['is some other text', 'Kære dagbog\n\nI dag …', 'no-passages', 1],
		['is a web page', '<html><tw-storydata name="x"></tw-storydata></html>', 'not-twee', 1],
		['holds nothing but its title', ':: StoryTitle\nTitel\n', 'no-passages', 1],
		['has a passage without a name', ':: Start\nx\n\n:: [tag]\ny', 'passage-without-name', 4],
		['has two passages of one name', ':: A\n[[A]]\n:: A\nx', 'duplicate-passage', 3],
		['has a link to nowhere', ':: A\nx\n\n[[til|B]]', 'link-to-nowhere', 4],
		['has StoryData that is no JSON', ':: A\nx\n:: StoryData\n{ "ifid": ', 'bad-story-data', 3],
		[
			'begins in a passage that is not there',
			':: StoryData\n{"start":"B"}\n:: A\nx',
			'unknown-start',
			1
		],
		[
			'is not written in UTF-8',
			new Uint8Array([58, 58, 32, 65, 10, 98, 108, 0xe5]),
			'not-utf-8',
			2
		],
		['is no text', new Uint8Array([58, 58, 0, 65, 0, 1, 2]), 'not-utf-8', 1],
		['is huge', `:: A\n${'x'.repeat(1_000_001)}`, 'too-large', 1]
	])('%s is told about with its line', (_, content, code, line) => {
		expect(problemsOf(content)).toContainEqual(
			expect.objectContaining({ code, line, severity: 'error', file: 'a-story.twee' })
		);
	});

	test.each([
		['has Windows line ends', ':: A\r\nx\r\n[[B]]\r\n\r\n:: B\r\ny\r\n'],
		['has a byte order mark', '\uFEFF:: A\nx\n[[B]]\n:: B\ny'],
		['is UTF-16', encodeUtf16(':: A\nx\n[[B]]\n:: B\ny')]
	])('%s is read', (_, content) => {
		const { draft, problems } = read(content);
		expect(problems).toEqual([]);
		expect(waysOf(draft)).toEqual({ a: ['b'], b: [] });
		expect(draft.scenes['a']?.text.en).toBe('x');
	});

	test('has something before its first passage is read, and told about', () => {
		expect(problemsOf('\nHej\n:: A\nx')).toMatchObject([
			{ code: 'text-before-passages', severity: 'warning', line: 2 }
		]);
	});

	test('holds anything at all is no reason to fail, nor to take long', () => {
		const parts = [
			...[
				'[[',
				']]',
				'->',
				'<-',
				'|',
				'<<',
				'>>',
				'<<if $a>>',
				'<</if>>',
				'(if: $a)',
				'[',
				']',
				'('
			],
			...[')', '\n', '\n:: A', '\n:: B [x', ' {', '"', "'", '<!--', '-->', '<script>', '@@', '<<<'],
			...[
				'/%',
				'%/',
				"''",
				'//',
				'$x',
				'&#58;',
				'<<goto "A">>',
				'<<include "A">>',
				'ord',
				' ',
				'\\'
			]
		];
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 30 }), (some) => {
				const { text } = read(`:: Start\n${some.join('')}`);
				expect(checkScenario(text ?? '', 'start.yaml', vocabulary).problems.length).toBeGreaterThan(
					0
				);
			}),
			{ numRuns: 150 }
		);
		for (const part of parts) {
			// Eight times as much takes about eight times as long, not sixty-four.
			const [little, much] = [500, 4_000].map((times) => measure(part.repeat(times)));
			expect(much, part).toBeLessThan(24 * (little ?? 0) + 1);
		}
	}, 60_000);
});

/** Seconds that reading a passage keeps this process busy, however busy the machine is. */
function measure(text: string): number {
	const before = process.cpuUsage();
	read(`:: Start\n${text}`);
	return process.cpuUsage(before).user / 1e6;
}

test('whatever is an error is named, and whatever is only left out is a warning', () => {
	expect(hasErrors(read(':: A\n<<set $x to 1>>y').problems)).toBe(false);
});

function encodeUtf16(text: string): Uint8Array {
	const units = Uint16Array.from(`\uFEFF${text}`, (letter) => letter.charCodeAt(0));
	return new Uint8Array(units.buffer);
}
