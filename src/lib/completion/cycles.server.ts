import { eq } from 'drizzle-orm';
import type { Course, Module } from '#lib/content/course.ts';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader } from '#lib/server/db/store.ts';
import type { OwnStanding } from './own-standing.ts';
import { standings } from './tables.server.ts';

/** In which cycle what somebody does now counts. */
export interface Cycles {
	/** Of the modules of the course. */
	course: number;
	/** Of its refresher; it renews the completion before it. */
	refresher: number;
}

const standingsByPerson = (read: Reader) =>
	prepared(read, 'standings_by_person', (handle) =>
		handle
			.select({
				course: standings.course,
				state: standings.state,
				isAsked: standings.isAsked,
				isValid: standings.isValid,
				cycle: standings.cycle,
				by: standings.by,
				completedOn: standings.completedOn,
				dueOn: standings.dueOn,
				renewsOn: standings.renewsOn,
				modulesCompleted: standings.modulesCompleted,
				nextOn: standings.nextOn,
				courseCycle: standings.courseCycle,
				refresherCycle: standings.refresherCycle
			})
			.from(standings)
			.where(eq(standings.person, given('person')))
			.prepare('standings_by_person')
	);

/** Where a person stands in every course that they have anything to do with, by the course. */
export async function listOwnStandings(
	read: Reader,
	person: string
): Promise<ReadonlyMap<string, OwnStanding & { cycles: Cycles }>> {
	const rows = await standingsByPerson(read).execute({ person });
	return new Map(
		rows.map(({ courseCycle, refresherCycle, ...row }) => [
			row.course,
			// Only ever written by `settle.server.ts`.
			{ ...(row as OwnStanding), cycles: { course: courseCycle, refresher: refresherCycle } }
		])
	);
}

const firstCycles: Cycles = { course: 1, refresher: 1 };

/** In which cycles what a person does in a course now counts. */
export async function findCycles(read: Reader, person: string, course: string): Promise<Cycles> {
	const own = await listOwnStandings(read, person);
	return own.get(course)?.cycles ?? firstCycles;
}

/** In which cycle what a person does in a module now counts. */
export async function findCycle(
	read: Reader,
	person: string,
	course: Course,
	module: Module
): Promise<number> {
	return cycleOf({ cycles: await findCycles(read, person, course.slug) }, course, module);
}

/** The same, for who knows already where the person stands in the course. */
export function cycleOf(
	{ cycles }: { cycles: Cycles } = { cycles: firstCycles },
	{ refresher }: Course,
	module: Module
): number {
	return module === refresher ? cycles.refresher : cycles.course;
}
