import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { standings } from '#lib/completion/tables.server.ts';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import type { Outcome, ReminderKind } from './reminder.ts';
import { reminders } from './tables.server.ts';

const day = 24 * 60 * 60_000;

/** For so long a reminder stands on one's own pages, unless one puts it away. */
const daysShown = 30;

/** A reminder that somebody got, as their own pages show it. */
export interface OwnReminder {
	id: string;
	kind: ReminderKind;
	/** Null for a digest. */
	course: string | null;
	/** For the follow-up of a house. */
	workplace: string | null;
	/** The day it was sent or shown. */
	on: string;
}

const said: Outcome[] = ['sent', 'in-app', 'unknown', 'failed'];

/** Kinds that hold whether or not a course is asked of the person any more. */
const holdsAnyway: ReminderKind[] = ['digest', 'follow-up', 'to-all', 'by-hand'];

// Every page of a learner asks this: one condition, prepared, and the rest is sorted out below.
const remindersOf = (read: Reader) =>
	prepared(read, 'reminders_of', (handle) =>
		handle
			.select({
				id: reminders.id,
				kind: reminders.kind,
				course: reminders.course,
				workplace: reminders.workplace,
				dueAt: reminders.dueAt,
				madeAt: reminders.madeAt,
				outcome: reminders.outcome,
				seenOn: reminders.seenOn,
				dueOn: standings.dueOn
			})
			.from(reminders)
			.leftJoin(
				standings,
				and(eq(standings.person, reminders.person), eq(standings.course, reminders.course))
			)
			.where(eq(reminders.person, given('person')))
			.prepare('reminders_of')
	);

/** What somebody was reminded of lately and has not put away, as long as it still holds; newest first. */
export async function listOwnReminders(
	read: Reader,
	person: string,
	now: Date
): Promise<OwnReminder[]> {
	const since = now.getTime() - daysShown * day;
	const rows = (await remindersOf(read).execute({ person }))
		// Kind and outcome are only ever written as one of these.
		.map((row) => ({ ...row, kind: row.kind as ReminderKind, outcome: row.outcome as Outcome }))
		.filter(
			({ madeAt, outcome, seenOn, kind, dueOn }) =>
				madeAt.getTime() > since &&
				said.includes(outcome) &&
				seenOn === null &&
				(holdsAnyway.includes(kind) || dueOn !== null)
		)
		.toSorted((a, b) => b.madeAt.getTime() - a.madeAt.getTime() || (a.id < b.id ? 1 : -1));
	const seen = new Set<string>();
	return rows.flatMap(({ id, kind, course, workplace, dueAt }) => {
		// Of one course the newest is enough.
		const about = course && kind !== 'follow-up' ? course : kind;
		if (seen.has(about)) return [];
		seen.add(about);
		return [{ id, kind, course, workplace, on: dayOf(dueAt) }];
	});
}

/** Puts a reminder of one's own away; somebody else's, or none, is left as it is. */
export function putAway(app: App, actor: Actor, reminder: string): Promise<void> {
	return app.db.write(async (tx) => {
		const mine = and(eq(reminders.id, reminder), eq(reminders.person, actor.person));
		const [row] = await tx
			.select({ course: reminders.course, kind: reminders.kind })
			.from(reminders)
			.where(mine);
		if (!row) return;
		const seenOn = dayOf(app.now());
		await tx.update(reminders).set({ seenOn }).where(mine);
		// Those before it of the same course would come forward else.
		const same = row.course
			? eq(reminders.course, row.course)
			: and(isNull(reminders.course), eq(reminders.kind, row.kind));
		await tx
			.update(reminders)
			.set({ seenOn })
			.where(
				and(
					eq(reminders.person, actor.person),
					same,
					isNull(reminders.seenOn),
					inArray(reminders.outcome, said)
				)
			);
	});
}

/** Every reminder of somebody that is kept, for themselves; newest first. */
export async function listOwnHistory(
	read: Reader,
	person: string
): Promise<{ kind: ReminderKind; course: string | null; day: string; outcome: Outcome }[]> {
	const rows = await read
		.select({
			kind: reminders.kind,
			course: reminders.course,
			madeAt: reminders.madeAt,
			outcome: reminders.outcome
		})
		.from(reminders)
		.where(eq(reminders.person, person))
		.orderBy(desc(reminders.madeAt), desc(reminders.id));
	// Both are only ever written as one of these.
	return rows.map(({ madeAt, kind, outcome, course }) => ({
		kind: kind as ReminderKind,
		course,
		day: dayOf(madeAt),
		outcome: outcome as Outcome
	}));
}
