import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader, Writer as Transaction } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import type { Voice } from './authorship.ts';
import { authoriseDraft, type DraftRole } from './draft-rights.server.ts';
import { draftPeople, drafts } from './tables.server.ts';
import { filterWriters, listWriters, type Writer } from './writers.server.ts';

/** What somebody can be invited as. */
export type InvitedRole = Exclude<DraftRole, 'owner'>;
export const invitedRoles = ['co-author', 'commenter'] as const satisfies readonly InvitedRole[];

/** Somebody in a draft, as the others in it see them. */
export interface DraftPerson {
	person: string;
	name: string;
	role: DraftRole;
	/** Null while not chosen. */
	voice: Voice | null;
	/** Null for none. */
	penName: string | null;
	/** The day on which they agreed; null while they have not. */
	consentedOn: string | null;
	/** False for who has left, or has lost the right to write: they are not let in. */
	isIn: boolean;
}

const rank = ['owner', 'co-author', 'commenter'];

/**
 * Who is in a draft, the owner first.
 *
 * @throws {DomainError} `not-found` to who is not in it.
 */
export async function listDraftPeople(
	app: App,
	actor: Actor,
	draft: string
): Promise<DraftPerson[]> {
	await authoriseDraft(app.db.read, actor, draft, 'comment');
	return readDraftPeople(app.db.read, draft);
}

/** The same without asking who wants to know: for what has asked already. */
export async function readDraftPeople(read: Reader, draft: string): Promise<DraftPerson[]> {
	const rows = await read
		.select({
			person: draftPeople.person,
			name: people.name,
			role: draftPeople.role,
			voice: draftPeople.voice,
			penName: draftPeople.penName,
			consentedOn: draftPeople.consentedOn
		})
		.from(draftPeople)
		.innerJoin(people, eq(people.id, draftPeople.person))
		.where(eq(draftPeople.draft, draft))
		.orderBy(asc(draftPeople.person));
	const inNow = await filterWriters(
		read,
		rows.map(({ person }) => person)
	);
	return rows
		.map((row) => ({
			...row,
			role: row.role as DraftRole, // only ever written as one
			voice: row.voice as Voice | null, // likewise
			isIn: inNow.has(row.person)
		}))
		.toSorted((a, b) => rank.indexOf(a.role) - rank.indexOf(b.role));
}

/**
 * Those who write a draft and have not said yet that it may be published, or in which voice they write:
 * before that it is not sent to be reviewed.
 */
export async function listUndecided(read: Reader, draft: string): Promise<DraftPerson[]> {
	const all = await readDraftPeople(read, draft);
	return all.filter(
		({ role, consentedOn, voice }) =>
			role !== 'commenter' && (consentedOn === null || voice === null)
	);
}

/**
 * Who could be invited: those of the organisation who may write and are not in the draft yet.
 *
 * @throws {DomainError} `forbidden` to who does not own the draft, `not-found` to who is not in it.
 */
export async function listInvitable(
	app: App,
	actor: Actor,
	draft: string,
	query = ''
): Promise<Writer[]> {
	await authoriseDraft(app.db.read, actor, draft, 'own');
	const there = new Set((await readDraftPeople(app.db.read, draft)).map(({ person }) => person));
	const all = await listWriters(app.db.read, actor.organisation, query);
	return all.filter(({ id }) => !there.has(id));
}

/**
 * Takes somebody into a draft; twice is once. Nobody else reads a draft before its owner has agreed in
 * plain words to what that means.
 *
 * @throws {DomainError} `forbidden` to who does not own the draft, `not-found` to who is not in it and
 * for somebody who may not write in this organisation.
 */
export async function invite(
	app: App,
	actor: Actor,
	draft: string,
	{ person, role }: { person: string; role: InvitedRole }
): Promise<{ fault: 'no-consent' | null }> {
	await authoriseDraft(app.db.read, actor, draft, 'own');
	const may = await listWriters(app.db.read, actor.organisation);
	if (!may.some(({ id }) => id === person)) throw new DomainError('not-found', 'person');
	return app.db.write(async (tx) => {
		await authoriseDraft(tx, actor, draft, 'own');
		if (!(await hasConsented(tx, draft, actor.person))) return { fault: 'no-consent' };
		if (await addToDraft(tx, draft, person, role))
			await writeAudit(tx, app.now(), {
				event: 'draft.invited',
				actor,
				subject: person,
				detail: { role }
			});
		return { fault: null };
	});
}

/** Puts somebody into a draft; false where they are in it already, as whatever. */
export async function addToDraft(
	tx: Transaction,
	draft: string,
	person: string,
	role: DraftRole
): Promise<boolean> {
	const added = await tx
		.insert(draftPeople)
		.values({ draft, person, role, voice: null, penName: null, consentedOn: null })
		.onConflictDoNothing()
		.returning({ person: draftPeople.person });
	return added.length > 0;
}

/** Whether somebody in a draft has agreed to what sharing it means. */
export async function hasConsented(read: Reader, draft: string, person: string): Promise<boolean> {
	const [row] = await read
		.select({ consentedOn: draftPeople.consentedOn })
		.from(draftPeople)
		.where(isIn(draft, person));
	return row?.consentedOn != null;
}

const isIn = (draft: string, person: string) =>
	and(eq(draftPeople.draft, draft), eq(draftPeople.person, person));

/**
 * Makes a co-author a commenter, or the other way round. The owner stays who they are: see
 * {@link handOver}.
 *
 * @throws {DomainError} `forbidden` to who does not own the draft, `not-found` for who is not in it,
 * `conflict` for the owner.
 */
export async function changeDraftRole(
	app: App,
	actor: Actor,
	draft: string,
	{ person, role }: { person: string; role: InvitedRole }
): Promise<void> {
	await authoriseDraft(app.db.read, actor, draft, 'own');
	await app.db.write(async (tx) => {
		await requireOther(tx, actor, draft, person);
		await tx.update(draftPeople).set({ role }).where(isIn(draft, person));
	});
}

/**
 * Takes somebody out of a draft; what they wrote stays in it.
 *
 * @throws {DomainError} as {@link changeDraftRole}.
 */
export async function removeFromDraft(
	app: App,
	actor: Actor,
	draft: string,
	person: string
): Promise<void> {
	await authoriseDraft(app.db.read, actor, draft, 'own');
	await app.db.write(async (tx) => {
		await requireOther(tx, actor, draft, person);
		await tx.delete(draftPeople).where(isIn(draft, person));
		await writeAudit(tx, app.now(), { event: 'draft.removed', actor, subject: person });
	});
}

/**
 * Makes somebody else in the draft its owner; who owned it writes on as a co-author.
 *
 * @throws {DomainError} as {@link changeDraftRole}; `conflict` also for somebody who may not write any
 * more.
 */
export async function handOver(
	app: App,
	actor: Actor,
	draft: string,
	person: string
): Promise<void> {
	await authoriseDraft(app.db.read, actor, draft, 'own');
	await app.db.write(async (tx) => {
		await requireOther(tx, actor, draft, person);
		if (!(await filterWriters(tx, [person])).has(person))
			throw new DomainError('conflict', 'may not write');
		await tx.update(draftPeople).set({ role: 'co-author' }).where(isIn(draft, actor.person));
		await tx.update(draftPeople).set({ role: 'owner' }).where(isIn(draft, person));
		await writeAudit(tx, app.now(), { event: 'draft.handed-over', actor, subject: person });
	});
}

/** Asked anew within the transaction: two who press at once must not leave a draft with two owners or none. */
async function requireOther(
	tx: Transaction,
	actor: Actor,
	draft: string,
	person: string
): Promise<void> {
	await authoriseDraft(tx, actor, draft, 'own');
	if (person === actor.person) throw new DomainError('conflict', 'owner');
	const there = await tx
		.select({ person: draftPeople.person })
		.from(draftPeople)
		.where(isIn(draft, person));
	if (there.length === 0) throw new DomainError('not-found', 'person');
}

/**
 * Leaves a draft; what one wrote stays in it. Leaving twice is leaving once.
 *
 * @throws {DomainError} `not-found` to who was never in it, `conflict` for the owner, who hands the
 * draft over first or puts it away.
 */
export async function leaveDraft(app: App, actor: Actor, draft: string): Promise<void> {
	await authoriseDraft(app.db.read, actor, draft, 'comment');
	await app.db.write(async (tx) => {
		const { role } = await authoriseDraft(tx, actor, draft, 'comment');
		if (role === 'owner') throw new DomainError('conflict', 'owner');
		await tx.delete(draftPeople).where(isIn(draft, actor.person));
		await writeAudit(tx, app.now(), { event: 'draft.left', actor });
	});
}

/** Writes how somebody is told in a draft; for what has asked for the right already. */
export async function tellOf(
	tx: Transaction,
	draft: string,
	person: string,
	told: Partial<Pick<DraftPerson, 'voice' | 'penName' | 'consentedOn'>>
): Promise<void> {
	await tx.update(draftPeople).set(told).where(isIn(draft, person));
}

/** How one wants to be told as an author of a draft: one's own choice, and nobody else's. */
export async function tellAuthorship(
	app: App,
	actor: Actor,
	draft: string,
	{ voice, penName }: { voice: Voice | null; penName: string | null }
): Promise<void> {
	await authoriseDraft(app.db.read, actor, draft, 'comment');
	await app.db.write(async (tx) => {
		await authoriseDraft(tx, actor, draft, 'comment');
		await tellOf(tx, draft, actor.person, { voice, penName });
	});
}

/**
 * Agrees to others reading what one writes here and to its being published, or takes that back. The
 * first day on which one agreed is kept. Taking it back does not reach what is published: that is
 * withdrawn by itself.
 */
export async function decideConsent(
	app: App,
	actor: Actor,
	draft: string,
	agrees: boolean
): Promise<void> {
	await authoriseDraft(app.db.read, actor, draft, 'comment');
	await app.db.write(async (tx) => {
		await authoriseDraft(tx, actor, draft, 'comment');
		const mine = isIn(draft, actor.person);
		await tx
			.update(draftPeople)
			.set({ consentedOn: agrees ? dayOf(app.now()) : null })
			.where(agrees ? and(mine, isNull(draftPeople.consentedOn)) : mine);
	});
}

/**
 * Gives every draft that has lost its owner to the next who writes it: who leaves the platform, or may
 * not write any more, is let in nowhere, and a draft without an owner could neither be shared nor
 * published. One that nobody is left in who works here is put away, and swept in time. For a job.
 */
export async function settleOwners(app: App): Promise<{ handedOver: number; putAway: number }> {
	const lost = await listOwnerless(app.db.read);
	const done = { handedOver: 0, putAway: 0 };
	for (const { draft, heir, isForsaken } of lost) {
		await app.db.write(async (tx) => {
			if (heir) {
				await tx
					.update(draftPeople)
					.set({ role: 'co-author' })
					.where(and(eq(draftPeople.draft, draft), eq(draftPeople.role, 'owner')));
				await tx.update(draftPeople).set({ role: 'owner' }).where(isIn(draft, heir));
				done.handedOver += 1;
			} else if (isForsaken) {
				const put = await tx
					.update(drafts)
					.set({ discardedAt: app.now() })
					.where(and(eq(drafts.id, draft), isNull(drafts.discardedAt)))
					.returning({ id: drafts.id });
				done.putAway += put.length;
			}
		});
	}
	return done;
}

interface Ownerless {
	draft: string;
	/** The co-author who comes next; null where there is none. */
	heir: string | null;
	/** Whether nobody who works here writes it any more. */
	isForsaken: boolean;
}

async function listOwnerless(read: Reader): Promise<Ownerless[]> {
	const all = await read.select({ id: drafts.id }).from(drafts).orderBy(asc(drafts.id));
	const rows = await read
		.select({
			draft: draftPeople.draft,
			person: draftPeople.person,
			role: draftPeople.role,
			closedOn: people.closedOn
		})
		.from(draftPeople)
		.innerJoin(people, eq(people.id, draftPeople.person))
		.where(inArray(draftPeople.role, ['owner', 'co-author']))
		.orderBy(asc(draftPeople.person));
	const inNow = new Set<string>();
	const everybody = [...new Set(rows.map(({ person }) => person))];
	for (let at = 0; at < everybody.length; at += 500)
		for (const one of await filterWriters(read, everybody.slice(at, at + 500))) inNow.add(one);
	const byDraft = Map.groupBy(rows, ({ draft }) => draft);
	return all.flatMap(({ id }): Ownerless[] => {
		const authors = byDraft.get(id) ?? [];
		const isOwned = authors.some(({ role, person }) => role === 'owner' && inNow.has(person));
		if (isOwned) return [];
		const heir = authors.find(({ role, person }) => role === 'co-author' && inNow.has(person));
		return [
			{
				draft: id,
				heir: heir?.person ?? null,
				isForsaken: authors.every(({ closedOn }) => closedOn !== null)
			}
		];
	});
}
