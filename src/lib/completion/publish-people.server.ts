import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { people } from '#lib/identity/tables.server.ts';
import { insertMany } from '#lib/server/db/insert-many.ts';
import type { Reader } from '#lib/server/db/store.ts';
import type { Breathe } from '#lib/server/slices.ts';
import type { Grouping } from './publish-groups.ts';
import type { PersonBody } from './published.ts';
import type { State } from './state.ts';
import { counted, moduleCompletions, publishedPeople, standings } from './tables.server.ts';

/** How many people are read, or written, at a time. */
const atOnce = 500;

/** Somebody as they are now. */
export interface PersonNow {
	isHere: boolean;
	reach: ReadonlySet<string>;
	stands: Record<string, [State, boolean]>;
	asked: readonly string[];
	modules: readonly string[];
	refreshed: string[];
}

/** Somebody as they were when it was last published. */
export interface Kept {
	group: string | null;
	since: string;
	isResting: boolean;
	body: PersonBody;
}

/** Everybody of an organisation as they are now, and as they were when it was last published. */
export async function readPeople(
	read: Reader,
	organisation: string,
	parentOf: ReadonlyMap<string, string | null>,
	breathe: Breathe
) {
	const now = new Map<string, PersonNow>();
	const kept = new Map<string, Map<string, Kept>>();
	const reachOf = createReach(parentOf);
	const text = new Map<string, string>();
	/** The same name of a module is one text, however many have completed it. */
	const intern = (name: string) => text.get(name) ?? (text.set(name, name), name);
	for (let last = ''; ;) {
		const some = await read
			.select({ id: people.id, closedOn: people.closedOn })
			.from(people)
			.where(and(eq(people.organisation, organisation), gt(people.id, last)))
			.orderBy(asc(people.id))
			.limit(atOnce);
		if (some.length === 0) return { now, kept };
		last = some.at(-1)?.id ?? last;
		const ids = some.map(({ id }) => id);
		const works = await read
			.select({ person: counted.person, workplace: counted.workplace })
			.from(counted)
			.where(and(inArray(counted.person, ids), eq(counted.role, 'staff')));
		await breathe();
		const stood = await read
			.select({
				person: standings.person,
				course: standings.course,
				state: standings.state,
				isValid: standings.isValid,
				isAsked: standings.isAsked
			})
			.from(standings)
			.where(inArray(standings.person, ids));
		await breathe();
		const done = await read
			.selectDistinct({
				person: moduleCompletions.person,
				course: moduleCompletions.course,
				module: moduleCompletions.module
			})
			.from(moduleCompletions)
			.where(inArray(moduleCompletions.person, ids));
		await breathe();
		const rows = await read
			.select()
			.from(publishedPeople)
			.where(inArray(publishedPeople.person, ids));
		await breathe();
		const worksOf = Map.groupBy(works, ({ person }) => person);
		const stoodOf = Map.groupBy(stood, ({ person }) => person);
		const doneOf = Map.groupBy(done, ({ person }) => person);
		for (const { id, closedOn } of some) {
			const own = stoodOf.get(id) ?? [];
			now.set(id, {
				isHere: closedOn === null,
				reach: reachOf((worksOf.get(id) ?? []).map(({ workplace }) => workplace)),
				// States are only ever written as such.
				stands: Object.fromEntries(
					own.map(({ course, state, isValid }) => [course, [state as State, isValid]])
				),
				asked: own.filter(({ isAsked }) => isAsked).map(({ course }) => course),
				modules: (doneOf.get(id) ?? []).map(({ course, module }) => intern(`${course}/${module}`)),
				refreshed: own.filter(({ isValid }) => isValid).map(({ course }) => course)
			});
		}
		for (const { course, person, group, since, isResting, body } of rows) {
			const known = kept.get(course) ?? new Map<string, Kept>();
			kept.set(course, known);
			known.set(person, { group, since, isResting, body: body as PersonBody });
		}
		await breathe();
	}
}

/** Workplaces with those above them; people of the same have one set between them. */
function createReach(parentOf: ReadonlyMap<string, string | null>) {
	const known = new Map<string, ReadonlySet<string>>();
	return (works: readonly string[]): ReadonlySet<string> => {
		const key = works.toSorted().join(' ');
		let found = known.get(key);
		if (found) return found;
		const all = new Set<string>();
		for (const place of works)
			if (parentOf.has(place))
				for (let at: string | null | undefined = place; at; at = parentOf.get(at)) all.add(at);
		known.set(key, (found = all));
		return found;
	};
}

/** Writes who is counted with whom from now on, and how they stood. */
export async function writePeople(
	app: App,
	results: readonly { course: string; grouping: Grouping }[],
	now: ReadonlyMap<string, PersonNow>,
	kept: ReadonlyMap<string, ReadonlyMap<string, Kept>>,
	today: string,
	breathe: Breathe
): Promise<void> {
	for (const { course, grouping } of results) {
		const before = kept.get(course);
		const groupOf = new Map(
			grouping.groups.flatMap(({ id, people: inside }) => inside.map((person) => [person, id]))
		);
		const changed: (typeof publishedPeople.$inferInsert)[] = [];
		const gone: string[] = [];
		for (const [person, one] of now) {
			const old = before?.get(person);
			const group = groupOf.get(person) ?? null;
			const resting = grouping.resting.get(person);
			const since =
				group === null
					? (resting ?? grouping.waiting.get(person))
					: old?.group === group
						? old.since
						: today;
			if (since === undefined) {
				if (old) gone.push(person);
				continue;
			}
			const isResting = resting !== undefined;
			const body: PersonBody =
				!one.isHere && old ? old.body : { stands: one.stands, refreshed: one.refreshed };
			const isSame =
				old?.group === group &&
				old.since === since &&
				old.isResting === isResting &&
				JSON.stringify(old.body) === JSON.stringify(body);
			if (!isSame) changed.push({ course, person, group, since, isResting, body });
			await breathe();
		}
		for (let from = 0; from < changed.length; from += atOnce) {
			const rows = changed.slice(from, from + atOnce);
			const ids = rows.map(({ person }) => person);
			await app.db.write(async (tx) => {
				// Somebody may have been erased meanwhile.
				const there = await tx
					.select({ id: people.id })
					.from(people)
					.where(inArray(people.id, ids));
				const known = new Set(there.map(({ id }) => id));
				await tx
					.delete(publishedPeople)
					.where(and(eq(publishedPeople.course, course), inArray(publishedPeople.person, ids)));
				await insertMany(
					tx,
					publishedPeople,
					rows.filter(({ person }) => known.has(person))
				);
			});
			await breathe();
		}
		for (let from = 0; from < gone.length; from += atOnce) {
			const ids = gone.slice(from, from + atOnce);
			await app.db.write((tx) =>
				tx
					.delete(publishedPeople)
					.where(and(eq(publishedPeople.course, course), inArray(publishedPeople.person, ids)))
			);
		}
	}
}
