import { and, asc, eq, gt, inArray, isNull, like } from 'drizzle-orm';
import { fold } from '#lib/identity/fold.ts';
import { people } from '#lib/identity/tables.server.ts';
import { given, givenNumber, prepared } from '#lib/server/db/prepared.ts';
import { packRows, unpackRows } from '#lib/server/db/packed.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { createBreathe, type Breathe } from '#lib/server/slices.ts';
import { workplaceReach, workplaces } from '#lib/workplaces/tables.server.ts';
import type { By } from './renewal.ts';
import type { State } from './state.ts';
import { counted, standings } from './tables.server.ts';
import { showSince, type Shown } from './team-since.ts';

/** A person in a leader's table: that they have finished, and when; nothing else is known here. */
export interface TeamMember extends Shown {
	person: string;
	name: string;
	/** Those that are looked at, in no order. */
	workplaces: readonly string[];
	/** By what the cycle is finished that they are in. */
	by: By;
}

/** Whose people are read, and of which course. */
export interface MembersOf {
	course: string;
	organisation: string;
	tops: readonly { id: string }[];
	isAsked: boolean;
}

/** Which of them. */
export interface MembersWish {
	role: string | null;
	at: string | null;
	query: string;
}

const anybody: MembersWish = { role: null, at: null, query: '' };

/** So many rows are read at once; nobody notices that. */
const slice = 250;

/** So many people at most are looked through for words. */
const mostFound = 2000;

const columns = {
	person: counted.person,
	name: people.name,
	workplace: counted.workplace,
	state: standings.state,
	isValid: standings.isValid,
	by: standings.by,
	completedOn: standings.completedOn,
	dueOn: standings.dueOn,
	modulesCompleted: standings.modulesCompleted
};

const order = Object.keys(columns) as (keyof typeof columns)[];

interface Row {
	person: string;
	name: string;
	workplace: string;
	state: string | null;
	isValid: boolean;
	by: string | null;
	completedOn: string | null;
	dueOn: string | null;
	modulesCompleted: number | null;
}

/** In the order of {@link columns}. */
type PackedRow = [
	string,
	string,
	string,
	string | null,
	boolean | number | null,
	string | null,
	string | null,
	string | null,
	number | null
];

const sliceOfWorkplace = (read: Reader) =>
	prepared(read, 'team_slice', (handle) => {
		const some = handle
			.select(columns)
			.from(counted)
			.innerJoin(people, eq(people.id, counted.person))
			.leftJoin(
				standings,
				and(eq(standings.person, counted.person), eq(standings.course, given('course')))
			)
			.where(
				and(
					eq(counted.workplace, given('workplace')),
					eq(counted.role, given('role')),
					gt(counted.person, given('after'))
				)
			)
			.orderBy(asc(counted.person))
			.limit(givenNumber('most'))
			.as('some');
		return handle
			.select({ rows: packRows(order.map((name) => some[name])) })
			.from(some)
			.prepare('team_slice');
	});

function readRow([
	person,
	name,
	workplace,
	state,
	isValid,
	by,
	completedOn,
	dueOn,
	modulesCompleted
]: PackedRow): Row {
	return {
		person,
		name,
		workplace,
		state,
		isValid: Boolean(isValid),
		by,
		completedOn,
		dueOn,
		modulesCompleted
	};
}

/** Every open workplace at or below each of these. */
export async function listTeamPlaces(
	read: Reader,
	tops: readonly string[]
): Promise<ReadonlyMap<string, readonly string[]>> {
	const found = new Map<string, string[]>();
	for (const top of tops)
		found.set(
			top,
			(await listBelow(read, top)).map(({ id }) => id)
		);
	return found;
}

/** The names of all open workplaces that are looked at, by their id. */
export async function namePlaces(
	read: Reader,
	tops: readonly { id: string }[]
): Promise<ReadonlyMap<string, string>> {
	const names = new Map<string, string>();
	for (const top of tops)
		for (const { id, name } of await listBelow(read, top.id)) names.set(id, name);
	return names;
}

async function listBelow(read: Reader, workplace: string): Promise<{ id: string; name: string }[]> {
	const found = await prepared(read, 'open_below', (handle) =>
		handle
			.select({ rows: packRows([workplaces.id, workplaces.name]) })
			.from(workplaceReach)
			.innerJoin(workplaces, eq(workplaces.id, workplaceReach.below))
			.where(and(eq(workplaceReach.above, given('workplace')), isNull(workplaces.closedOn)))
			.prepare('open_below')
	).execute({ workplace });
	return unpackRows<[string, string]>(found).map(([id, name]) => ({ id, name }));
}

/**
 * Everybody whom a leader's table is about and who fits, in no order, with where they stand as it is
 * shown since a day. It is read a little at a time, so that others are answered in between.
 */
export async function collectMembers(
	read: Reader,
	team: MembersOf,
	since: string | null,
	wish: MembersWish = anybody
): Promise<TeamMember[]> {
	const members: Gathered = new Map();
	const breathe = createBreathe();
	const names = await namePlaces(read, team.tops);
	const wanted =
		wish.at === null
			? names
			: new Set((await listBelow(read, wish.at)).map(({ id }) => id).filter((id) => names.has(id)));
	const rows =
		wish.query === ''
			? readSlices(read, team, [...wanted.keys()], wish.role, breathe)
			: readFound(read, team, wish, breathe);
	for await (const some of rows)
		for (const row of some) {
			if (!wanted.has(row.workplace) || (row.state === null && team.isAsked)) continue;
			addMember(members, row, since);
		}
	return [...members.values()];
}

/** These people in the order given, as {@link collectMembers} has them; who is gone is left out. */
export async function readMembers(
	read: Reader,
	team: MembersOf,
	since: string | null,
	ids: readonly string[],
	isLookedAt: (workplace: string) => boolean
): Promise<TeamMember[]> {
	const members: Gathered = new Map();
	for (const row of await readRows(read, team.course, 'staff', ids))
		if (isLookedAt(row.workplace)) addMember(members, row, since);
	return ids.flatMap((id) => members.get(id) ?? []);
}

async function* readSlices(
	read: Reader,
	{ course }: MembersOf,
	places: readonly string[],
	role: string | null,
	breathe: Breathe
): AsyncGenerator<Row[]> {
	const query = sliceOfWorkplace(read);
	for (const workplace of places) {
		for (let after = ''; ;) {
			const asked = { workplace, course, role: role ?? 'staff', after, most: slice };
			const rows = unpackRows<PackedRow>(await query.execute(asked)).map(readRow);
			yield rows;
			await breathe();
			if (rows.length < slice) break;
			after = rows.reduce((last, { person }) => (person > last ? person : last), after);
		}
	}
}

async function* readFound(
	read: Reader,
	{ course, organisation }: MembersOf,
	{ query, role }: MembersWish,
	breathe: Breathe
): AsyncGenerator<Row[]> {
	const found = await read
		.select({ id: people.id })
		.from(people)
		.where(
			and(
				eq(people.organisation, organisation),
				isNull(people.closedOn),
				...wordsOf(query).map((word) => like(people.searchText, `%${word}%`))
			)
		)
		.limit(mostFound);
	const ids = found.map(({ id }) => id);
	for (let from = 0; from < ids.length; from += slice) {
		yield await readRows(read, course, role ?? 'staff', ids.slice(from, from + slice));
		await breathe();
	}
}

async function readRows(
	read: Reader,
	course: string,
	role: string,
	ids: readonly string[]
): Promise<Row[]> {
	const found = await read
		.select({ rows: packRows(order.map((name) => columns[name])) })
		.from(counted)
		.innerJoin(people, eq(people.id, counted.person))
		.leftJoin(standings, and(eq(standings.person, counted.person), eq(standings.course, course)))
		.where(and(inArray(counted.person, [...ids]), eq(counted.role, role)));
	return unpackRows<PackedRow>(found).map(readRow);
}

/** What is typed, as it is found: folded words, without the characters that patterns are made of. */
function wordsOf(query: string): string[] {
	return fold(query.slice(0, 200))
		.split(/[\s%_\\]+/)
		.filter((word) => word !== '')
		.slice(0, 8);
}

type Gathered = Map<string, TeamMember & { workplaces: string[] }>;

/** Somebody who works at two of the workplaces comes twice, and is one person. */
function addMember(members: Gathered, row: Row, since: string | null): void {
	const { person, name, workplace } = row;
	const known = members.get(person);
	if (known) {
		known.workplaces.push(workplace);
		return;
	}
	const standing: Shown = {
		state: (row.state ?? 'not-started') as State, // only ever written as one
		isValid: row.isValid,
		completedOn: row.completedOn,
		dueOn: row.dueOn,
		modulesCompleted: row.modulesCompleted ?? 0
	};
	const by = (row.by ?? 'course') as By; // the same
	members.set(person, { person, name, by, ...showSince(standing, since), workplaces: [workplace] });
}
