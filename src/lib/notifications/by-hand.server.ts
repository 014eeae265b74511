import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { settleForPage } from '#lib/completion/stale.server.ts';
import type { State } from '#lib/completion/state.ts';
import { standings } from '#lib/completion/tables.server.ts';
import type { Course } from '#lib/content/course.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { organisations, people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { absences, memberships, workplaceReach } from '#lib/workplaces/tables.server.ts';
import { findPlace } from '#lib/workplaces/tree.server.ts';
import { findViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import type { Viewing } from '#lib/workplaces/view-policy.ts';
import { listRecent } from './make-reminders.server.ts';
import { daysBetween, nextOpenMoment } from './reminder.ts';
import { writeCourseReminder, type Cause, type Words } from './reminder-text.server.ts';
import { reminders } from './tables.server.ts';

/** More people than these are reminded house by house. */
const most = 300;

const day = 24 * 60 * 60_000;

/** Whom a leader wants to remind of what. */
export interface Wish {
	workplace: string;
	course: string;
	/** Everybody who works there, or some of them by id. */
	to: 'all' | readonly string[];
}

/** Somebody whom a leader may choose. */
export interface Candidate {
	person: string;
	name: string;
	state: State;
	dueOn: string | null;
	/** True where they were reminded of the course within a week. */
	isRecent: boolean;
}

/** What a leader may send, and to whom. */
export interface ByHand {
	workplace: { id: string; name: string };
	shows: Viewing;
	/** How many people work here and below. */
	people: number;
	/** True where they are too many to be reminded at once. */
	isTooMany: boolean;
	/** Those who may be reminded by name; nobody where only counts are shown. */
	candidates: readonly Candidate[];
	/** True where all of the house were reminded of the course within a week. */
	isAllRecent: boolean;
}

interface Member extends Candidate {
	locale: 'da' | 'en';
	by: string | null;
	isAway: boolean;
}

/** What will be sent, word by word, and to how many. */
export interface Preview extends Words {
	count: number;
	locale: 'da' | 'en';
}

/**
 * What a leader may send to the people of a workplace.
 *
 * @throws {DomainError} `forbidden` to who leads nothing, `not-found` for a workplace out of reach.
 */
export async function readByHand(
	app: App,
	actor: Actor,
	{ workplace, course }: Omit<Wish, 'to'>
): Promise<ByHand> {
	const { place, shows, members, isAllRecent } = await readHouse(app, actor, workplace, course);
	return {
		workplace: place,
		shows,
		people: members.length,
		isTooMany: members.length > most,
		candidates: members.length > most ? [] : listCandidates(shows, members),
		isAllRecent
	};
}

/** Who may be aimed at: nobody where only counts are shown, for the aim would tell of where they stand. */
function listCandidates(shows: Viewing, members: readonly Member[]): Candidate[] {
	if (shows === 'counts') return [];
	return members
		.filter(({ isAway, state }) => !isAway && !['waived', 'completed'].includes(state))
		.map(({ person, name, state, dueOn, isRecent }) => ({ person, name, state, dueOn, isRecent }));
}

/**
 * The mails as they will be sent, alike ones together, with how many get each.
 *
 * @throws {DomainError} as {@link sendByHand}.
 */
export async function previewByHand(app: App, actor: Actor, wish: Wish): Promise<Preview[]> {
	const { chosen, course, shows, place } = await choose(app, actor, wish);
	const alike = Map.groupBy(chosen, ({ locale, dueOn, by }) =>
		wish.to === 'all' ? locale : `${locale} ${dueOn} ${by}`
	);
	return [...alike.values()].flatMap((group) => {
		const [first] = group;
		if (!first) return [];
		const words = compose(
			app,
			actor,
			{ course, shows, place: place.name, wish },
			first,
			group.length
		);
		return [{ ...words, count: group.length, locale: first.locale }];
	});
}

function compose(
	app: App,
	actor: Actor,
	about: { course: Course; shows: Viewing; place: string; wish: Wish },
	member: Member,
	count: number
): Words {
	const { course, shows, place, wish } = about;
	const isToAll = wish.to === 'all';
	const cause: Cause = isToAll
		? { kind: 'to-all', leader: actor.name, workplace: place }
		: { kind: 'by-hand', leader: actor.name };
	return writeCourseReminder(cause, {
		locale: member.locale,
		// Each mail has a name of its own, and an address of its own for stopping.
		name: count === 1 && !isToAll ? member.name : '…',
		course,
		isRefresher: !isToAll && member.by === 'refresher',
		dueOn: isToAll ? null : member.dueOn,
		shows,
		link: `${app.origin}/learn/${course.slug}`,
		stop: `${app.origin}/reminders/…`
	});
}

/**
 * Sends a reminder by hand: noted now, and out in the next open hour. Nobody is reminded of a course more
 * than once a week, and where only counts are shown only all of a house. Returns how many were noted.
 *
 * @throws {DomainError} `forbidden` to who leads nothing and for some by name where only counts are shown,
 * `not-found` for a workplace, a course or a person out of reach, `conflict` where there is nobody left to
 * be reminded this week.
 */
export async function sendByHand(app: App, actor: Actor, wish: Wish): Promise<number> {
	const { chosen, course } = await choose(app, actor, wish);
	const now = app.now();
	const kind = wish.to === 'all' ? 'to-all' : 'by-hand';
	return app.db.write(async (tx) => {
		// Asked once more within what is written: somebody else may have sent meanwhile.
		if (wish.to === 'all' && (await isAllRecent(tx, wish, now)))
			throw new DomainError('conflict', 'reminded-this-week');
		const ids = chosen.map(({ person }) => person);
		const recent = wish.to === 'all' ? new Set<string>() : await listRecent(tx, ids, now);
		const rows = chosen.filter(({ person }) => !recent.has(`${person} ${course.slug}`));
		if (rows.length === 0) throw new DomainError('conflict', 'reminded-this-week');
		for (const { person } of rows)
			await tx
				.insert(reminders)
				.values({
					id: newId(),
					person,
					kind,
					course: course.slug,
					workplace: wish.workplace,
					occasion: `${kind} ${course.slug} ${person} ${dayOf(now)}`,
					madeAt: now,
					dueAt: nextOpenMoment(now),
					outcome: 'waiting',
					madeBy: actor.person
				})
				.onConflictDoNothing();
		await writeAudit(tx, now, {
			event: 'reminder.sent',
			actor,
			workplace: wish.workplace,
			detail: { course: course.slug, count: rows.length }
		});
		return rows.length;
	});
}

async function choose(app: App, actor: Actor, { workplace, course: slug, to }: Wish) {
	const house = await readHouse(app, actor, workplace, slug);
	const { members, shows, isAllRecent: isDone } = house;
	const course = app.library.catalogue.course(slug);
	if (!course) throw new DomainError('not-found', 'course');
	if (members.length > most) throw new DomainError('conflict', 'too-many');
	if (to === 'all') {
		if (isDone || members.length === 0) throw new DomainError('conflict', 'reminded-this-week');
		return { ...house, course, chosen: members };
	}
	if (shows === 'counts') throw new DomainError('forbidden', 'counts-only');
	const candidates = new Map(
		listCandidates(shows, members).map((candidate) => [candidate.person, candidate])
	);
	const known = new Set(members.map(({ person }) => person));
	if (to.some((person) => !known.has(person))) throw new DomainError('not-found', 'person');
	const chosen = members.filter(
		({ person, isRecent }) => to.includes(person) && candidates.has(person) && !isRecent
	);
	if (chosen.length === 0) throw new DomainError('conflict', 'reminded-this-week');
	return { ...house, course, chosen };
}

const byDanishName = new Intl.Collator('da');

async function readHouse(app: App, actor: Actor, workplace: string, course: string) {
	const place = await findPlace(app.db.read, workplace);
	authorise(actor, 'team.read', place);
	if (!app.library.catalogue.course(course)) throw new DomainError('not-found', 'course');
	await settleForPage(app);
	const now = app.now();
	const { shows, since } = await findViewPolicy(app.db.read, actor.organisation, dayOf(now));
	return {
		place: { id: workplace, name: place?.workplace.name ?? '' },
		shows,
		members: await listMembers(app.db.read, { workplace, course, now, since }),
		isAllRecent: await isAllRecent(app.db.read, { workplace, course }, now)
	};
}

async function listMembers(
	read: Reader,
	{
		workplace,
		course,
		now,
		since
	}: { workplace: string; course: string; now: Date; since: string | null }
): Promise<Member[]> {
	const below = read
		.select({ id: workplaceReach.below })
		.from(workplaceReach)
		.where(eq(workplaceReach.above, workplace));
	const rows = await read
		.selectDistinct({
			person: people.id,
			name: people.name,
			locale: people.locale,
			organisationLocale: organisations.locale,
			state: standings.state,
			by: standings.by,
			dueOn: standings.dueOn,
			completedOn: standings.completedOn
		})
		.from(memberships)
		.innerJoin(people, eq(people.id, memberships.person))
		.innerJoin(organisations, eq(organisations.id, people.organisation))
		.leftJoin(standings, and(eq(standings.person, people.id), eq(standings.course, course)))
		.where(and(inArray(memberships.workplace, below), isNull(people.closedOn)))
		.orderBy(asc(people.id))
		.limit(most + 1);
	if (rows.length > most) return rows.map((row) => ({ ...blank, person: row.person }));
	const ids = rows.map(({ person }) => person);
	const recent = await listRecent(read, ids, now);
	const away = await listAway(read, ids, dayOf(now));
	return rows
		.map(({ completedOn, locale, organisationLocale, ...row }) => {
			// What was completed before names were shown is not shown with a name.
			const isHidden = since !== null && completedOn !== null && completedOn < since;
			return {
				...row,
				locale: (locale ?? organisationLocale) === 'en' ? ('en' as const) : ('da' as const),
				by: isHidden ? null : row.by,
				state: isHidden ? 'not-started' : ((row.state ?? 'not-started') as State), // only written as one
				dueOn: isHidden ? null : row.dueOn,
				isAway: away.has(row.person),
				isRecent: recent.has(`${row.person} ${course}`)
			};
		})
		.sort((a, b) => byDanishName.compare(a.name, b.name));
}

const blank: Omit<Member, 'person'> = {
	name: '',
	state: 'not-started',
	dueOn: null,
	isRecent: false,
	locale: 'da',
	by: null,
	isAway: false
};

async function listAway(
	read: Reader,
	some: readonly string[],
	today: string
): Promise<ReadonlySet<string>> {
	if (some.length === 0) return new Set();
	const rows = await read
		.select({ person: absences.person, from: absences.fromDay, until: absences.untilDay })
		.from(absences)
		.where(inArray(absences.person, [...some]));
	return new Set(
		rows.flatMap(({ person, from, until }) =>
			from <= today && (until === null || until >= today) ? [person] : []
		)
	);
}

async function isAllRecent(
	read: Reader,
	{ workplace, course }: { workplace: string; course: string },
	now: Date
): Promise<boolean> {
	const [row] = await read
		.select({ id: reminders.id })
		.from(reminders)
		.where(
			and(
				eq(reminders.workplace, workplace),
				eq(reminders.course, course),
				eq(reminders.kind, 'to-all'),
				gt(reminders.madeAt, new Date(now.getTime() - daysBetween * day))
			)
		)
		.limit(1);
	return row !== undefined;
}
