import { expect, test } from 'vitest';
import { gatherVocabulary } from './vocabulary.ts';
import { readVocabulary } from './vocabulary.server.ts';

test('the vocabulary of several trees holds the names of all, the later one counting', () => {
	const tree = (slug: string, mustFlag: boolean) => ({
		framework: { levels: [], areas: [], outcomes: [], uncovered: [] },
		glossary: { terms: [], avoid: [] },
		settings: [{ slug, da: slug, en: slug, illustration: slug }],
		themes: [{ slug: 'violence', da: 'vold', en: 'violence', mustFlag }]
	});
	const vocabulary = gatherVocabulary([tree('shelter', false), tree('library', true)]);
	expect(vocabulary.settings).toEqual(new Set(['shelter', 'library']));
	expect(vocabulary.themes.get('violence')).toEqual({ da: 'vold', en: 'violence', mustFlag: true });
	expect(vocabulary.audiences.has('basic')).toBe(true);
});

test('the vocabulary of the courses knows what must be flagged, and words that are taught', async () => {
	const { vocabulary, problems } = await readVocabulary(['courses']);
	expect(problems).toEqual([]);
	for (const theme of ['suicide', 'self-harm', 'restraint']) {
		expect(vocabulary.themes.get(theme)).toMatchObject({ mustFlag: true });
	}
	expect(vocabulary.outcomes.has('TI-S3')).toBe(true);
	expect(vocabulary.settings.has('shelter')).toBe(true);
	expect(vocabulary.taught.size).toBeGreaterThan(0);
});

test('a folder without these files is told as such', async () => {
	const { problems } = await readVocabulary(['static']);
	expect(problems.map(({ code }) => code)).toContain('missing-file');
});
