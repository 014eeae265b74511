import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countWords } from '#lib/content/lix.ts';
import { checkMarkdown } from '#lib/content/markdown-check.ts';
import { openCopy } from '#tests/support/open-scenario.ts';
import { soundFile, soundScenario, vocabulary } from '#tests/support/sound-scenario.ts';
import { checkTexts } from './check-texts.ts';
import { Findings } from './findings.ts';
import { mostWords } from './limits.ts';
import type { Scenario } from './model.ts';

const terms = new Map([...vocabulary.terms].map((slug) => [slug, slug]));
const sources = new Map<string, unknown>();

/** Texts full of what Markdown means something by, or nearly. */
const randomMarkdown = fc
	.array(
		fc.oneof(
			fc.constantFrom(...[':', ':::', '[', ']', '{', '}', '<', '>', '!', '(', ')', '/', '*', '#']),
			fc.constantFrom('term', 'notice', 'a', 'Å', 'trigger', ' ', '\n', '\n\n', '- ', '1. ', 'b?'),
			fc.constantFrom(
				':term[a]{trigger}',
				'<b>',
				'<!-- a -->',
				':::notice\n',
				'![a](b)',
				'\\',
				'::a'
			)
		),
		{ minLength: 1, maxLength: 12 }
	)
	.map((parts) => `x${parts.join('')}`);

function find(change: (scenario: ReturnType<typeof openCopy>) => void) {
	const scenario = openCopy(soundScenario());
	change(scenario);
	const findings = new Findings({ file: soundFile, lineOf: () => 1, lineOfText: () => 1 });
	checkTexts(scenario as Scenario, vocabulary, findings);
	return findings.problems;
}

describe('in any text', () => {
	test.each([
		['with paragraphs', 'text', false],
		['of one line', 'takeaway', true]
	] as const)('%s every fault of Markdown is told', (_, key, inline) => {
		fc.assert(
			fc.property(randomMarkdown, (markdown) => {
				const found = find((scenario) => {
					const scene = scenario.scenes['taxi']!;
					if ('ending' in scene) scene[key].en = markdown;
				});
				const faults = checkMarkdown(markdown, soundFile, { terms, sources, inline });
				const listCodes = (problems: readonly { code: string }[]) =>
					problems.map(({ code }) => code).toSorted();
				expect(listCodes(found)).toEqual(listCodes(faults));
			}),
			{ numRuns: 300 }
		);
	});

	test('the words are counted as a writer counts them', () => {
		fc.assert(
			fc.property(fc.nat(2 * mostWords.takeaway), randomMarkdown, (words, end) => {
				const text = `${'ja '.repeat(words)}${end.replaceAll(/[^a-zÅ \n]/gu, '')}`;
				const found = find((scenario) => {
					const scene = scenario.scenes['taxi']!;
					if ('ending' in scene) scene.takeaway.en = text;
				});
				const isTooLong = text.split(/\s+/u).filter(Boolean).length > mostWords.takeaway;
				expect(countWords(text)).toBe(text.split(/\s+/u).filter(Boolean).length);
				expect(found.some(({ code }) => code === 'too-long')).toBe(isTooLong);
			}),
			{ numRuns: 200 }
		);
	});
});
