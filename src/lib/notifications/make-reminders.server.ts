import { and, asc, eq, gt, gte, inArray, isNull, or } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import type { By } from '#lib/completion/renewal.ts';
import { settleAll } from '#lib/completion/stale.server.ts';
import type { State } from '#lib/completion/state.ts';
import { assignments, standings } from '#lib/completion/tables.server.ts';
import { newId } from '#lib/id.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { daysBetween, findOccasion, nextOpenMoment, type Open } from './reminder.ts';
import { reminders } from './tables.server.ts';

/** How many standings are looked at in one go, so that others write in between. */
const atATime = 200;

const day = 24 * 60 * 60_000;

interface Standing extends Open {
	person: string;
	course: string;
}

/**
 * Notes what people are to be told of what is asked of them: once for each occasion, whoever runs this
 * and however often. What was noted is sent by `sendReminders`. Returns how many were noted.
 */
export async function makeReminders(app: App): Promise<number> {
	await settleAll(app);
	const today = dayOf(app.now());
	let made = 0;
	let last: Standing | null = null;
	for (;;) {
		const some: Standing[] = await listOpen(app.db.read, last);
		last = some.at(-1) ?? null;
		if (!last) return made;
		const wanted = some.flatMap((standing) => {
			const found = findOccasion(standing, today);
			return found ? [{ ...found, person: standing.person, course: standing.course }] : [];
		});
		if (await hasNews(app.db.read, wanted)) made += await note(app, wanted);
	}
}

type Wanted = ReturnType<typeof findOccasion> & { person: string; course: string };

/** Whether anything has not been said yet; asked before the writer is bothered. */
async function hasNews(read: Reader, wanted: readonly Wanted[]): Promise<boolean> {
	return (await listSaid(read, wanted)).size < wanted.length;
}

async function listSaid(read: Reader, wanted: readonly Wanted[]): Promise<ReadonlySet<string>> {
	if (wanted.length === 0) return new Set();
	const rows = await read
		.select({ occasion: reminders.occasion })
		.from(reminders)
		.where(
			inArray(
				reminders.occasion,
				wanted.map(({ occasion }) => occasion)
			)
		);
	return new Set(rows.map(({ occasion }) => occasion));
}

/** Writes what has not been said, but nothing to who was reminded of that course within a week. */
function note(app: App, wanted: readonly Wanted[]): Promise<number> {
	const now = app.now();
	return app.db.write(async (tx) => {
		const said = await listSaid(tx, wanted);
		const news = wanted.filter(({ occasion }) => !said.has(occasion));
		const recent = await listRecent(
			tx,
			news.map(({ person }) => person),
			now
		);
		const rows = news.filter(({ person, course }) => !recent.has(`${person} ${course}`));
		for (const { kind, occasion, person, course } of rows)
			await tx
				.insert(reminders)
				.values({
					id: newId(),
					person,
					kind,
					course,
					occasion,
					madeAt: now,
					dueAt: nextOpenMoment(now),
					outcome: 'waiting'
				})
				.onConflictDoNothing();
		return rows.length;
	});
}

/** Who was reminded of which course within the last week, as `person course`. */
export async function listRecent(
	read: Reader,
	some: readonly string[],
	now: Date
): Promise<ReadonlySet<string>> {
	if (some.length === 0) return new Set();
	const rows = await read
		.select({ person: reminders.person, course: reminders.course })
		.from(reminders)
		.where(
			and(
				inArray(reminders.person, [...new Set(some)]),
				gt(reminders.madeAt, new Date(now.getTime() - daysBetween * day))
			)
		);
	return new Set(rows.map(({ person, course }) => `${person} ${course}`));
}

/** What is open and asked by a rule, in the order of its due date, after the one given. */
async function listOpen(read: Reader, last: Standing | null): Promise<Standing[]> {
	const rows = await read
		.select({
			person: standings.person,
			course: standings.course,
			state: standings.state,
			cycle: standings.cycle,
			by: standings.by,
			dueOn: standings.dueOn,
			assignment: assignments.id
		})
		.from(standings)
		.innerJoin(
			assignments,
			and(
				eq(assignments.person, standings.person),
				eq(assignments.course, standings.course),
				eq(assignments.cycle, standings.cycle),
				eq(assignments.origin, 'rule'),
				isNull(assignments.endedOn)
			)
		)
		.innerJoin(people, eq(people.id, standings.person))
		.where(
			and(
				gte(standings.dueOn, last?.dueOn ?? ''),
				eq(standings.isAsked, true),
				isNull(people.closedOn),
				last
					? or(
							gt(standings.dueOn, last.dueOn),
							gt(standings.person, last.person),
							and(eq(standings.person, last.person), gt(standings.course, last.course))
						)
					: undefined
			)
		)
		.orderBy(asc(standings.dueOn), asc(standings.person), asc(standings.course))
		.limit(atATime);
	// A due date is asked for above; the others are only ever written as these.
	return rows.map((row) => ({
		...row,
		state: row.state as State,
		by: row.by as By,
		dueOn: row.dueOn ?? ''
	}));
}
