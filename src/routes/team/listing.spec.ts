import { describe, expect, test } from 'vitest';
import { isChosen, readWish, writeWish } from './listing.ts';

const wishOf = (query: string) => readWish(new URLSearchParams(query));
const ordinary = { state: null, role: null, at: null, query: '', sort: 'name', page: 1 };

describe('the address of the table', () => {
	test.each([
		'sort=wages',
		'state=ill',
		'role=%27%20or%201',
		'at=../..',
		'page=0',
		'page=-1',
		'page=1.5',
		'page=x',
		'q=%20%20'
	])('means nothing by %s', (query) => {
		expect(wishOf(query)).toEqual(ordinary);
		expect(isChosen(wishOf(query))).toBe(false);
	});

	test('says only what differs from the ordinary, and keeps the course', () => {
		expect(writeWish(null, {})).toBe('');
		expect(writeWish('basic', { sort: 'name', state: null, page: 1 })).toBe('?course=basic');
		expect(
			writeWish('basic', { sort: 'workplace', state: 'in-progress', query: 'Bo Å', page: 3 })
		).toBe('?course=basic&state=in-progress&q=Bo+%C3%85&sort=workplace&page=3');
	});

	test('is read as it is written', () => {
		const wish = {
			state: 'due-soon',
			role: 'key-staff',
			at: '0190f3a0-0000-7000-8000-000000000000',
			query: 'Åse',
			sort: 'due',
			page: 2
		} as const;
		expect(wishOf(writeWish(null, wish))).toEqual(wish);
	});
});
