import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { localised } from './localised.ts';
import { formatProblem } from './problem.ts';
import { shapeMessage } from './shape-message.ts';
import { checkShape, readSource } from './source.ts';

const schema = v.strictObject({
	title: localised,
	count: v.optional(v.number()),
	kinds: v.optional(v.array(v.picklist(['lesson', 'landing']))),
	choices: v.optional(
		v.record(v.string(), v.strictObject({ text: localised, effect: v.optional(v.number()) }))
	),
	even: v.optional(
		v.pipe(
			v.number(),
			v.check(
				(number) => number % 2 === 0,
				shapeMessage('odd', { da: 'Tallet er ulige.', en: 'the number is odd' })
			)
		)
	)
});

/** What an author reads, in the order of lines. */
function check(text: string): string[] {
	const { source, problems } = readSource(text, 'a.yaml');
	const shape = source === null ? [] : checkShape(schema, source).problems;
	return [...problems, ...shape].map(formatProblem);
}

const title = "title: { da: 'Ja', en: 'Yes' }\n";

test('a sound file gives its value and no problem', () => {
	const { source, problems } = readSource(`${title}count: 3\n`, 'a.yaml');
	expect(problems).toEqual([]);
	expect(source && checkShape(schema, source)).toEqual({
		output: { title: { da: 'Ja', en: 'Yes' }, count: 3 },
		problems: []
	});
});

describe('what is not YAML is one error at its line', () => {
	test.each([
		['a quote that is not closed', `${title}x: 'abc\n`, 3],
		['a tab as indentation', `${title}x:\n\ty: 1\n`, 3],
		['a list that is not closed', `${title}kinds: [a\nz: 1\n`, 3]
	])('%s', (_, text, line) => {
		const found = check(text);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatch(
			new RegExp(`^a\\.yaml:${line}: error: not-yaml: -: this is not YAML: `)
		);
	});

	test('an empty file lacks everything', () => {
		expect(check('')).toEqual([
			'a.yaml:1: error: wrong-type: -: a block with the keys title, count, kinds, choices, even is expected here, but nothing stands here'
		]);
	});
});

describe('each fault is told with its line, its path and how to mend it', () => {
	test.each([
		[
			'a key that stands twice',
			`${title}count: 1\ncount: 2\n`,
			['a.yaml:3: error: duplicate-key: count: the key "count" stands here twice; keep one of them']
		],
		[
			'a text that looks like a reference',
			'title:\n  da: *vigtigt\n  en: x\n',
			[
				'a.yaml:2: error: alias: title.da: a reference with * is not understood here; write the text again, or quote it'
			]
		],
		[
			'a key that is misspelt',
			`${title}cuont: 1\n`,
			[
				'a.yaml:2: error: unknown-key: cuont: the key "cuont" is not known here; did you mean "count"?'
			]
		],
		[
			'several unknown keys of one block',
			`${title}aaaaaaaa: 1\nbbbbbbbb: 2\n`,
			[
				'a.yaml:2: error: unknown-key: aaaaaaaa: the key "aaaaaaaa" is not known here; possible keys are title, count, kinds, choices, even',
				'a.yaml:3: error: unknown-key: bbbbbbbb: the key "bbbbbbbb" is not known here; possible keys are title, count, kinds, choices, even'
			]
		],
		[
			'a sentence that a comma cut',
			"title: { da: Ja, men ikke nu, en: 'Yes' }\n",
			['a.yaml:1: error: unknown-key: title.men ikke nu: a comma cut this sentence: quote it']
		],
		[
			'a sentence that a comma and a colon cut',
			"title: { da: Ja, sagde hun: nej, en: 'Yes' }\n",
			['a.yaml:1: error: unknown-key: title.sagde hun: a comma cut this sentence: quote it']
		],
		[
			'a missing language',
			'title:\n  da: Ja\n',
			[
				'a.yaml:1: error: missing-language: title.en: the English text is missing; write it after "en:"'
			]
		],
		[
			'a missing block',
			'count: 1\n',
			['a.yaml:1: error: missing-key: title: the key "title" is missing here; add it']
		],
		[
			'a text of blanks',
			"title:\n  da: Ja\n  en: ' '\n",
			['a.yaml:3: error: empty-text: title.en: there is no text here; write one']
		],
		[
			'a key without a text',
			'title:\n  da: Ja\n  en:\n',
			['a.yaml:3: error: empty-text: title.en: there is no text here; write one']
		],
		[
			'a text in one language only',
			'title: Ja\n',
			[
				'a.yaml:1: error: wrong-type: title: a text with "da:" and "en:" is expected here, but text stands here'
			]
		],
		[
			'a number where text belongs',
			'title:\n  da: 8\n  en: x\n',
			[
				'a.yaml:2: error: wrong-type: title.da: text (in quotes) is expected here, but 8 stands here'
			]
		],
		[
			'a word that is none of those possible',
			`${title}kinds:\n  - lesson\n  - ladning\n`,
			[
				'a.yaml:4: error: unknown-value: kinds.1: "ladning" is not known here; did you mean "landing"?'
			]
		],
		[
			'a rule that a schema adds',
			`${title}even: 3\n`,
			['a.yaml:2: error: odd: even: the number is odd']
		],
		[
			'a fault deep inside',
			`${title}choices:\n  greet:\n    text: { da: 'Hej', en: 'Hi' }\n    efect: 2\n`,
			[
				'a.yaml:5: error: unknown-key: choices.greet.efect: the key "efect" is not known here; did you mean "effect"?'
			]
		],
		[
			'a list where a block belongs',
			`${title}choices:\n  greet: [1]\n`,
			[
				'a.yaml:3: error: wrong-type: choices.greet: a block with the keys text, effect is expected here, but a list stands here'
			]
		]
	])('%s', (_, text, expected) => {
		expect(check(text)).toEqual(expected);
	});

	test('also in Danish', () => {
		const { source } = readSource(`${title}cuont: 1\n`, 'a.yaml');
		expect(source && checkShape(schema, source).problems[0]?.message.da).toBe(
			'Nøglen "cuont" kendes ikke her; mente du "count"?'
		);
	});
});

test('all faults of a file are told at once', () => {
	const codes = check("title: { da: '' }\ncuont: 1\nkinds: [x]\n").map(
		(line) => line.split(': ')[2]
	);
	expect(codes.toSorted()).toEqual([
		'empty-text',
		'missing-language',
		'unknown-key',
		'unknown-value'
	]);
});

test('a source knows where its parts stand', () => {
	const text = 'a:\n  b:\n    - one\n    - two\n  c: |\n    first\n    second\n';
	const { source } = readSource(text, 'a.yaml');
	expect(source?.lineOf(['a', 'b', 1])).toBe(4);
	expect(source?.lineOf(['a', 'missing'])).toBe(1);
	expect(source?.lineOf(['a', 'c'])).toBe(5);
	expect(source?.lineOfText(['a', 'c'])).toBe(6);
	expect(source?.lineOfText(['a', 'b', 0])).toBe(3);
});

test('a key named __proto__ is a key like any other, and unknown', () => {
	expect(check(`${title}__proto__: { polluted: 1 }\n`)[0]).toContain('unknown-key: __proto__');
	expect({}).not.toHaveProperty('polluted');
});
