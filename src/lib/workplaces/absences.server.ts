import { and, asc, eq, gte, isNull, or } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { addDays, dayOf, isDay } from '#lib/time.ts';
import { findPersonPlace } from './places.server.ts';
import { absences } from './tables.server.ts';

/** Days on which a person is away. Why is kept nowhere. */
export interface Absence {
	id: string;
	fromDay: string;
	/** The last day; null while it is not known. */
	untilDay: string | null;
}

export type AbsenceFault = 'day-shape' | 'ends-before' | 'too-far';

/**
 * Notes that a person is away from a day to another, or until further notice; `id` is made by who asks,
 * so that asking twice notes it once.
 *
 * @throws {DomainError} `forbidden` to who may note it of nobody, `not-found` for a person out of reach,
 * `conflict` for one who has left.
 */
export async function noteAbsence(
	app: App,
	actor: Actor,
	person: string,
	{ id, fromDay, untilDay }: Absence
): Promise<{ fault: AbsenceFault | null }> {
	const place = await findPersonPlace(app.db.read, person);
	authorise(actor, 'people.add', place);
	if (place?.closedOn) throw new DomainError('conflict', 'has-left');
	const fault = findFault(dayOf(app.now()), fromDay, untilDay);
	if (fault) return { fault };
	await app.db.write(async (tx) => {
		if (!(await insertAbsence(tx, { id, person, fromDay, untilDay }))) return;
		await writeAudit(tx, app.now(), { event: 'person.away', actor, subject: person });
	});
	return { fault: null };
}

/** Writes an absence once, for whoever has been let pass; true when it was not there before. */
export async function insertAbsence(
	tx: Writer,
	absence: Absence & { person: string }
): Promise<boolean> {
	const noted = await tx
		.insert(absences)
		.values(absence)
		.onConflictDoNothing()
		.returning({ id: absences.id });
	return noted.length > 0;
}

/** Days that people plan for lie within some years of today. */
const farthest = 5 * 366;

function findFault(today: string, fromDay: string, untilDay: string | null): AbsenceFault | null {
	if (!isDay(fromDay) || (untilDay !== null && !isDay(untilDay))) return 'day-shape';
	if (untilDay !== null && untilDay < fromDay) return 'ends-before';
	const bounds = [addDays(today, -farthest), addDays(today, farthest)] as const;
	const isNear = (day: string) => day >= bounds[0] && day <= bounds[1];
	return isNear(fromDay) && (untilDay === null || isNear(untilDay)) ? null : 'too-far';
}

/**
 * Strikes out that a person is away; striking out what is gone is success.
 *
 * @throws {DomainError} `forbidden` to who may note it of nobody, `not-found` for a person out of reach.
 */
export async function strikeAbsence(
	app: App,
	actor: Actor,
	person: string,
	absence: string
): Promise<void> {
	authorise(actor, 'people.add', await findPersonPlace(app.db.read, person));
	await app.db.write(async (tx) => {
		const struck = await tx
			.delete(absences)
			.where(and(eq(absences.id, absence), eq(absences.person, person)))
			.returning({ id: absences.id });
		if (struck.length === 0) return;
		const detail = { struck: true };
		await writeAudit(tx, app.now(), { event: 'person.away', actor, subject: person, detail });
	});
}

/** When a person is away on a day or later, the soonest first. */
export async function listAbsences(read: Reader, person: string, day: string): Promise<Absence[]> {
	return read
		.select({ id: absences.id, fromDay: absences.fromDay, untilDay: absences.untilDay })
		.from(absences)
		.where(
			and(eq(absences.person, person), or(isNull(absences.untilDay), gte(absences.untilDay, day)))
		)
		.orderBy(asc(absences.fromDay), asc(absences.id));
}
