import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkMarkdown } from './markdown-check.ts';
import { formatProblem } from './problem.ts';

const rules = { terms: new Map([['trigger', true]]), sources: new Map([['vive-2022', true]]) };
const check = (text: string) => checkMarkdown(text, 'a.da.md', rules).map(formatProblem);

test('a sound text has no problems', () => {
	const text = `# Ro

En :term[udløser]{trigger}. :source{vive-2022} Kl. 8:15, se [hjælp](/help).

:::compare
### Før
a
### Nu
b
:::

::::notice[Husk]
:::reveal[Se svaret]
Ro.
:::
::::

:::agreements
:::
`;
	expect(check(text)).toEqual([]);
});

describe('an author is told, with line and column,', () => {
	test.each([
		[
			'of HTML',
			'Hej.\n\nSe <b>her</b>',
			[
				'a.da.md:3: error: raw-html: -: HTML is not used in texts; write Markdown, or put \\ before the < (column 4)',
				'a.da.md:3: error: raw-html: -: HTML is not used in texts; write Markdown, or put \\ before the < (column 10)'
			]
		],
		[
			'of a script',
			'<script>\nalert(1)\n</script>',
			[
				'a.da.md:1: error: raw-html: -: HTML is not used in texts; write Markdown, or put \\ before the < (column 1)'
			]
		],
		[
			'of a link that leads to code',
			'[x](javascript:alert(1))',
			[
				'a.da.md:1: error: bad-link: -: a link to "javascript:alert(1)" is not possible; use https://, mailto: or a page of our own such as /help (column 1)'
			]
		],
		[
			'of a link that is named elsewhere',
			'[x][y]\n\n[y]: http://example.dk',
			[
				'a.da.md:3: error: bad-link: -: a link to "http://example.dk" is not possible; use https://, mailto: or a page of our own such as /help (column 1)'
			]
		],
		[
			'of a picture',
			'![Hus](/hus.png)',
			[
				'a.da.md:1: error: image: -: a text cannot hold a picture; the module has a drawing of its own (column 1)'
			]
		],
		[
			'of a box with a misspelt name',
			':::notcie\nRo.\n:::',
			[
				'a.da.md:1: error: unknown-directive: -: ":::notcie" is not known; did you mean "notice"? (column 1)'
			]
		],
		[
			'of a word that is no directive',
			'En :terms[udløser]{trigger}.',
			[
				'a.da.md:1: error: unknown-directive: -: ":terms" is not known; did you mean "term"? (column 4)'
			]
		],
		[
			'of a box with two colons',
			'::notice[Ro]',
			[
				'a.da.md:1: error: unknown-directive: -: "notice" is written with three colons, ":::notice", and ends with ":::" on a line of its own (column 1)'
			]
		],
		[
			'of a box that is not closed',
			'Hej.\n\n:::notice\nRo.',
			[
				'a.da.md:3: error: unclosed-directive: -: ":::notice" is not closed; write ":::" on a line of its own after the text (column 1)'
			]
		],
		[
			'of colons that open nothing',
			'::: notice\nRo.\n:::',
			[
				'a.da.md:1: error: stray-colons: -: the three colons here open or close nothing; write ":::notice" without a blank, and ":::" alone where it ends (column 1)'
			]
		],
		[
			'of an answer that cannot be pressed',
			':::reveal\nRo.\n:::',
			[
				'a.da.md:1: error: missing-label: -: say what one presses: ":::reveal[See the answer]" (column 1)'
			]
		],
		[
			'of a comparison of three',
			':::compare\na\n\nb\n\nc\n:::',
			[
				'a.da.md:1: error: compare-sides: -: a comparison has two sides; begin each with a heading, or put --- between them (column 1)'
			]
		],
		[
			'of a word that the glossary does not have',
			'En :term[udløser]{triger}.',
			[
				'a.da.md:1: error: unknown-term: -: the glossary has no "triger"; did you mean "trigger"? (column 4)'
			]
		],
		[
			'of a word that points to nothing',
			'En :term[udløser].',
			['a.da.md:1: error: unknown-term: -: say which one is meant: ":term[word]{slug}" (column 4)']
		],
		[
			'of a source that the module does not have',
			'Nu. :source{vive}',
			['a.da.md:1: error: unknown-source: -: the module has no source "vive" (column 5)']
		],
		[
			'of an explanation inside a link',
			'[:term[x]{trigger}](/help)',
			[
				'a.da.md:1: error: nested-directive: -: ":term" cannot stand in a link or in the label of a box (column 2)'
			]
		],
		[
			'of agreements inside a box',
			'::::notice\n:::agreements\n:::\n::::',
			[
				"a.da.md:2: error: nested-agreements: -: the place for the workplace's own agreements cannot stand inside something else (column 1)"
			]
		],
		[
			'of an empty box',
			':::example\n:::',
			['a.da.md:1: error: empty-text: -: there is nothing in ":::example" (column 1)']
		]
	])('%s', (_, text, expected) => {
		expect(check(text)).toEqual(expected);
	});
});

test('a text within a YAML file is told by the line of that file, without columns', () => {
	const [problem] = checkMarkdown('Hej.\n\n<b>', 'module.yaml', {
		...rules,
		firstLine: 10,
		path: 'steps.2.landing.da'
	});
	expect(problem).toMatchObject({ line: 12, path: 'steps.2.landing.da', code: 'raw-html' });
	expect(problem?.message.da).toBe(
		'HTML bruges ikke i tekster; skriv Markdown, eller sæt tegnet \\ foran <.'
	);
});

test('where the glossary could not be read, no word is called unknown', () => {
	expect(checkMarkdown(':term[x]{y}', 'a.md', { terms: undefined, sources: undefined })).toEqual(
		[]
	);
});

test('every problem stands on a line of the text', () => {
	const piece = fc.constantFrom(
		'<b>',
		':::notice',
		':::',
		':x[y]{z}',
		'\n',
		'\r\n',
		'[',
		'](x:y)',
		'ø'
	);
	fc.assert(
		fc.property(fc.array(piece), (pieces) => {
			const text = pieces.join('');
			const lines = text.split(/\r\n|\n/u).length;
			for (const { line } of checkMarkdown(text, 'a.md', rules)) {
				expect(line).toBeGreaterThanOrEqual(1);
				expect(line).toBeLessThanOrEqual(lines);
			}
		})
	);
});
