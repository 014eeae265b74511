import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { workplaces } from '#lib/workplaces/tables.server.ts';
import type { HelperRole, RunPoint, SessionKind, SessionState } from './session-plan.ts';
import { plenaryHelpers, plenarySessions, plenaryWorkplaces } from './tables.server.ts';

/** A session as its row has it. */
export interface SessionRow {
	id: string;
	organisation: string;
	/** The house whose session it is. */
	workplace: string;
	kind: SessionKind;
	title: string;
	/** Who leads it; null once that person is gone. */
	facilitator: string | null;
	scenario: string | null;
	/** The version that is played, from when it was opened. */
	hash: string | null;
	/** `course/module`. */
	modules: readonly string[];
	runSheet: readonly RunPoint[];
	startsAt: Date;
	minutes: number;
	place: string;
	locale: 'da' | 'en';
	follows: string | null;
	rehearsal: boolean;
	code: string | null;
	state: SessionState;
	heldOn: string | null;
	/** Number of the last event of the room. */
	events: number;
	revision: number;
	word: string | null;
}

const shape = {
	id: plenarySessions.id,
	organisation: plenarySessions.organisation,
	workplace: plenarySessions.workplace,
	kind: plenarySessions.kind,
	title: plenarySessions.title,
	facilitator: plenarySessions.facilitator,
	scenario: plenarySessions.scenario,
	hash: plenarySessions.hash,
	modules: plenarySessions.modules,
	runSheet: plenarySessions.runSheet,
	startsAt: plenarySessions.startsAt,
	minutes: plenarySessions.minutes,
	place: plenarySessions.place,
	locale: plenarySessions.locale,
	follows: plenarySessions.follows,
	rehearsal: plenarySessions.rehearsal,
	code: plenarySessions.code,
	state: plenarySessions.state,
	heldOn: plenarySessions.heldOn,
	events: plenarySessions.events,
	revision: plenarySessions.revision,
	word: plenarySessions.word
};

/** The row of a session; null where there is none. */
export async function readSession(read: Reader, id: string): Promise<SessionRow | null> {
	const [row] = await read.select(shape).from(plenarySessions).where(eq(plenarySessions.id, id));
	return row ? (row as SessionRow) : null; // only ever written by this capability
}

/** The sessions of these houses and those of these ids, rehearsals left out, the earliest first. */
export async function readSessions(
	read: Reader,
	{ houses, ids }: { houses: readonly string[]; ids: readonly string[] }
): Promise<SessionRow[]> {
	const found = new Map<string, SessionRow>();
	for (const [column, values] of [
		[plenarySessions.workplace, houses],
		[plenarySessions.id, ids]
	] as const) {
		if (values.length === 0) continue;
		const rows = await read
			.select(shape)
			.from(plenarySessions)
			.where(and(inArray(column, [...values]), eq(plenarySessions.rehearsal, false)));
		for (const row of rows) found.set(row.id, row as SessionRow); // as above
	}
	return [...found.values()].sort(
		(a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.id.localeCompare(b.id)
	);
}

/** What a helper does at a session; null for who helps with nothing there. */
export async function findHelperRole(
	read: Reader,
	session: string,
	person: string
): Promise<HelperRole | null> {
	const [row] = await read
		.select({ role: plenaryHelpers.role })
		.from(plenaryHelpers)
		.where(and(eq(plenaryHelpers.session, session), eq(plenaryHelpers.person, person)));
	return row ? (row.role as HelperRole) : null; // only ever written by this capability
}

/** The sessions that somebody helps with. */
export async function listHelped(read: Reader, person: string): Promise<string[]> {
	const rows = await read
		.select({ session: plenaryHelpers.session })
		.from(plenaryHelpers)
		.where(eq(plenaryHelpers.person, person));
	return rows.map(({ session }) => session);
}

/** Who helps with a session, as long as they work here, in the order of when they came. */
export async function readHelpers(
	read: Reader,
	session: string
): Promise<{ id: string; name: string; role: HelperRole }[]> {
	const rows = await read
		.select({ id: people.id, name: people.name, role: plenaryHelpers.role })
		.from(plenaryHelpers)
		.innerJoin(people, and(eq(people.id, plenaryHelpers.person), isNull(people.closedOn)))
		.where(eq(plenaryHelpers.session, session))
		.orderBy(asc(people.id));
	return rows.map((row) => ({ ...row, role: row.role as HelperRole })); // as above
}

/** The other houses that are asked along to a session. */
export async function readOthers(
	read: Reader,
	session: string
): Promise<{ id: string; name: string }[]> {
	return read
		.select({ id: workplaces.id, name: workplaces.name })
		.from(plenaryWorkplaces)
		.innerJoin(workplaces, eq(workplaces.id, plenaryWorkplaces.workplace))
		.where(eq(plenaryWorkplaces.session, session))
		.orderBy(asc(workplaces.id));
}
