import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	leastHouses,
	leastPeople,
	releaseChoices,
	type CountedCell,
	type ReleasedCell
} from './choice-release.ts';

const cell = (choice: string, people: number, houses = 2): CountedCell => ({
	scenario: 'h',
	scene: 'door',
	choice,
	people,
	houses
});
const tell = (cells: readonly ReleasedCell[]) =>
	Object.fromEntries(cells.map(({ choice, people }) => [choice, people]));

test('a choice is told of from five people from two workplaces on', () => {
	expect(releaseChoices([], [cell('knock', 4), cell('wait', 9, 1), cell('call', 5)])).toEqual([
		{ scenario: 'h', scene: 'door', choice: 'call', people: 5, passed: 5 }
	]);
});

test('and anew only when five more stand behind it', () => {
	const first = releaseChoices([], [cell('knock', 7)]);
	expect(tell(first)).toEqual({ knock: 5 });
	// Nine may have stood behind it then.
	expect(releaseChoices(first, [cell('knock', 13)])).toEqual(first);
	expect(tell(releaseChoices(first, [cell('knock', 14)]))).toEqual({ knock: 10 });
});

test('it stands when rows are deleted in time', () => {
	const first = releaseChoices([], [cell('knock', 23)]);
	expect(releaseChoices(first, [])).toEqual(first);
	expect(tell(first)).toEqual({ knock: 20 });
	expect(tell(releaseChoices(first, [cell('knock', 28)]))).toEqual({ knock: 20 });
});

/** Somebody who comes to the scenes of a story on a night, and goes from the store on another. */
interface Comer {
	comes: number;
	goes: number;
	house: number;
	/** What they chose in each of three scenes; nothing where they left before. */
	choices: readonly (number | null)[];
}

const nights = 12;
const comer: fc.Arbitrary<Comer> = fc.record({
	comes: fc.nat(nights - 1),
	goes: fc.integer({ min: 1, max: 3 * nights }),
	house: fc.nat(3),
	choices: fc.tuple<(number | null)[]>(
		fc.nat(2),
		fc.option(fc.nat(2), { freq: 6, nil: null }),
		fc.option(fc.constantFrom(0, 0, 0, 0, 1), { freq: 6, nil: null })
	)
});

function count(people: readonly Comer[], night: number): CountedCell[] {
	const here = people.filter(({ comes, goes }) => comes <= night && comes + goes > night);
	return [0, 1, 2].flatMap((scene) =>
		[0, 1, 2].flatMap((choice) => {
			const took = here.filter(({ choices }) => choices[scene] === choice);
			if (took.length === 0) return [];
			const houses = new Set(took.map(({ house }) => house)).size;
			return [
				{ scenario: 'h', scene: `${scene}`, choice: `${choice}`, people: took.length, houses }
			];
		})
	);
}

test('a differencing attack over all pairs of releases of random data reveals nothing below five', () => {
	let released = 0;
	fc.assert(
		fc.property(fc.array(comer, { minLength: 5, maxLength: 120, size: 'max' }), (people) => {
			const releases: ReleasedCell[][] = [];
			for (let night = 0; night < nights; night += 1)
				releases.push(releaseChoices(releases.at(-1) ?? [], count(people, night)));
			released += releases.at(-1)?.length ?? 0;
			checkGrowth(people, releases);
			for (const [later, after] of releases.entries())
				for (const before of [[], ...releases.slice(0, later)]) attack(before, after);
		}),
		{ numRuns: 100 }
	);
	expect(released).toBeGreaterThan(100);
});

/** Behind every growth of a number stand five people or more who have come since it was told last. */
function checkGrowth(
	people: readonly Comer[],
	releases: readonly (readonly ReleasedCell[])[]
): void {
	const toldOn = new Map<string, { night: number; people: number }>();
	for (const [night, cells] of releases.entries())
		for (const { scene, choice, people: now } of cells) {
			const before = toldOn.get(`${scene} ${choice}`) ?? { night: -1, people: 0 };
			if (before.people === now) continue;
			const took = people.filter(
				({ choices, comes }) => choices[Number(scene)] === Number(choice) && comes <= night
			);
			const since = took.filter(({ comes }) => comes > before.night);
			expect(since.length).toBeGreaterThanOrEqual(leastPeople);
			expect(took.length).toBeGreaterThanOrEqual(now);
			expect(new Set(took.map(({ house }) => house)).size).toBeGreaterThanOrEqual(leastHouses);
			toldOn.set(`${scene} ${choice}`, { night, people: now });
		}
}

/** All that subtraction gives: of cells and sums, within a night, between nights, within and across scenes. */
function attack(before: readonly ReleasedCell[], after: readonly ReleasedCell[]): void {
	const numbers = [...before, ...after].flatMap(({ people, passed }) => [people, passed]);
	const left = new Set(numbers.flatMap((one) => [0, ...numbers].map((other) => one - other)));
	expect([...left].filter((one) => one !== 0 && Math.abs(one) < leastPeople)).toEqual([]);
}
