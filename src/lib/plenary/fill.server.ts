import type { Writer } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { newId } from '#lib/id.ts';
import { keepAgreements, type Agreed } from './agreements.server.ts';
import { findRecipe, writeRunSheet } from './recipes.ts';
import { addUp, type SessionKind } from './session-plan.ts';
import { attendances, houseContacts, plenarySessions } from './tables.server.ts';

/** A session as a demonstration tells of it. */
export interface FilledSession {
	organisation: string;
	workplace: string;
	facilitator: string;
	kind: SessionKind;
	title: string;
	scenario: string | null;
	modules: readonly string[];
	startsAt: Date;
	place: string;
	isHeld: boolean;
	/** Who has said that they were there. */
	present: readonly string[];
}

/** Writes a session by its recipe, in Danish, for whoever has been let pass; returns its id. */
export async function fillSession(tx: Writer, filled: FilledSession, now: Date): Promise<string> {
	const id = newId();
	const { isHeld, present, startsAt, ...row } = filled;
	const runSheet = writeRunSheet(findRecipe(filled.kind), 'da');
	const day = dayOf(startsAt);
	await tx.insert(plenarySessions).values({
		id,
		...row,
		startsAt,
		runSheet,
		minutes: addUp(runSheet),
		hash: null,
		locale: 'da',
		follows: null,
		rehearsal: false,
		code: null,
		state: isHeld ? 'ended' : 'planned',
		heldOn: isHeld ? day : null,
		events: 0,
		revision: 1,
		word: null,
		createdAt: now
	});
	for (const person of present) await tx.insert(attendances).values({ session: id, person, day });
	return id;
}

/** Writes what a house agreed at a session, and whom it turns to. */
export async function fillHouse(
	tx: Writer,
	session: { id: string; workplace: string },
	agreed: Agreed & { contacts: readonly { label: string; number: string }[] },
	day: string
): Promise<void> {
	const { workplace } = session;
	await keepAgreements(tx, { ...session, rehearsal: false }, agreed, day);
	for (const [index, contact] of agreed.contacts.entries())
		await tx
			.insert(houseContacts)
			.values({ id: newId(), workplace, ...contact, position: index + 1 });
}
