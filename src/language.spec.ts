import { expect, test } from 'vitest';
import { negotiateLocale } from './language.ts';

test.each([
	['the cookie before all', { cookie: 'en', account: 'da', accepted: 'da' }, 'en'],
	['the account before the browser', { cookie: undefined, account: 'en', accepted: 'da' }, 'en'],
	[
		'what the browser prefers',
		{ cookie: undefined, account: null, accepted: 'en-GB,da;q=0.8' },
		'en'
	],
	['by weight, not by place', { cookie: undefined, account: null, accepted: 'en;q=0.5, da' }, 'da'],
	[
		'Danish for a neighbour',
		{ cookie: undefined, account: null, accepted: 'nb-NO, en;q=0.9' },
		'da'
	],
	['Danish where nothing fits', { cookie: undefined, account: null, accepted: 'fr, pl' }, 'da'],
	['Danish where nothing is said', { cookie: undefined, account: null, accepted: null }, 'da'],
	['nothing that was refused', { cookie: undefined, account: null, accepted: 'en;q=0' }, 'da'],
	['no cookie of another kind', { cookie: 'xx', account: null, accepted: 'en' }, 'en']
] as const)('a page comes in %s', (_, wishes, expected) => {
	expect(negotiateLocale(wishes)).toBe(expected);
});
