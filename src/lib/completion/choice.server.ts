import { and, eq, isNull } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { newId } from '#lib/id.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { insertAssignment } from './assignments.server.ts';
import { listOwnStandings } from './cycles.server.ts';
import { isOpen } from './own-standing.ts';
import { settle } from './settle.server.ts';
import { assignments } from './tables.server.ts';

/**
 * Notes that a person has chosen a course that nobody asks them to take: without a due date. Choosing
 * what is chosen, asked for or completed changes nothing.
 */
export async function chooseCourse(app: App, person: string, course: string): Promise<void> {
	await app.db.write(async (tx) => {
		const today = dayOf(app.now());
		await settle(tx, app.library.catalogue, [person], today);
		const standing = (await listOwnStandings(tx, person)).get(course);
		if (standing && (standing.isAsked || !isOpen(standing))) return;
		if (await hasChosen(tx, person, course)) return;
		await insertAssignment(tx, person, {
			id: newId(),
			course,
			cycle: standing?.cycle ?? 1,
			rule: null,
			origin: 'choice',
			by: 'course',
			assignedOn: today,
			dueOn: null,
			terms: null,
			endedOn: null
		});
		await settle(tx, app.library.catalogue, [person], today);
	});
}

/** Takes one's choice back; what was done in the course stays. Taking back what is gone is success. */
export async function undoChoice(app: App, person: string, course: string): Promise<void> {
	await app.db.write(async (tx) => {
		const today = dayOf(app.now());
		const standing = (await listOwnStandings(tx, person)).get(course);
		if (standing?.completedOn) return;
		await tx.update(assignments).set({ endedOn: today }).where(chosen(person, course));
		await settle(tx, app.library.catalogue, [person], today);
	});
}

/** Whether the person has chosen the course, and has not taken it back. */
export async function hasChosen(read: Reader, person: string, course: string): Promise<boolean> {
	const rows = await read
		.select({ id: assignments.id })
		.from(assignments)
		.where(chosen(person, course))
		.limit(1);
	return rows.length > 0;
}

const chosen = (person: string, course: string) =>
	and(
		eq(assignments.person, person),
		eq(assignments.course, course),
		eq(assignments.origin, 'choice'),
		isNull(assignments.endedOn)
	);
