/** Below this, nothing is published about a choice. */
export const leastPeople = 5;
/** From fewer workplaces than this neither. */
export const leastHouses = 2;

/** A choice in a scene of a version, named by its hash. */
export interface ChoiceCell {
	scenario: string;
	scene: string;
	choice: string;
}

/** Who stands behind a choice, as only the private side knows. */
export interface CountedCell extends ChoiceCell {
	/** People who took it when they first came to the scene: each is in one cell of a scene. */
	people: number;
	/** Workplaces they belong to. */
	houses: number;
}

/** What is published of it. */
export interface ReleasedCell extends ChoiceCell {
	/** "At least so many", in whole fives; it never falls. */
	people: number;
	/** The same of all released choices of the scene together. */
	passed: number;
}

/**
 * What is published from tonight on: of a choice that at least five people from at least two workplaces
 * took, the number rounded down to whole fives, and anew only when at least five people have taken it
 * since. Nothing else is told: no total that rarer choices could be subtracted from. So whatever is worked
 * out from cells of a scene, of scenes after each other, or of any two nights is nothing or about five
 * people or more. Rows that are deleted in time let a number stand; they never lower it.
 */
export function releaseChoices(
	before: readonly ReleasedCell[],
	counted: readonly CountedCell[]
): ReleasedCell[] {
	const people = new Map(before.map((one) => [keyOf(one), { ...one }]));
	for (const { scenario, scene, choice, people: found, houses } of counted) {
		const cell = { scenario, scene, choice };
		const known = people.get(keyOf(cell))?.people ?? 0;
		const whole = found - (found % leastPeople);
		// As many as four more may have stood behind it than were told of: nobody counts as new who is not.
		const least = known === 0 ? leastPeople : known + 2 * leastPeople - 1;
		if (found < least || houses < leastHouses) continue;
		people.set(keyOf(cell), { ...cell, people: whole, passed: 0 });
	}
	const scenes = Map.groupBy(people.values(), ({ scenario, scene }) => `${scenario} ${scene}`);
	return [...scenes.values()].flatMap((cells) => {
		const passed = cells.reduce((sum, one) => sum + one.people, 0);
		return cells.map((one) => ({ ...one, passed }));
	});
}

const keyOf = ({ scenario, scene, choice }: ChoiceCell) => `${scenario} ${scene} ${choice}`;
