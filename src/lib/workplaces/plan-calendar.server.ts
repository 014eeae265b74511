import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise, can } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { addDays, addMonths, dayOf, isDay } from '#lib/time.ts';
import { listDays, suggestYear, type EntryKind, type Rhythm } from './plan-entry.ts';
import { grants, memberships, planEntries } from './tables.server.ts';
import { findPlace } from './tree.server.ts';

/** An entry of a workplace's calendar. */
export interface PlanEntry {
	id: string;
	kind: EntryKind;
	/** In the words of the workplace; null where the kind says it. */
	title: string | null;
	/** Null where nobody has it, and once that person is gone. */
	owner: { id: string; name: string } | null;
	onDay: string;
	/** Shared by the days of what comes again; null for what happens once. */
	series: string | null;
	doneOn: string | null;
	/** To be sent back with a change. */
	revision: number;
}

/** A workplace's calendar, for who may read it. */
export interface PlanCalendar {
	workplace: { id: string; name: string };
	/** In the order of their days, from three months back. */
	entries: readonly PlanEntry[];
	/** Taken off within the last month, and may be put back. */
	removed: readonly PlanEntry[];
	mayWrite: boolean;
	/** Who may own an entry: colleagues of the house. */
	owners: readonly { id: string; name: string }[];
	/** Whether supervision is planned ahead, so that nobody lays a second year over it. */
	hasSupervision: boolean;
}

/** What somebody writes of an entry. */
export interface EntryInput {
	kind: EntryKind;
	title: string;
	owner: string | null;
	onDay: string;
}

/** Why an entry cannot stand as it was written. */
export type EntryFault = 'day' | 'title' | 'until';

/** What became of a change: kept, refused with its fault, or overtaken by what stands there now. */
export type Changed =
	| { kind: 'kept' }
	| { kind: 'fault'; fault: EntryFault }
	| { kind: 'moved-on'; stands: PlanEntry | null };

const kept: Changed = { kind: 'kept' };

/** As much as anybody plans for one workplace. */
const most = 600;
const longestTitle = 200;
const mostOwners = 300;

const byDanishName = new Intl.Collator('da');

/**
 * The calendar of a workplace.
 *
 * @throws {DomainError} `forbidden` to who may read no plans, `not-found` for a workplace out of reach.
 */
export async function readCalendar(
	app: App,
	actor: Actor,
	workplace: string
): Promise<PlanCalendar> {
	const { read } = app.db;
	const place = await findPlace(read, workplace);
	authorise(actor, 'plan.read', place);
	if (!place) throw new DomainError('not-found', 'plan.read');
	const today = dayOf(app.now());
	const entries = await listEntries(read, workplace, addMonths(today, -3));
	const mayWrite = can(actor, 'plan.write', place);
	return {
		workplace: { id: workplace, name: place.workplace.name },
		entries,
		removed: mayWrite ? await listRemoved(read, workplace, addDays(today, -30)) : [],
		mayWrite,
		owners: mayWrite ? await listOwners(read, workplace) : [],
		hasSupervision: entries.some(({ kind, onDay }) => kind === 'supervision' && onDay >= today)
	};
}

const shape = {
	id: planEntries.id,
	kind: planEntries.kind,
	title: planEntries.title,
	ownerId: people.id,
	ownerName: people.name,
	onDay: planEntries.onDay,
	series: planEntries.series,
	doneOn: planEntries.doneOn,
	revision: planEntries.revision
};

interface EntryRow extends Omit<PlanEntry, 'kind' | 'owner'> {
	kind: string;
	ownerId: string | null;
	ownerName: string | null;
}

function toEntry({ kind, ownerId, ownerName, ...row }: EntryRow): PlanEntry {
	return {
		...row,
		kind: kind as EntryKind, // only ever written below
		owner: ownerId === null || ownerName === null ? null : { id: ownerId, name: ownerName }
	};
}

/** What stands on a workplace's plan from a day on, in the order of days. */
export async function listEntries(
	read: Reader,
	workplace: string,
	from: string
): Promise<PlanEntry[]> {
	const rows = await read
		.select(shape)
		.from(planEntries)
		.leftJoin(people, and(eq(people.id, planEntries.owner), isNull(people.closedOn)))
		.where(
			and(
				eq(planEntries.workplace, workplace),
				gte(planEntries.onDay, from),
				isNull(planEntries.removedOn)
			)
		)
		.orderBy(asc(planEntries.onDay), asc(planEntries.id));
	return rows.map(toEntry);
}

async function listRemoved(read: Reader, workplace: string, since: string): Promise<PlanEntry[]> {
	const rows = await read
		.select(shape)
		.from(planEntries)
		.leftJoin(people, and(eq(people.id, planEntries.owner), isNull(people.closedOn)))
		.where(
			and(
				eq(planEntries.workplace, workplace),
				isNotNull(planEntries.removedOn),
				gte(planEntries.removedOn, since)
			)
		)
		.orderBy(desc(planEntries.changedAt), asc(planEntries.onDay))
		.limit(60);
	return rows.map(toEntry);
}

/** Who works right here or has a role here, by name. */
async function listOwners(
	read: Reader,
	workplace: string
): Promise<{ id: string; name: string }[]> {
	const working = read
		.select({ person: memberships.person })
		.from(memberships)
		.where(eq(memberships.workplace, workplace));
	const holding = read
		.select({ person: grants.person })
		.from(grants)
		.where(eq(grants.workplace, workplace));
	const found = new Map<string, { id: string; name: string }>();
	for (const some of [working, holding]) {
		const rows = await read
			.select({ id: people.id, name: people.name })
			.from(people)
			.where(and(inArray(people.id, some), isNull(people.closedOn)))
			.limit(mostOwners);
		for (const row of rows) found.set(row.id, row);
	}
	return [...found.values()].sort((a, b) => byDanishName.compare(a.name, b.name));
}

/**
 * Puts something on the plan: once, or again and again until a day. Sending the same twice is sending it
 * once, by the id that the form came with.
 *
 * @throws {DomainError} `forbidden` to who may write no plans, `not-found` for a workplace out of reach or
 * an owner who does not belong to it, `conflict` where there is no room.
 */
export async function addEntry(
	app: App,
	actor: Actor,
	workplace: string,
	input: EntryInput & { id: string; every: Rhythm | null; until: string }
): Promise<Changed> {
	await authoriseWriting(app, actor, workplace);
	const fault = findFault(app, input);
	if (fault) return { kind: 'fault', fault };
	const { id, kind, onDay, every, until } = input;
	const isUntilRight = isDay(until) && until >= onDay && until <= addMonths(onDay, 24);
	if (every && !isUntilRight) return { kind: 'fault', fault: 'until' };
	const title = input.title.trim() || null;
	const days = every ? listDays(onDay, every, until) : [onDay];
	await app.db.write(async (tx) => {
		await requireOwner(tx, workplace, input.owner);
		if (await exists(tx, workplace, id)) return;
		await insertAll(tx, app, actor, workplace, [{ kind, days, title, owner: input.owner, id }]);
	});
	return kept;
}

/** Whether a form that carried this id has been kept already, as an entry or as a series. */
async function exists(read: Reader, workplace: string, id: string): Promise<boolean> {
	for (const column of [planEntries.id, planEntries.series]) {
		const [row] = await read
			.select({ id: planEntries.id })
			.from(planEntries)
			.where(and(eq(planEntries.workplace, workplace), eq(column, id)))
			.limit(1);
		if (row) return true;
	}
	return false;
}

interface NewEntries {
	/** Of the entry, or of the series. */
	id: string;
	kind: EntryKind;
	days: readonly string[];
	title: string | null;
	owner: string | null;
}

async function insertAll(
	tx: Writer,
	app: App,
	actor: Actor,
	workplace: string,
	all: readonly NewEntries[]
): Promise<void> {
	const now = app.now();
	const [standing] = await tx
		.select({ count: sql<number>`count(*)` })
		.from(planEntries)
		.where(and(eq(planEntries.workplace, workplace), isNull(planEntries.removedOn)));
	const added = all.reduce((sum, { days }) => sum + days.length, 0);
	if (Number(standing?.count ?? 0) + added > most) throw new DomainError('conflict', 'plan-full');
	for (const { id, kind, days, title, owner } of all) {
		const isSeries = days.length > 1;
		for (const onDay of days)
			await tx.insert(planEntries).values({
				id: isSeries ? newId() : id,
				workplace,
				kind,
				title,
				owner,
				onDay,
				series: isSeries ? id : null,
				revision: 1,
				madeBy: actor.person,
				changedAt: now
			});
	}
}

/**
 * Lays a year from a day on, see `suggestYear`. Where supervision is planned ahead already, nothing is
 * laid over it.
 *
 * @throws {DomainError} as {@link addEntry}, and `conflict` where a year lies there already.
 */
export async function layYear(
	app: App,
	actor: Actor,
	workplace: string,
	start: string
): Promise<Changed> {
	await authoriseWriting(app, actor, workplace);
	if (!isNear(app, start)) return { kind: 'fault', fault: 'day' };
	await app.db.write(async (tx) => {
		const ahead = await listEntries(tx, workplace, dayOf(app.now()));
		if (ahead.some(({ kind }) => kind === 'supervision'))
			throw new DomainError('conflict', 'year-is-laid');
		await insertAll(
			tx,
			app,
			actor,
			workplace,
			suggestYear(start).flatMap(({ kind, days }): NewEntries[] =>
				// A follow-up is an entry by itself; what comes in a rhythm is a series.
				kind === 'follow-up'
					? days.map((day) => ({ id: newId(), kind, days: [day], title: null, owner: null }))
					: [{ id: newId(), kind, days, title: null, owner: null }]
			)
		);
	});
	return kept;
}

/**
 * Changes or moves an entry that was shown at a revision; with `following`, also those of its series that
 * come after it and are not done, which move by as many days.
 *
 * @throws {DomainError} as {@link addEntry}.
 */
export async function changeEntry(
	app: App,
	actor: Actor,
	workplace: string,
	change: Omit<EntryInput, 'kind'> & { entry: string; revision: number; isFollowing: boolean }
): Promise<Changed> {
	await authoriseWriting(app, actor, workplace);
	const { entry: id, revision, owner, onDay } = change;
	const title = change.title.trim() || null;
	return app.db.write(async (tx) => {
		const found = await findEntry(tx, workplace, id);
		if (!found) return { kind: 'moved-on', stands: null };
		const fault = findFault(app, { ...change, kind: found.kind });
		if (fault) return { kind: 'fault', fault };
		const isSame =
			found.title === title && (found.owner?.id ?? null) === owner && found.onDay === onDay;
		// Sent twice, or written by two alike.
		if (isSame && !change.isFollowing) return kept;
		if (found.revision !== revision) return { kind: 'moved-on', stands: found };
		if (owner !== (found.owner?.id ?? null)) await requireOwner(tx, workplace, owner);
		const shift = daysFrom(found.onDay, onDay);
		for (const one of await listAffected(tx, workplace, found, change.isFollowing))
			await update(tx, app, one, { title, owner, onDay: addDays(one.onDay, shift) });
		return kept;
	});
}

/** Notes that something is done, or that it is not after all. Twice is once. */
export async function markDone(
	app: App,
	actor: Actor,
	workplace: string,
	{ entry, isDone }: { entry: string; isDone: boolean }
): Promise<Changed> {
	await authoriseWriting(app, actor, workplace);
	return app.db.write(async (tx) => {
		const found = await findEntry(tx, workplace, entry);
		if (!found) return { kind: 'moved-on', stands: null };
		if ((found.doneOn !== null) !== isDone)
			await update(tx, app, found, { doneOn: isDone ? dayOf(app.now()) : null });
		return kept;
	});
}

/** Takes an entry off the plan that was shown at a revision, with those after it where it comes again. */
export async function removeEntry(
	app: App,
	actor: Actor,
	workplace: string,
	{ entry, revision, isFollowing }: { entry: string; revision: number; isFollowing: boolean }
): Promise<Changed> {
	await authoriseWriting(app, actor, workplace);
	return app.db.write(async (tx) => {
		const found = await findEntry(tx, workplace, entry);
		// It is off already.
		if (!found) return kept;
		if (found.revision !== revision) return { kind: 'moved-on', stands: found };
		const removedOn = dayOf(app.now());
		for (const one of await listAffected(tx, workplace, found, isFollowing))
			await update(tx, app, one, { removedOn });
		return kept;
	});
}

/** Puts back what was taken off. */
export async function restoreEntry(
	app: App,
	actor: Actor,
	workplace: string,
	entry: string
): Promise<Changed> {
	await authoriseWriting(app, actor, workplace);
	return app.db.write(async (tx) => {
		const removed = await listRemoved(tx, workplace, addDays(dayOf(app.now()), -31));
		const found = removed.find(({ id }) => id === entry);
		if (found) await update(tx, app, found, { removedOn: null });
		return kept;
	});
}

async function authoriseWriting(app: App, actor: Actor, workplace: string): Promise<void> {
	authorise(actor, 'plan.write', await findPlace(app.db.read, workplace));
}

async function requireOwner(read: Reader, workplace: string, owner: string | null) {
	if (owner === null) return;
	const owners = await listOwners(read, workplace);
	if (!owners.some(({ id }) => id === owner)) throw new DomainError('not-found', 'owner');
}

async function findEntry(read: Reader, workplace: string, id: string): Promise<PlanEntry | null> {
	const [row] = await read
		.select(shape)
		.from(planEntries)
		.leftJoin(people, and(eq(people.id, planEntries.owner), isNull(people.closedOn)))
		.where(
			and(
				eq(planEntries.id, id),
				eq(planEntries.workplace, workplace),
				isNull(planEntries.removedOn)
			)
		);
	return row ? toEntry(row) : null;
}

/** The entry itself, and where wished those of its series after it that are not done. */
async function listAffected(
	read: Reader,
	workplace: string,
	found: PlanEntry,
	isFollowing: boolean
): Promise<PlanEntry[]> {
	if (!isFollowing || found.series === null) return [found];
	const later = await listEntries(read, workplace, found.onDay);
	return later.filter(
		({ id, series, doneOn }) => id === found.id || (series === found.series && doneOn === null)
	);
}

async function update(
	tx: Writer,
	app: App,
	{ id, revision }: PlanEntry,
	change: Partial<{
		title: string | null;
		owner: string | null;
		onDay: string;
		doneOn: string | null;
		removedOn: string | null;
	}>
): Promise<void> {
	await tx
		.update(planEntries)
		.set({ ...change, revision: revision + 1, changedAt: app.now() })
		.where(eq(planEntries.id, id));
}

function findFault(app: App, { kind, title, onDay }: EntryInput): EntryFault | null {
	if (!isNear(app, onDay)) return 'day';
	const words = title.trim();
	if (words.length > longestTitle || (kind === 'task' && words === '')) return 'title';
	return null;
}

/** A day from a year back to three years ahead: anything else is a slip of the hand. */
function isNear(app: App, day: string): boolean {
	const today = dayOf(app.now());
	return isDay(day) && day >= addMonths(today, -12) && day <= addMonths(today, 36);
}

function daysFrom(day: string, until: string): number {
	return Math.round((Date.parse(until) - Date.parse(day)) / (24 * 60 * 60_000));
}
