import { and, asc, eq, gte, isNull, or } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { addDays, dayOf } from '#lib/time.ts';
import { authoriseExcusing, judgeSpan, type DayFault } from './excusing.server.ts';
import { settle } from './settle.server.ts';
import { waivers } from './tables.server.ts';
import type { WaiverReason } from './waiver.ts';

/** Days on which somebody need not take a course. */
export interface Waiver {
	id: string;
	course: string;
	reason: WaiverReason;
	fromDay: string;
	/** The last day; null while it is not known. */
	untilDay: string | null;
}

/**
 * Waives a course for somebody, from a day to another or until further notice; `id` is made by who asks,
 * so that asking twice waives it once.
 *
 * @throws {DomainError} as `authoriseExcusing`, and `invalid` for a course that is not taught.
 */
export async function noteWaiver(
	app: App,
	actor: Actor,
	person: string,
	waiver: Waiver
): Promise<{ fault: DayFault | null }> {
	await authoriseExcusing(app, actor, person);
	const { catalogue } = app.library;
	if (!catalogue.course(waiver.course)) throw new DomainError('invalid', 'course');
	const today = dayOf(app.now());
	const fault = judgeSpan(today, waiver.fromDay, waiver.untilDay);
	if (fault) return { fault };
	await app.db.write(async (tx) => {
		const isNew = await insertWaiver(tx, {
			...waiver,
			person,
			madeBy: actor.person,
			madeOn: today
		});
		if (!isNew) return;
		const { course, reason } = waiver;
		const detail = { course, reason };
		await writeAudit(tx, app.now(), { event: 'person.waived', actor, subject: person, detail });
		await settle(tx, catalogue, [person], today);
	});
	return { fault: null };
}

/** Writes a waiver once, for whoever has been let pass; true when it was not there before. */
export async function insertWaiver(
	tx: Writer,
	waiver: Waiver & { person: string; madeBy: string | null; madeOn: string }
): Promise<boolean> {
	const noted = await tx
		.insert(waivers)
		.values(waiver)
		.onConflictDoNothing()
		.returning({ id: waivers.id });
	return noted.length > 0;
}

/**
 * Ends a waiver: yesterday was its last day. It is never deleted; one that was to begin today or later
 * ends before it began. Ending what has ended is success.
 *
 * @throws {DomainError} as `authoriseExcusing`.
 */
export async function endWaiver(
	app: App,
	actor: Actor,
	person: string,
	waiver: string
): Promise<void> {
	await authoriseExcusing(app, actor, person);
	await app.db.write(async (tx) => {
		const today = dayOf(app.now());
		const untilDay = addDays(today, -1);
		const [ended] = await tx
			.update(waivers)
			.set({ untilDay })
			.where(
				and(
					eq(waivers.id, waiver),
					eq(waivers.person, person),
					or(isNull(waivers.untilDay), gte(waivers.untilDay, today))
				)
			)
			.returning({ course: waivers.course });
		if (!ended) return;
		const detail = { course: ended.course, ended: true };
		await writeAudit(tx, app.now(), { event: 'person.waived', actor, subject: person, detail });
		await settle(tx, app.library.catalogue, [person], today);
	});
}

/** The waivers of a person that hold on a day or later, the soonest first. */
export async function listWaivers(read: Reader, person: string, day: string): Promise<Waiver[]> {
	const rows = await read
		.select({
			id: waivers.id,
			course: waivers.course,
			reason: waivers.reason,
			fromDay: waivers.fromDay,
			untilDay: waivers.untilDay
		})
		.from(waivers)
		.where(
			and(eq(waivers.person, person), or(isNull(waivers.untilDay), gte(waivers.untilDay, day)))
		)
		.orderBy(asc(waivers.fromDay), asc(waivers.id));
	return rows as Waiver[]; // only ever written above
}
