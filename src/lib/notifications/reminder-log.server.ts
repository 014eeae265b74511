import { and, desc, eq, gte, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { people } from '#lib/identity/tables.server.ts';
import { dayOf, startOfDay } from '#lib/time.ts';
import { memberships, workplaceReach } from '#lib/workplaces/tables.server.ts';
import { findPlace } from '#lib/workplaces/tree.server.ts';
import { findViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import type { Viewing } from '#lib/workplaces/view-policy.ts';
import type { Outcome, ReminderKind } from './reminder.ts';
import { reminders } from './tables.server.ts';

/** The newest ones; older ones are told of by nobody's need. */
const most = 200;

/** One reminder to one person. */
export interface SentToOne {
	id: string;
	name: string;
	kind: ReminderKind;
	course: string | null;
	day: string;
	outcome: Outcome;
}

/** A reminder to everybody of a house. */
export interface SentToAll {
	course: string | null;
	day: string;
}

export interface ReminderLog {
	workplace: { id: string; name: string };
	shows: Viewing;
	/** Nobody where only counts are shown: that somebody was reminded would tell where they stand. */
	toOne: readonly SentToOne[];
	toAll: readonly SentToAll[];
}

const toStaff: ReminderKind[] = ['due', 'late', 'refresher', 'by-hand'];

/**
 * What was sent to the people of a workplace and below it, newest first.
 *
 * @throws {DomainError} `forbidden` to who leads nothing, `not-found` for a workplace out of reach.
 */
export async function readReminderLog(
	app: App,
	actor: Actor,
	workplace: string
): Promise<ReminderLog> {
	const { read } = app.db;
	const place = await findPlace(read, workplace);
	authorise(actor, 'team.read', place);
	const { shows, since } = await findViewPolicy(read, actor.organisation, dayOf(app.now()));
	const all = await read
		.selectDistinct({ course: reminders.course, madeAt: reminders.madeAt })
		.from(reminders)
		.where(and(eq(reminders.workplace, workplace), eq(reminders.kind, 'to-all')))
		.orderBy(desc(reminders.madeAt))
		.limit(most);
	const here = read
		.select({ person: memberships.person })
		.from(workplaceReach)
		.innerJoin(memberships, eq(memberships.workplace, workplaceReach.below))
		.where(eq(workplaceReach.above, workplace));
	const rows =
		shows === 'counts'
			? []
			: await read
					.select({
						id: reminders.id,
						name: people.name,
						kind: reminders.kind,
						course: reminders.course,
						madeAt: reminders.madeAt,
						outcome: reminders.outcome
					})
					.from(reminders)
					.innerJoin(people, eq(people.id, reminders.person))
					.where(
						and(
							inArray(reminders.person, here),
							inArray(reminders.kind, toStaff),
							since ? gte(reminders.madeAt, startOfDay(since)) : undefined
						)
					)
					.orderBy(desc(reminders.madeAt), desc(reminders.id))
					.limit(most);
	return {
		workplace: { id: workplace, name: place?.workplace.name ?? '' },
		shows,
		toAll: all.map(({ course, madeAt }) => ({ course, day: dayOf(madeAt) })),
		// Both are only ever written as one of these.
		toOne: rows.map(({ madeAt, kind, outcome, ...row }) => ({
			...row,
			day: dayOf(madeAt),
			kind: kind as ReminderKind,
			outcome: outcome as Outcome
		}))
	};
}
