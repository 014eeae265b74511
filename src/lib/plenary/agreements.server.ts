import { and, asc, eq, max } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { dayOf, isDay } from '#lib/time.ts';
import { listMemberships } from '#lib/workplaces/tree.server.ts';
import { readWhere } from '#lib/workplaces/where.server.ts';
import { agreements, houseContacts } from './tables.server.ts';

/** What a room has agreed on: "here we …", the most backed first, and one small change. */
export interface Agreed {
	hereWe: readonly string[];
	change: {
		body: string;
		/** Who sees to it, as the room wrote it; null where nobody was named. */
		owner: string | null;
		/** By which day. */
		due: string | null;
	} | null;
}

/** As many sentences as a house can remember: more would not be read on a poster. */
export const mostKept = 7;

/** An agreement of a house. */
export interface Agreement {
	id: string;
	kind: 'here-we' | 'change';
	body: string;
	owner: string | null;
	due: string | null;
	agreedOn: string;
	/** What a follow-up found; null before. */
	outcome: 'held' | 'slid' | 'ended' | null;
	outcomeOn: string | null;
}

/** Whom to turn to at a house. */
export interface HouseContact {
	id: string;
	label: string;
	number: string;
}

/** What a house has agreed, and whom its people turn to. */
export interface HouseAgreements {
	workplace: { id: string; name: string };
	/** Those that hold, in the order of the poster. */
	standing: readonly Agreement[];
	/** Those that a follow-up has ended, the latest first. */
	ended: readonly Agreement[];
	contacts: readonly HouseContact[];
}

/** Bounds of what is written; a line of the poster must be read from four metres. */
export const agreementBounds = {
	body: 140,
	owner: 80,
	label: 60,
	number: 40,
	contacts: 8
} as const;

export type AgreementFault = 'body' | 'due' | 'full';

/**
 * Keeps what a room agreed on as the house's own, after what stands there already. A session keeps once
 * however often it is called, and a rehearsal never.
 *
 * @param day the day on which it was agreed.
 */
export async function keepAgreements(
	tx: Writer,
	session: { id: string; workplace: string; rehearsal: boolean },
	{ hereWe, change }: Agreed,
	day: string
): Promise<void> {
	if (session.rehearsal) return;
	const [kept] = await tx
		.select({ id: agreements.id })
		.from(agreements)
		.where(eq(agreements.session, session.id))
		.limit(1);
	if (kept) return;
	const { id, workplace } = session;
	let position = await findNextPosition(tx, workplace);
	const about = { workplace, session: id, agreedOn: day, outcome: null, outcomeOn: null };
	const sentences = hereWe.map((body) => body.trim()).filter((body) => body !== '');
	for (const body of sentences.slice(0, mostKept)) {
		const own = { id: newId(), kind: 'here-we', body, owner: null, due: null };
		await tx.insert(agreements).values({ ...about, ...own, position });
		position += 1;
	}
	const body = change?.body.trim();
	if (!change || !body) return;
	const { owner, due } = change;
	const own = { id: newId(), kind: 'change', body, owner: owner?.trim() || null, due };
	await tx.insert(agreements).values({ ...about, ...own, position });
}

async function findNextPosition(tx: Writer, workplace: string): Promise<number> {
	const [last] = await tx
		.select({ position: max(agreements.position) })
		.from(agreements)
		.where(eq(agreements.workplace, workplace));
	return (last?.position ?? 0) + 1;
}

const shape = {
	id: agreements.id,
	kind: agreements.kind,
	body: agreements.body,
	owner: agreements.owner,
	due: agreements.due,
	agreedOn: agreements.agreedOn,
	outcome: agreements.outcome,
	outcomeOn: agreements.outcomeOn
};

/** What a house has agreed, in the order of the poster, those that have ended included. */
export async function listAgreements(read: Reader, workplace: string): Promise<Agreement[]> {
	const rows = await read
		.select(shape)
		.from(agreements)
		.where(eq(agreements.workplace, workplace))
		.orderBy(asc(agreements.position), asc(agreements.id));
	return rows as Agreement[]; // only ever written here
}

/** Whom the people of a house turn to, in the order it has given them. */
export async function listContacts(read: Reader, workplace: string): Promise<HouseContact[]> {
	return read
		.select({ id: houseContacts.id, label: houseContacts.label, number: houseContacts.number })
		.from(houseContacts)
		.where(eq(houseContacts.workplace, workplace))
		.orderBy(asc(houseContacts.position), asc(houseContacts.id));
}

/** What stands in the lessons of those who work at a house. */
export interface OwnHouse {
	name: string;
	/** "Here we …". */
	agreements: readonly string[];
	contacts: readonly { label: string; number: string }[];
}

/** Nobody reads those of more houses than these. */
const mostHouses = 3;

/** What a house has agreed and whom it turns to; null where there is neither. */
export async function readOwnHouse(
	read: Reader,
	{ id, name }: { id: string; name: string }
): Promise<OwnHouse | null> {
	const agreed = (await listAgreements(read, id)).filter(
		({ kind, outcome }) => kind === 'here-we' && outcome !== 'ended'
	);
	const contacts = await listContacts(read, id);
	if (agreed.length + contacts.length === 0) return null;
	return {
		name,
		agreements: agreed.map(({ body }) => body),
		contacts: contacts.map(({ label, number }) => ({ label, number }))
	};
}

/** The same of the houses somebody works at. */
export async function listOwnHouses(read: Reader, person: string): Promise<OwnHouse[]> {
	const houses: OwnHouse[] = [];
	for (const place of await listMemberships(read, person)) {
		const house = houses.length < mostHouses ? await readOwnHouse(read, place) : null;
		if (house) houses.push(house);
	}
	return houses;
}

/**
 * What a house has agreed, for its key staff.
 *
 * @throws {DomainError} `forbidden` to who may lead nowhere, `not-found` for a house out of reach.
 */
export async function readAgreements(
	app: App,
	actor: Actor,
	workplace: string
): Promise<HouseAgreements> {
	const where = await readWhere(app, actor, 'plenary.lead', workplace);
	const all = await listAgreements(app.db.read, workplace);
	return {
		workplace: where,
		standing: all.filter(({ outcome }) => outcome !== 'ended'),
		ended: all
			.filter(({ outcome }) => outcome === 'ended')
			.toSorted((a, b) => (b.outcomeOn ?? '').localeCompare(a.outcomeOn ?? '')),
		contacts: await listContacts(app.db.read, workplace)
	};
}

/** What somebody writes of an agreement. */
export type AgreementInput = Pick<Agreement, 'kind' | 'body'> & { owner: string; due: string };

/**
 * Adds an agreement after the last, by an id that makes sending it twice the same as once.
 *
 * @throws {DomainError} as {@link readAgreements}.
 */
export async function addAgreement(
	app: App,
	actor: Actor,
	workplace: string,
	input: AgreementInput & { id: string }
): Promise<AgreementFault | null> {
	await readWhere(app, actor, 'plenary.lead', workplace);
	const fault = judge(input);
	if (fault) return fault;
	const day = dayOf(app.now());
	return app.db.write(async (tx) => {
		const all = await listAgreements(tx, workplace);
		if (all.some(({ id }) => id === input.id)) return null;
		if (all.filter(({ outcome }) => outcome !== 'ended').length >= 3 * mostKept) return 'full';
		await tx.insert(agreements).values({
			id: input.id,
			workplace,
			session: null,
			kind: input.kind,
			...toColumns(input),
			position: await findNextPosition(tx, workplace),
			agreedOn: day,
			outcome: null,
			outcomeOn: null
		});
		await note(tx, app, actor, workplace);
		return null;
	});
}

/**
 * Changes the words of an agreement.
 *
 * @throws {DomainError} as {@link readAgreements}, and `not-found` for an agreement of another house.
 */
export async function changeAgreement(
	app: App,
	actor: Actor,
	workplace: string,
	id: string,
	input: AgreementInput
): Promise<AgreementFault | null> {
	await readWhere(app, actor, 'plenary.lead', workplace);
	const fault = judge(input);
	if (fault) return fault;
	await app.db.write(async (tx) => {
		await requireOwn(tx, workplace, id);
		await tx.update(agreements).set(toColumns(input)).where(eq(agreements.id, id));
		await note(tx, app, actor, workplace);
	});
	return null;
}

/**
 * Moves an agreement one place up or down among those that hold; at the end it stays.
 *
 * @throws {DomainError} as {@link changeAgreement}.
 */
export async function moveAgreement(
	app: App,
	actor: Actor,
	workplace: string,
	id: string,
	way: 'up' | 'down'
): Promise<void> {
	await readWhere(app, actor, 'plenary.lead', workplace);
	await app.db.write(async (tx) => {
		await requireOwn(tx, workplace, id);
		const standing = (await listAgreements(tx, workplace)).filter(
			({ outcome }) => outcome !== 'ended'
		);
		const at = standing.findIndex((one) => one.id === id);
		const to = at + (way === 'up' ? -1 : 1);
		if (at < 0 || to < 0 || to >= standing.length) return;
		const [moved] = standing.splice(at, 1);
		if (moved) standing.splice(to, 0, moved);
		for (const [index, one] of standing.entries())
			await tx
				.update(agreements)
				.set({ position: index + 1 })
				.where(eq(agreements.id, one.id));
	});
}

/**
 * Notes what a follow-up found: it held, it slid, or it holds no longer; null takes that back.
 *
 * @throws {DomainError} as {@link changeAgreement}.
 */
export async function judgeAgreement(
	app: App,
	actor: Actor,
	workplace: string,
	id: string,
	outcome: Agreement['outcome']
): Promise<void> {
	await readWhere(app, actor, 'plenary.lead', workplace);
	await app.db.write(async (tx) => {
		await requireOwn(tx, workplace, id);
		await tx
			.update(agreements)
			.set({ outcome, outcomeOn: outcome && dayOf(app.now()) })
			.where(eq(agreements.id, id));
		await note(tx, app, actor, workplace);
	});
}

/**
 * Writes whom the people of a house turn to, in their order, over what stood there; lines without a name
 * or without a number are left out.
 *
 * @throws {DomainError} as {@link readAgreements}, and `invalid` for more than fit.
 */
export async function writeContacts(
	app: App,
	actor: Actor,
	workplace: string,
	lines: readonly Omit<HouseContact, 'id'>[]
): Promise<void> {
	await readWhere(app, actor, 'plenary.lead', workplace);
	const kept = lines
		.map(({ label, number }) => ({ label: label.trim(), number: number.trim() }))
		.filter(({ label, number }) => label !== '' && number !== '');
	const fits = kept.every(
		({ label, number }) =>
			label.length <= agreementBounds.label && number.length <= agreementBounds.number
	);
	if (!fits || kept.length > agreementBounds.contacts) throw new DomainError('invalid', 'contacts');
	await app.db.write(async (tx) => {
		await tx.delete(houseContacts).where(eq(houseContacts.workplace, workplace));
		for (const [index, one] of kept.entries())
			await tx
				.insert(houseContacts)
				.values({ id: newId(), workplace, ...one, position: index + 1 });
		await note(tx, app, actor, workplace);
	});
}

async function requireOwn(tx: Writer, workplace: string, id: string): Promise<void> {
	const [found] = await tx
		.select({ id: agreements.id })
		.from(agreements)
		.where(and(eq(agreements.id, id), eq(agreements.workplace, workplace)));
	if (!found) throw new DomainError('not-found', 'agreement');
}

function judge({ body, owner, due }: AgreementInput): AgreementFault | null {
	const words = body.trim();
	if (words === '' || words.length > agreementBounds.body) return 'body';
	if (owner.length > agreementBounds.owner) return 'body';
	return due === '' || isDay(due) ? null : 'due';
}

function toColumns({ kind, body, owner, due }: AgreementInput) {
	const isChange = kind === 'change';
	return {
		body: body.trim(),
		owner: isChange ? owner.trim() || null : null,
		due: isChange ? due || null : null
	};
}

async function note(tx: Writer, app: App, actor: Actor, workplace: string): Promise<void> {
	await writeAudit(tx, app.now(), { event: 'agreements.changed', actor, workplace });
}
