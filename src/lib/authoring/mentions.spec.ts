import { expect, test } from 'vitest';
import { findMentions } from './mentions.ts';

const people = [
	{ person: '1', name: 'Åse Holm' },
	{ person: '2', name: 'Bo Holm' },
	{ person: '3', name: 'Bo Holmgaard' },
	{ person: '4', name: 'Ib' }
];

test.each([
	['Se her, @Åse Holm.', ['1']],
	['Se her, @åse', ['1']],
	['@Bo Holmgaard og @Ib', ['3', '4']],
	['@Bo Holm, ikke @Bo', ['2']],
	['@Ibrahim er en anden, og ib uden snabel-a er ingen', []],
	['ib@eksempel.dk', []],
	['@Ib @Ib', ['4']]
])('"%s" names %j', (body, persons) => {
	expect(findMentions(body, people)).toEqual(persons);
});
