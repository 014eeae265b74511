import { and, desc, eq, gt, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { standings } from '#lib/completion/tables.server.ts';
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

/** What somebody was reminded of lately and has not put away, as long as it still holds; newest first. */
export async function listOwnReminders(
	read: Reader,
	person: string,
	now: Date
): Promise<OwnReminder[]> {
	const rows = await read
		.select({
			id: reminders.id,
			kind: reminders.kind,
			course: reminders.course,
			workplace: reminders.workplace,
			dueAt: reminders.dueAt
		})
		.from(reminders)
		.leftJoin(
			standings,
			and(eq(standings.person, reminders.person), eq(standings.course, reminders.course))
		)
		.where(
			and(
				eq(reminders.person, person),
				gt(reminders.madeAt, new Date(now.getTime() - daysShown * day)),
				inArray(reminders.outcome, said),
				isNull(reminders.seenOn),
				or(
					inArray(reminders.kind, ['digest', 'follow-up', 'to-all', 'by-hand'] as ReminderKind[]),
					isNotNull(standings.dueOn)
				)
			)
		)
		.orderBy(desc(reminders.madeAt), desc(reminders.id));
	const seen = new Set<string>();
	return rows.flatMap(({ dueAt, ...row }) => {
		// Of one course the newest is enough.
		const about = row.course && row.kind !== 'follow-up' ? row.course : row.kind;
		if (seen.has(about)) return [];
		seen.add(about);
		return [{ ...row, kind: row.kind as ReminderKind, on: dayOf(dueAt) }]; // only ever written as one
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
