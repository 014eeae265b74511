import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { listEntries } from '#lib/workplaces/plan-calendar.server.ts';
import { grants, workplaces } from '#lib/workplaces/tables.server.ts';
import { listWorkplacesWhere } from '#lib/workplaces/tree.server.ts';
import { readWhere } from '#lib/workplaces/where.server.ts';
import { listHouse } from './attendance.server.ts';

const byDanishName = new Intl.Collator('da');

/** As many as a list to choose from can bear. */
const mostOthers = 200;

/** A house at which somebody leads, with what its leader has planned next. */
export interface House {
	id: string;
	name: string;
	/** Day of the next supervision and follow-up; null where none is planned. */
	supervisionOn: string | null;
	followUpOn: string | null;
}

/** The houses at which the actor leads, by name, with what is due next by the plan of each. */
export async function listHouses(app: App, actor: Actor): Promise<House[]> {
	const { read } = app.db;
	const places = await listWorkplacesWhere(read, actor, 'plenary.lead');
	const today = dayOf(app.now());
	const houses: House[] = [];
	for (const { id, name } of places) {
		const ahead = (await listEntries(read, id, today)).filter(({ doneOn }) => doneOn === null);
		const next = (kind: string) => ahead.find((entry) => entry.kind === kind)?.onDay ?? null;
		houses.push({ id, name, supervisionOn: next('supervision'), followUpOn: next('follow-up') });
	}
	return houses.sort((a, b) => byDanishName.compare(a.name, b.name));
}

/** Whom and which houses one may ask along to a session of a house. */
export interface Company {
	house: { id: string; name: string };
	/** Colleagues of the house and key staff of the organisation, without the actor. */
	people: readonly { id: string; name: string }[];
	others: readonly { id: string; name: string }[];
}

/**
 * Who can be asked along.
 *
 * @throws {DomainError} `forbidden` to who may lead nowhere, `not-found` for a house out of reach.
 */
export async function readCompany(app: App, actor: Actor, workplace: string): Promise<Company> {
	const { read } = app.db;
	const house = await readWhere(app, actor, 'plenary.lead', workplace);
	const found = new Map<string, { id: string; name: string }>();
	for (const { person, name } of await listHouse(read, workplace))
		found.set(person, { id: person, name });
	for (const one of await listKeyStaff(read, actor.organisation)) found.set(one.id, one);
	found.delete(actor.person);
	const others = await read
		.select({ id: workplaces.id, name: workplaces.name })
		.from(workplaces)
		.where(and(eq(workplaces.organisation, actor.organisation), isNull(workplaces.closedOn)))
		.limit(mostOthers);
	return {
		house,
		people: [...found.values()].sort((a, b) => byDanishName.compare(a.name, b.name)),
		others: others
			.filter(({ id }) => id !== workplace)
			.sort((a, b) => byDanishName.compare(a.name, b.name))
	};
}

async function listKeyStaff(
	read: Reader,
	organisation: string
): Promise<{ id: string; name: string }[]> {
	const holding = read
		.select({ person: grants.person })
		.from(grants)
		.where(eq(grants.role, 'key-staff'));
	return read
		.select({ id: people.id, name: people.name })
		.from(people)
		.where(
			and(
				inArray(people.id, holding),
				eq(people.organisation, organisation),
				isNull(people.closedOn)
			)
		)
		.limit(mostOthers);
}
