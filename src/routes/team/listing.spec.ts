import { describe, expect, test } from 'vitest';
import { listPeople, readWish, writeWish, type Person } from './listing.ts';

function person(name: string, more: Partial<Person> = {}): Person {
	return {
		id: name,
		name,
		workplaces: ['Broen'],
		state: 'not-started',
		completedOn: null,
		modulesCompleted: 0,
		...more
	};
}

const wishOf = (query: string) => readWish(new URLSearchParams(query));
const namesOf = ({ people }: { people: Person[] }) => people.map(({ name }) => name);

const people = [
	person('Amira', { workplaces: ['Åsen'] }),
	person('Bo', { state: 'completed', workplaces: ['Ørne'] }),
	person('Clara', { state: 'in-progress', workplaces: ['Broen'] }),
	person('Ditte', { state: 'completed', workplaces: ['Broen'] })
];

describe('the table of people', () => {
	test('comes by name unless the leader asks for another order', () => {
		expect(namesOf(listPeople(people, wishOf('')))).toEqual(['Amira', 'Bo', 'Clara', 'Ditte']);
	});

	test('by state begins with who has completed, and keeps names in order within a state', () => {
		expect(namesOf(listPeople(people, wishOf('sort=state')))).toEqual([
			'Bo',
			'Ditte',
			'Clara',
			'Amira'
		]);
	});

	test('by workplace follows the Danish alphabet', () => {
		expect(namesOf(listPeople(people, wishOf('sort=workplace')))).toEqual([
			'Clara',
			'Ditte',
			'Bo',
			'Amira'
		]);
	});

	test('shows one state alone', () => {
		expect(namesOf(listPeople(people, wishOf('state=completed')))).toEqual(['Bo', 'Ditte']);
	});

	test('is cut into pages, and a page beyond the last is the last', () => {
		const many = Array.from({ length: 401 }, (_, index) => person(String(index).padStart(3, '0')));
		expect(listPeople(many, wishOf('page=2')).people.at(0)?.name).toBe('200');
		expect(listPeople(many, wishOf('page=99'))).toMatchObject({ page: 3, pages: 3 });
	});

	test('without anybody has one empty page', () => {
		expect(listPeople([], wishOf('page=2'))).toEqual({ people: [], page: 1, pages: 1 });
	});
});

describe('the address of the table', () => {
	test.each(['sort=wages', 'state=ill', 'page=0', 'page=-1', 'page=1.5', 'page=x'])(
		'means nothing by %s',
		(query) => {
			expect(wishOf(query)).toEqual({ sort: 'name', state: null, page: 1 });
		}
	);

	test('says only what differs from the ordinary, and keeps the course', () => {
		const parameters = new URLSearchParams('course=basic&sort=state&page=2');
		expect(writeWish(parameters, { sort: 'name', state: null, page: 1 })).toBe('?course=basic');
		expect(writeWish(parameters, { sort: 'workplace', state: 'in-progress', page: 3 })).toBe(
			'?course=basic&sort=workplace&state=in-progress&page=3'
		);
	});
});
