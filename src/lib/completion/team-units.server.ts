import { and, eq, isNull } from 'drizzle-orm';
import { given, givenNumber, one, prepared } from '#lib/server/db/prepared.ts';
import { packRows, unpackRows } from '#lib/server/db/packed.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { workplaceReach, workplaces } from '#lib/workplaces/tables.server.ts';
import { noStates, states, type Counts, type State } from './state.ts';
import { assignmentRules, headcounts, tallies } from './tables.server.ts';
import { columnOf } from './tally.server.ts';

/** A workplace of the tree with everybody in it and below it, each once. */
export interface Unit {
	id: string;
	parent: string | null;
	name: string;
	counts: Counts;
}

/** So many workplaces at most are shown as a whole tree. */
export const wholeTree = 60;

/** Whether anybody in an organisation is asked for a course by a rule. */
export async function isAskedFor(
	read: Reader,
	organisation: string,
	course: string
): Promise<boolean> {
	const rows = await prepared(read, 'rule_for_course', (handle) =>
		handle
			.select({ id: assignmentRules.id })
			.from(assignmentRules)
			.where(
				and(
					eq(assignmentRules.organisation, given('organisation')),
					eq(assignmentRules.course, given('course')),
					isNull(assignmentRules.endedOn)
				)
			)
			.limit(one)
			.prepare('rule_for_course')
	).execute({ organisation, course });
	return rows.length > 0;
}

/**
 * How many stand where, of those whom a count is about: where a rule asks for the course, everybody who
 * is asked or has begun; where none does, everybody who works there.
 */
export function countStanding(
	standing: Record<State, number>,
	valid: number,
	people: number,
	isAsked: boolean
): Counts {
	const known = states.reduce((sum, state) => sum + standing[state], 0);
	if (isAsked || people <= known) return { total: known, valid, byState: standing };
	const byState = { ...standing, 'not-started': standing['not-started'] + people - known };
	return { total: people, valid, byState };
}

/** The counts of one workplace by role, `staff` being everybody, and how many people work there. */
export async function readRoles(
	read: Reader,
	workplace: string,
	course: string,
	isAsked: boolean
): Promise<{ people: number; byRole: ReadonlyMap<string, Counts> }> {
	const tallied = await prepared(read, 'tallies_of', (handle) =>
		handle
			.select()
			.from(tallies)
			.where(and(eq(tallies.workplace, given('workplace')), eq(tallies.course, given('course'))))
			.prepare('tallies_of')
	).execute({ workplace, course });
	const heads = await prepared(read, 'headcounts_of', (handle) =>
		handle
			.select({ role: headcounts.role, people: headcounts.people })
			.from(headcounts)
			.where(eq(headcounts.workplace, given('workplace')))
			.prepare('headcounts_of')
	).execute({ workplace });
	const tallyOf = new Map(tallied.map((row) => [row.role, row]));
	const countRow = (row: (typeof tallied)[number] | undefined, count: number) => {
		const byState = noStates();
		if (row) for (const state of states) byState[state] = row[columnOf[state]];
		return countStanding(byState, row?.valid ?? 0, count, isAsked);
	};
	const byRole = heads.map(
		({ role, people }) => [role, countRow(tallyOf.get(role), people)] as const
	);
	return {
		people: heads.find(({ role }) => role === 'staff')?.people ?? 0,
		byRole: new Map(byRole)
	};
}

const ofUnit = () =>
	[
		and(
			eq(tallies.workplace, workplaces.id),
			eq(tallies.course, given('course')),
			eq(tallies.role, given('everybody'))
		),
		and(eq(headcounts.workplace, workplaces.id), eq(headcounts.role, given('everybody')))
	] as const;

/** In the order in which {@link readUnit} reads them. */
const packedUnits = () => ({
	rows: packRows([
		workplaces.id,
		workplaces.parent,
		workplaces.name,
		headcounts.people,
		tallies.valid,
		...states.map((state) => tallies[columnOf[state]])
	])
});

type PackedUnit = [
	id: string,
	parent: string | null,
	name: string,
	people: number | null,
	valid: number | null,
	...byState: (number | null)[]
];

function readUnit(
	[id, parent, name, people, valid, ...numbers]: PackedUnit,
	isAsked: boolean
): Unit {
	const byState = noStates();
	for (const [at, state] of states.entries()) byState[state] = numbers[at] ?? 0;
	return { id, parent, name, counts: countStanding(byState, valid ?? 0, people ?? 0, isAsked) };
}

const unitsRightBelow = (read: Reader) =>
	prepared(read, 'units_right_below', (handle) => {
		const [tally, head] = ofUnit();
		return handle
			.select(packedUnits())
			.from(workplaces)
			.leftJoin(tallies, tally)
			.leftJoin(headcounts, head)
			.where(and(eq(workplaces.parent, given('workplace')), isNull(workplaces.closedOn)))
			.prepare('units_right_below');
	});

const unitsBelow = (read: Reader) =>
	prepared(read, 'units_below', (handle) => {
		const [tally, head] = ofUnit();
		return handle
			.select(packedUnits())
			.from(workplaceReach)
			.innerJoin(workplaces, eq(workplaces.id, workplaceReach.below))
			.leftJoin(tallies, tally)
			.leftJoin(headcounts, head)
			.where(and(eq(workplaceReach.above, given('workplace')), isNull(workplaces.closedOn)))
			.prepare('units_below');
	});

/** Whether more than so many workplaces lie at and below one. */
async function hasMoreThan(read: Reader, workplace: string, count: number): Promise<boolean> {
	const rows = await prepared(read, 'reach_beyond', (handle) =>
		handle
			.select({ below: workplaceReach.below })
			.from(workplaceReach)
			.where(eq(workplaceReach.above, given('workplace')))
			.limit(one)
			.offset(givenNumber('count'))
			.prepare('reach_beyond')
	).execute({ workplace, count });
	return rows.length > 0;
}

/**
 * The open workplaces below one, itself first: the whole tree where it is small, else only those right
 * below it; with everybody counted, or only the workplaces where nobody is.
 */
export async function listUnits(
	read: Reader,
	top: { id: string; name: string; counts: Counts },
	course: string,
	isAsked: boolean
): Promise<{ units: Unit[]; isWholeTree: boolean }> {
	const isWholeTree = !(await hasMoreThan(read, top.id, wholeTree));
	const query = isWholeTree ? unitsBelow(read) : unitsRightBelow(read);
	const below = unpackRows<PackedUnit>(
		await query.execute({ workplace: top.id, course, everybody: 'staff' })
	)
		.filter(([id]) => id !== top.id)
		.map((row) => readUnit(row, isAsked));
	return { units: [{ ...top, parent: null }, ...below], isWholeTree };
}
