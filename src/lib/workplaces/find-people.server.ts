import { and, asc, count, eq, exists, inArray, isNotNull, isNull, like } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise, canAnywhere, placesWhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { fold } from '#lib/identity/fold.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { findKnownPlace, findTop } from './places.server.ts';
import { absences, memberships, workplaceReach, workplaces } from './tables.server.ts';

/** Whom one looks for. */
export interface PeopleWish {
	/** Words of a name, an address, a user name or a number; all must fit, as people type them. */
	query: string;
	/** A workplace with everything below it; null for everywhere in reach. */
	workplace: string | null;
	hasLeft: boolean;
	/** Counted from 1; a page beyond the last is the last. */
	page: number;
}

/** A person in a list: who and where, and nothing of what they learn. */
export interface FoundPerson {
	id: string;
	name: string;
	email: string | null;
	username: string | null;
	employeeId: string | null;
	closedOn: string | null;
	isAway: boolean;
	workplaces: { id: string; name: string }[];
}

export interface FoundPeople {
	total: number;
	page: number;
	pages: number;
	people: FoundPerson[];
}

const onPage = 50;

/** So many names at most are put in Danish order; a longer list is one to search in, not to read. */
const sortable = 2000;

const byDanishName = new Intl.Collator('da');

/**
 * The people in reach who fit, a page at a time. "sorensen" finds Sørensen.
 *
 * @throws {DomainError} `forbidden` to who may look for nobody, `not-found` for a workplace out of
 * reach.
 */
export async function findPeople(app: App, actor: Actor, wish: PeopleWish): Promise<FoundPeople> {
	if (wish.workplace !== null)
		authorise(actor, 'people.read', await findKnownPlace(app.db.read, wish.workplace));
	else if (!canAnywhere(actor, 'people.read')) throw new DomainError('forbidden', 'people.read');
	const { read } = app.db;
	const reach = await findReach(read, actor);
	const where = and(
		eq(people.organisation, actor.organisation),
		wish.hasLeft ? isNotNull(people.closedOn) : isNull(people.closedOn),
		isWithin(read, wish.workplace === null ? reach : [wish.workplace]),
		...wordsOf(wish.query).map((word) => like(people.searchText, `%${word}%`))
	);
	const [counted] = await read.select({ count: count() }).from(people).where(where);
	const total = counted?.count ?? 0;
	const pages = Math.max(1, Math.ceil(total / onPage));
	const page = Math.min(Math.max(1, wish.page), pages);
	const ids = await listPage(read, where, total, page);
	return { total, page, pages, people: await describe(read, ids, reach, dayOf(app.now())) };
}

/** What is typed, as it is found: folded words, without the characters that patterns are made of. */
function wordsOf(query: string): string[] {
	return fold(query.slice(0, 200))
		.split(/[\s%_\\]+/)
		.filter((word) => word !== '')
		.slice(0, 8);
}

/** The workplaces from which the actor reaches people; null where that is the whole organisation. */
async function findReach(read: Reader, actor: Actor): Promise<readonly string[] | null> {
	const held = placesWhere(actor, 'people.read');
	const top = await findTop(read, actor.organisation);
	return top && held.includes(top.id) ? null : held;
}

/** Works at or below one of these workplaces; undefined where anybody fits. */
function isWithin(read: Reader, places: readonly string[] | null) {
	if (places === null) return undefined;
	return exists(
		read
			.select({ person: memberships.person })
			.from(memberships)
			.innerJoin(workplaceReach, eq(workplaceReach.below, memberships.workplace))
			.where(and(eq(memberships.person, people.id), inArray(workplaceReach.above, [...places])))
	);
}

async function listPage(
	read: Reader,
	where: ReturnType<typeof and>,
	total: number,
	page: number
): Promise<string[]> {
	const from = (page - 1) * onPage;
	const rows = read.select({ id: people.id, name: people.name }).from(people).where(where);
	if (total > sortable) {
		// The text that is searched begins with the folded name: nearly the order, and found at once.
		const some = await rows
			.orderBy(asc(people.searchText), asc(people.id))
			.limit(onPage)
			.offset(from);
		return some.map(({ id }) => id);
	}
	const all = await rows.orderBy(asc(people.id));
	return all
		.toSorted((a, b) => byDanishName.compare(a.name, b.name))
		.slice(from, from + onPage)
		.map(({ id }) => id);
}

async function describe(
	read: Reader,
	ids: string[],
	reach: readonly string[] | null,
	today: string
): Promise<FoundPerson[]> {
	if (ids.length === 0) return [];
	const rows = await read
		.select({
			id: people.id,
			name: people.name,
			email: people.email,
			username: people.username,
			employeeId: people.employeeId,
			closedOn: people.closedOn
		})
		.from(people)
		.where(inArray(people.id, ids));
	// Where else somebody works is for those who reach there.
	const isReached =
		reach &&
		exists(
			read
				.select({ below: workplaceReach.below })
				.from(workplaceReach)
				.where(
					and(
						eq(workplaceReach.below, memberships.workplace),
						inArray(workplaceReach.above, [...reach])
					)
				)
		);
	const places = await read
		.select({ person: memberships.person, id: workplaces.id, name: workplaces.name })
		.from(memberships)
		.innerJoin(workplaces, eq(workplaces.id, memberships.workplace))
		.where(and(inArray(memberships.person, ids), isReached ?? undefined))
		.orderBy(asc(workplaces.id));
	const away = await read
		.select({ person: absences.person, fromDay: absences.fromDay, untilDay: absences.untilDay })
		.from(absences)
		.where(inArray(absences.person, ids));
	const isAway = new Set(
		away
			.filter(({ fromDay, untilDay }) => fromDay <= today && (untilDay ?? today) >= today)
			.map(({ person }) => person)
	);
	const placesOf = Map.groupBy(places, ({ person }) => person);
	const rowOf = new Map(rows.map((row) => [row.id, row]));
	return ids.flatMap((id) => {
		const row = rowOf.get(id);
		if (!row) return [];
		const own = (placesOf.get(id) ?? []).map((place) => ({ id: place.id, name: place.name }));
		return [{ ...row, isAway: isAway.has(id), workplaces: own }];
	});
}
