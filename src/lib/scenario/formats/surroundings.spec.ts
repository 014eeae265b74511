import { expect, test } from 'vitest';
import { makeContact } from '#tests/support/contact.ts';
import type { Vocabularies } from '#lib/content/vocabulary-files.ts';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import { gatherSurroundings } from './surroundings.ts';

const vocabularies: Vocabularies = {
	toolbox: { groups: [], tools: [] },
	evidence: { topics: [] },
	framework: { levels: [], areas: [], outcomes: [], uncovered: [] },
	glossary: { terms: [], avoid: [] },
	settings: [{ slug: 'shelter', da: 'herberg', en: 'shelter', illustration: 'shelter' }],
	themes: [{ slug: 'rejection', da: 'at blive afvist', en: 'being turned away', mustFlag: false }],
	contacts: {
		local: [
			{ slug: 'leader', name: { da: 'Leder', en: 'Leader' }, audience: { da: 'Dig.', en: 'You.' } }
		],
		contacts: [
			makeContact('lifeline', { number: '70 201 201', with: ['ward'] }),
			makeContact('ward', { status: 'verify', note: { da: 'Tjek.', en: 'Check first.' } }),
			makeContact('unsure', { status: 'verify' }),
			makeContact('regional', { region: 'north' }),
			makeContact('for the turned away', { themes: ['rejection'] }),
			makeContact('for children', { themes: ['child'] }),
			makeContact('line 112', { number: '112' })
		]
	}
};

test('the workplace’s own people come first, then what a source confirms for everybody or for the story', () => {
	const { contacts, setting, themes } = gatherSurroundings(soundScenario(), vocabularies, 'en');
	expect(contacts.map(({ name }) => name)).toEqual([
		'Leader',
		'the lifeline',
		// Never shown without the other, sure or not.
		'the ward',
		'the for the turned away',
		'the line 112'
	]);
	expect(contacts[2]?.audience).toBe('Everyone. Check first.');
	expect(setting).toBe('shelter');
	expect(themes).toEqual({ rejection: 'being turned away' });
});

test('a number that is in the name is not told twice', () => {
	const { contacts } = gatherSurroundings(soundScenario(), vocabularies, 'da');
	expect(contacts.map(({ number }) => number)).toEqual([
		undefined,
		'70 201 201',
		undefined,
		undefined,
		undefined
	]);
});
