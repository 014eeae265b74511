import { and, countDistinct, eq, inArray } from 'drizzle-orm';
import { insertMany, readMany, upsertMany } from '#lib/server/db/insert-many.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { workplaceReach } from '#lib/workplaces/tables.server.ts';
import { states, type State } from './state.ts';
import { counted, headcounts, standings, tallies, tallyMonths } from './tables.server.ts';

/** The column of a state. */
export const columnOf = {
	away: 'away',
	waived: 'waived',
	lapsed: 'lapsed',
	overdue: 'overdue',
	'due-soon': 'dueSoon',
	completed: 'completed',
	'in-progress': 'inProgress',
	'not-started': 'notStarted'
} as const satisfies Record<State, string>;

type Column = (typeof columnOf)[State] | 'valid';

const columns: readonly Column[] = [...states.map((state) => columnOf[state]), 'valid'];

type Numbers = Record<Column, number>;

const zero = () => Object.fromEntries(columns.map((name) => [name, 0])) as Numbers; // one each

interface TallyKey {
	workplace: string;
	course: string;
	role: string;
}

/** What is to be added to the counts of workplaces, gathered before it is written. */
export class TallyChanges {
	readonly #people = new Map<string, { workplace: string; role: string; people: number }>();
	readonly #tallies = new Map<string, TallyKey & { numbers: Numbers }>();

	/** One person more or less is counted at a workplace. */
	countPerson(workplace: string, role: string, change: 1 | -1): void {
		const key = `${workplace} ${role}`;
		const known = this.#people.get(key);
		if (known) known.people += change;
		else this.#people.set(key, { workplace, role, people: change });
	}

	/** One person more or less stands there in a course. */
	countStanding(key: TallyKey, standing: { state: State; isValid: boolean }, change: 1 | -1): void {
		const name = `${key.workplace} ${key.course} ${key.role}`;
		let known = this.#tallies.get(name);
		if (!known) this.#tallies.set(name, (known = { ...key, numbers: zero() }));
		known.numbers[columnOf[standing.state]] += change;
		if (standing.isValid) known.numbers.valid += change;
	}

	/** Adds all of it to what is kept. */
	async write(tx: Writer, month: string): Promise<void> {
		const people = [...this.#people.values()].filter((row) => row.people !== 0);
		await upsertMany(tx, headcounts, people, ['workplace', 'role'], 'add');
		const changed = [...this.#tallies.values()]
			.filter(({ numbers }) => columns.some((name) => numbers[name] !== 0))
			.map(({ numbers, ...key }) => ({ ...key, ...numbers }));
		await upsertMany(tx, tallies, changed, ['workplace', 'course', 'role'], 'add');
		await keepMonths(tx, changed, month);
	}
}

/** Writes how these stand now into the row of their month. */
async function keepMonths(tx: Writer, changed: readonly TallyKey[], month: string): Promise<void> {
	const asked = new Set(
		changed
			.filter(({ role }) => role === 'staff')
			.map(({ workplace, course }) => `${workplace} ${course}`)
	);
	const found = await readMany([...new Set(changed.map(({ workplace }) => workplace))], (some) =>
		tx
			.select()
			.from(tallies)
			.where(and(inArray(tallies.workplace, some), eq(tallies.role, 'staff')))
	);
	const rows = found
		.filter(({ workplace, course }) => asked.has(`${workplace} ${course}`))
		.map((row) => {
			const { workplace, course, valid } = row;
			return { workplace, course, month, valid, total: sumStates(row) };
		});
	await upsertMany(tx, tallyMonths, rows, ['workplace', 'course', 'month'], 'replace');
}

/** Everybody of a row, each in one state. */
export function sumStates(row: Readonly<Record<(typeof columnOf)[State], number>>): number {
	return states.reduce((sum, state) => sum + row[columnOf[state]], 0);
}

/** Counts these workplaces anew, from where everybody stands. */
export async function recount(
	tx: Writer,
	workplaces: readonly string[],
	month: string
): Promise<void> {
	const some = [...workplaces];
	await tx.delete(tallies).where(inArray(tallies.workplace, some));
	await tx.delete(headcounts).where(inArray(headcounts.workplace, some));
	for (const workplace of some) {
		const people = await readHeadcounts(tx, workplace);
		await insertMany(tx, headcounts, people);
		const rows = await readTallies(tx, workplace);
		await insertMany(tx, tallies, rows);
		await keepMonths(tx, rows, month);
	}
}

/** How many people are counted at a workplace and below it, worked out from the people themselves. */
export async function readHeadcounts(read: Reader, workplace: string) {
	return read
		.select({
			workplace: workplaceReach.above,
			role: counted.role,
			people: countDistinct(counted.person)
		})
		.from(counted)
		.innerJoin(workplaceReach, eq(workplaceReach.below, counted.workplace))
		.where(eq(workplaceReach.above, workplace))
		.groupBy(workplaceReach.above, counted.role);
}

/** How many people stand where at a workplace and below it, worked out from the people themselves. */
export async function readTallies(
	read: Reader,
	workplace: string
): Promise<(TallyKey & Numbers)[]> {
	const groups = await read
		.select({
			role: counted.role,
			course: standings.course,
			state: standings.state,
			isValid: standings.isValid,
			people: countDistinct(counted.person)
		})
		.from(counted)
		.innerJoin(workplaceReach, eq(workplaceReach.below, counted.workplace))
		.innerJoin(standings, eq(standings.person, counted.person))
		.where(eq(workplaceReach.above, workplace))
		.groupBy(counted.role, standings.course, standings.state, standings.isValid);
	const rows = new Map<string, TallyKey & Numbers>();
	for (const { role, course, state, isValid, people } of groups) {
		const key = `${course} ${role}`;
		let row = rows.get(key);
		if (!row) rows.set(key, (row = { workplace, course, role, ...zero() }));
		row[columnOf[state as State]] += people; // only ever written as one
		if (isValid) row.valid += people;
	}
	return [...rows.values()];
}
