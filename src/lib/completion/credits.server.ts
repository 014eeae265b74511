import { desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { insertCourseCompletion } from './completions.server.ts';
import type { Organiser } from './credit.ts';
import { listOwnStandings } from './cycles.server.ts';
import { authoriseExcusing, judgePast, type DayFault } from './excusing.server.ts';
import { settle } from './settle.server.ts';
import { credits } from './tables.server.ts';

/** Earlier training that counts as a course. */
export interface Credit {
	id: string;
	course: string;
	organiser: Organiser;
	/** When the training was. */
	day: string;
}

/**
 * Counts earlier training as a course: writes the credit and, where the cycle that the person is in is
 * not completed, that it is, on the day of the training. Whether it was completed already is not told,
 * as who decides may not be one who may see it. `id` is made by who asks, so that asking twice is asking
 * once.
 *
 * @throws {DomainError} as `authoriseExcusing`, and `invalid` for a course that is not taught.
 */
export async function grantCredit(
	app: App,
	actor: Actor,
	person: string,
	{ id, course: slug, organiser, day }: Credit
): Promise<{ fault: DayFault | null }> {
	await authoriseExcusing(app, actor, person);
	const { catalogue } = app.library;
	const course = catalogue.course(slug);
	if (!course) throw new DomainError('invalid', 'course');
	const today = dayOf(app.now());
	const fault = judgePast(today, day);
	if (fault) return { fault };
	await app.db.write(async (tx) => {
		// The cycle is that of today, whatever has waited.
		await settle(tx, catalogue, [person], today);
		const standing = (await listOwnStandings(tx, person)).get(slug);
		const cycle = standing?.cycle ?? 1;
		const row = { id, person, course: slug, cycle, organiser, day };
		if (!(await insertCredit(tx, { ...row, madeBy: actor.person, madeOn: today }))) return;
		// Training from before the last completion renews nothing.
		if (!standing?.completedOn || day > standing.completedOn)
			await insertCourseCompletion(tx, {
				person,
				course: slug,
				cycle,
				version: course.version,
				day,
				source: 'credited',
				by: 'course'
			});
		const detail = { course: slug, organiser };
		await writeAudit(tx, app.now(), { event: 'person.credited', actor, subject: person, detail });
		await settle(tx, catalogue, [person], today);
	});
	return { fault: null };
}

/** Writes a credit once, for whoever has been let pass; true when it was not there before. */
export async function insertCredit(
	tx: Writer,
	credit: Credit & { person: string; cycle: number; madeBy: string | null; madeOn: string }
): Promise<boolean> {
	const granted = await tx
		.insert(credits)
		.values(credit)
		.onConflictDoNothing()
		.returning({ id: credits.id });
	return granted.length > 0;
}

/** What has been credited to a person, the newest first. */
export async function listCredits(read: Reader, person: string): Promise<Credit[]> {
	const rows = await read
		.select({
			id: credits.id,
			course: credits.course,
			organiser: credits.organiser,
			day: credits.day
		})
		.from(credits)
		.where(eq(credits.person, person))
		.orderBy(desc(credits.day), desc(credits.id));
	return rows as Credit[]; // only ever written above
}
