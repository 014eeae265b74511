import { and, asc, eq, gt, gte, inArray, isNull, lte, notInArray } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { readPublishedCounts } from '#lib/completion/published.server.ts';
import { settleAll } from '#lib/completion/stale.server.ts';
import { standings, tallyMonths } from '#lib/completion/tables.server.ts';
import { newId } from '#lib/id.ts';
import { listRetentionChoices } from '#lib/identity/sweep.server.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { addDays, addMonths, dayOf } from '#lib/time.ts';
import { memberships } from '#lib/workplaces/tables.server.ts';
import { findViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import type { ViewPolicy } from '#lib/workplaces/view-policy.ts';
import { nextOpenMoment } from './reminder.ts';
import { reminders } from './tables.server.ts';
import { readUnits, type Units } from './units.server.ts';

/** How far ahead a leader is told of due dates. */
const weeksAhead = 4;

/** Months after a house has learnt: commitment fades at about six (Unick 2019), so that a month is left. */
const monthsAfter = 5;

const day = 24 * 60 * 60_000;

/**
 * Notes, once a week, what leaders are to be told: who of their unit is due in the next weeks, where they
 * see names, and that a house learnt some months ago. Where leaders see counts only there is no digest at
 * all: that one comes would itself tell that somebody is due. Returns how many were noted.
 */
export async function makeDigests(app: App): Promise<number> {
	await settleAll(app);
	let made = 0;
	for (const { organisation } of await listRetentionChoices(app.db.read)) {
		const today = dayOf(app.now());
		const policy = await findViewPolicy(app.db.read, organisation, today);
		const units = await readUnits(app.db.read, organisation);
		if (units.led.size === 0) continue;
		if (policy.shows === 'names') made += await noteDigests(app, units, policy);
		made += await noteFollowUps(app, units, policy);
	}
	return made;
}

async function noteDigests(app: App, units: Units, policy: ViewPolicy): Promise<number> {
	const now = app.now();
	const due = await listDue(app.db.read, [...units.nearest.keys()], policy, dayOf(now));
	const leaders = new Set(
		due.flatMap(({ person, workplace }) =>
			(units.nearest.get(workplace) ?? []).filter((leader) => leader !== person)
		)
	);
	if (leaders.size === 0) return 0;
	return app.db.write(async (tx) => {
		// Six days and not seven: what was late last week does not push this week's further.
		const rows = await tx
			.select({ person: reminders.person })
			.from(reminders)
			.where(
				and(
					inArray(reminders.person, [...leaders]),
					eq(reminders.kind, 'digest'),
					gt(reminders.madeAt, new Date(now.getTime() - 6 * day))
				)
			);
		const told = new Set(rows.map(({ person }) => person));
		const wanted = [...leaders].filter((leader) => !told.has(leader));
		for (const person of wanted)
			await tx
				.insert(reminders)
				.values({
					id: newId(),
					person,
					kind: 'digest',
					occasion: `digest ${person} ${mondayOf(dayOf(now))}`,
					madeAt: now,
					dueAt: nextOpenMoment(now),
					outcome: 'waiting'
				})
				.onConflictDoNothing();
		return wanted.length;
	});
}

/** The Monday of the week that a day lies in. */
function mondayOf(of: string): string {
	const weekday = new Date(`${of}T12:00:00Z`).getUTCDay();
	return addDays(of, -((weekday + 6) % 7));
}

/** Somebody who is due soon, or late, with the workplace they belong to. */
export interface Due {
	person: string;
	name: string;
	course: string;
	dueOn: string;
	workplace: string;
}

/** Who of these workplaces is due in the next weeks or late, the earliest first; of who may be named. */
export async function listDue(
	read: Reader,
	workplaces: readonly string[],
	{ shows, since }: ViewPolicy,
	today: string
): Promise<Due[]> {
	if (shows !== 'names' || workplaces.length === 0) return [];
	const wanted = new Set(workplaces);
	const rows = await read
		.select({
			person: people.id,
			name: people.name,
			course: standings.course,
			dueOn: standings.dueOn,
			completedOn: standings.completedOn,
			workplace: memberships.workplace
		})
		.from(standings)
		.innerJoin(people, eq(people.id, standings.person))
		.innerJoin(memberships, eq(memberships.person, standings.person))
		.where(
			and(
				gte(standings.dueOn, ''),
				lte(standings.dueOn, addDays(today, weeksAhead * 7)),
				eq(standings.isAsked, true),
				notInArray(standings.state, ['away', 'waived']),
				isNull(people.closedOn),
				// Of the houses of one unit at a time; of a whole organisation more than a condition may list.
				workplaces.length <= 100 ? inArray(memberships.workplace, [...workplaces]) : undefined
			)
		)
		.orderBy(asc(standings.dueOn), asc(people.id));
	return rows.flatMap(({ completedOn, dueOn, ...row }) => {
		// What was completed before names were shown is not told with a name, nor that it is to be renewed.
		const isBefore = since !== null && completedOn !== null && completedOn < since;
		if (isBefore || dueOn === null || !wanted.has(row.workplace)) return [];
		return [{ ...row, dueOn }];
	});
}

/** What a workplace has reached in a course in a month. */
interface Reached {
	workplace: string;
	course: string;
	month: string;
	valid: number;
	total: number;
}

async function listMonths(read: Reader, until: string): Promise<Reached[]> {
	return read
		.select({
			workplace: tallyMonths.workplace,
			course: tallyMonths.course,
			month: tallyMonths.month,
			valid: tallyMonths.valid,
			total: tallyMonths.total
		})
		.from(tallyMonths)
		.where(lte(tallyMonths.month, until));
}

/** The same where leaders see counts only: from what is published, so that a note tells nothing more. */
async function listPublishedMonths(
	app: App,
	workplaces: readonly string[],
	until: string
): Promise<Reached[]> {
	const found: Reached[] = [];
	for (const { slug: course } of app.library.catalogue.courses)
		for (const [workplace, { months }] of await readPublishedCounts(
			app.db.read,
			workplaces,
			course
		))
			for (const [month, counts] of Object.entries(months))
				if (month <= until) found.push({ workplace, course, month, ...counts });
	return found;
}

/** Notes that a unit learnt some months ago: the month in which half of it had completed a course. */
async function noteFollowUps(app: App, { led }: Units, policy: ViewPolicy): Promise<number> {
	const now = app.now();
	const month = addMonths(dayOf(now), -monthsAfter).slice(0, 7);
	const rows =
		policy.shows === 'counts'
			? await listPublishedMonths(app, [...led.keys()], month)
			: await listMonths(app.db.read, month);
	const firsts = new Map<string, Reached>();
	for (const row of rows) {
		if (!led.has(row.workplace) || row.valid * 2 < row.total || row.total === 0) continue;
		const key = `${row.workplace} ${row.course}`;
		const known = firsts.get(key);
		if (!known || row.month < known.month) firsts.set(key, row);
	}
	const wanted = [...firsts.values()]
		.filter((first) => first.month === month)
		.flatMap(({ workplace, course }) =>
			(led.get(workplace) ?? []).map((person) => ({ workplace, course, person }))
		);
	if (wanted.length === 0) return 0;
	await app.db.write(async (tx) => {
		for (const one of wanted)
			await tx
				.insert(reminders)
				.values({
					...one,
					id: newId(),
					kind: 'follow-up',
					occasion: `follow-up ${one.workplace} ${one.course} ${one.person}`,
					madeAt: now,
					dueAt: nextOpenMoment(now),
					outcome: 'waiting'
				})
				.onConflictDoNothing();
	});
	return wanted.length;
}
