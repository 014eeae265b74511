/** Whom a breach has touched, and what of them: for the report to Datatilsynet within 72 hours. */
import { eq, inArray } from 'drizzle-orm';
import {
	dataClasses,
	dataClassNames,
	type DataClass,
	type DataClassName,
	type StoreOfClass
} from '#lib/access/data-classes.ts';
import { people } from '#lib/identity/tables.server.ts';
import { countByPerson, countRowsWithin, type DayRange } from '#lib/server/db/count-people.ts';
import type { Stores } from '#lib/server/db/stores.server.ts';
import { memberships, workplaceReach, workplaces } from '#lib/workplaces/tables.server.ts';

/** What is known of a breach. */
export interface Breach {
	/** The days on which it happened; null where that is not known. */
	range: DayRange | null;
	/** The workplace, by id, with all below it; null for everybody. */
	workplace: string | null;
	/** What was reached. */
	stores: readonly StoreOfClass[];
}

export interface TouchedPerson {
	id: string;
	name: string;
	email: string | null;
	workplaces: readonly string[];
	/** The classes of which there are rows that name them, or may be theirs. */
	classes: readonly DataClassName[];
}

export interface TouchedClass {
	name: DataClassName;
	/** People of whom there is something; of what is private those who have anything there at all. */
	people: number;
	/** Rows of all workplaces, since what is private belongs to none that could be told. */
	rows: number;
	isSensitive: boolean;
}

export interface BreachReport {
	people: readonly TouchedPerson[];
	classes: readonly TouchedClass[];
}

const portion = 500;

/**
 * Counts what names people. What is private joins nobody to a row: of it everybody counts who has a key,
 * since nobody can tell whose the rows are, and of whoever has none there are none.
 */
export async function reportBreach(stores: Stores, breach: Breach): Promise<BreachReport> {
	const within = breach.workplace ? await listWithin(stores, breach.workplace) : null;
	const classesOf = new Map<string, Set<DataClassName>>();
	const classes: TouchedClass[] = [];
	for (const name of dataClassNames) {
		const one: DataClass = dataClasses[name];
		if (!breach.stores.includes(one.store)) continue;
		const { touched, rows } = await countClass(stores, one, breach.range);
		const here = [...touched].filter((person) => !within || within.has(person));
		for (const person of here)
			classesOf.set(person, (classesOf.get(person) ?? new Set<DataClassName>()).add(name));
		classes.push({ name, people: here.length, rows, isSensitive: one.isSensitive ?? false });
	}
	return { people: await describePeople(stores, classesOf), classes };
}

async function countClass(stores: Stores, one: DataClass, range: DayRange | null) {
	const touched = new Set<string>();
	let rows = 0;
	for (const [table, { people: columns, when }] of Object.entries(one.tables)) {
		rows += await countRowsWithin(stores[one.store].read, { table, when }, range);
		for (const person of columns) {
			const found = await countByPerson(stores[one.store].read, { table, person, when }, range);
			for (const each of found) touched.add(each.person);
		}
	}
	if (one.store === 'private' && rows > 0)
		for (const { person } of await countByPerson(
			stores.keys.read,
			{ table: 'learner_keys', person: 'person' },
			null
		))
			touched.add(person);
	return { touched, rows };
}

/** Everybody who works at a workplace or below it. */
async function listWithin({ platform }: Stores, workplace: string): Promise<Set<string>> {
	const found = await platform.read
		.selectDistinct({ person: memberships.person })
		.from(memberships)
		.innerJoin(workplaceReach, eq(workplaceReach.below, memberships.workplace))
		.where(eq(workplaceReach.above, workplace));
	return new Set(found.map(({ person }) => person));
}

/** Those who are still stored, by name; the log also names people who are not. */
async function describePeople(
	{ platform }: Stores,
	classesOf: ReadonlyMap<string, ReadonlySet<DataClassName>>
): Promise<TouchedPerson[]> {
	const ids = [...classesOf.keys()];
	const described: TouchedPerson[] = [];
	for (let at = 0; at < ids.length; at += portion) {
		const some = ids.slice(at, at + portion);
		const found = await platform.read
			.select({ id: people.id, name: people.name, email: people.email })
			.from(people)
			.where(inArray(people.id, some));
		const houses = await platform.read
			.select({ person: memberships.person, name: workplaces.name })
			.from(memberships)
			.innerJoin(workplaces, eq(workplaces.id, memberships.workplace))
			.where(inArray(memberships.person, some));
		for (const person of found)
			described.push({
				...person,
				workplaces: houses.filter((house) => house.person === person.id).map(({ name }) => name),
				classes: [...(classesOf.get(person.id) ?? [])]
			});
	}
	return described.toSorted((a, b) => a.name.localeCompare(b.name, 'da'));
}

/** The workplaces of a name, or the one of an id. */
export async function findWorkplaces({ platform }: Stores, wanted: string) {
	const columns = { id: workplaces.id, name: workplaces.name };
	const byId = await platform.read
		.select(columns)
		.from(workplaces)
		.where(eq(workplaces.id, wanted));
	if (byId.length > 0) return byId;
	return platform.read.select(columns).from(workplaces).where(eq(workplaces.name, wanted));
}
