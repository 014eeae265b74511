import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise, can, canAnywhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { findKnownPlace } from '#lib/workplaces/places.server.ts';
import { workplaces } from '#lib/workplaces/tables.server.ts';
import { findPlace, listWorkplacesWhere } from '#lib/workplaces/tree.server.ts';
import { judgeDraft, type HelperRole, type PlanFault, type SessionDraft } from './session-plan.ts';
import {
	findHelperRole,
	listHelped,
	readHelpers,
	readOthers,
	readSession,
	readSessions,
	type SessionRow
} from './session-rows.server.ts';
import { plenaryHelpers, plenarySessions, plenaryWorkplaces } from './tables.server.ts';

/**
 * What somebody is to a session: who leads it, key staff of its house, who may step in, a
 * co-facilitator, who leads with them, or an observer, who looks on.
 */
export type OwnPart = 'facilitator' | 'key-staff' | HelperRole;

/** A session for who has a part in it. */
export interface Session extends SessionRow {
	own: OwnPart;
	/** Whether they may lead it: everybody with a part but an observer. */
	mayLead: boolean;
}

/** A session with the names that belong to it. */
export interface SessionView {
	session: Session;
	house: { id: string; name: string };
	facilitatorName: string | null;
	others: readonly { id: string; name: string }[];
	helpers: readonly { id: string; name: string; role: HelperRole }[];
}

/**
 * A session that the actor has a part in.
 *
 * @throws {DomainError} `forbidden` to who may lead nothing anywhere and helps with nothing,
 * `not-found` for a session out of reach: also for somebody else's rehearsal.
 */
export async function findSession(app: App, actor: Actor, id: string): Promise<Session> {
	const { read } = app.db;
	const row = await readSession(read, id);
	const own = row && (await findPart(read, actor, row));
	if (row && own) return { ...row, own, mayLead: own !== 'observer' };
	const isStranger = !canAnywhere(actor, 'plenary.lead') && (await isNoHelper(read, actor));
	throw new DomainError(isStranger ? 'forbidden' : 'not-found', 'session');
}

/**
 * A session that the actor may lead.
 *
 * @throws {DomainError} as {@link findSession}, and `forbidden` to an observer.
 */
export async function findLedSession(app: App, actor: Actor, id: string): Promise<Session> {
	const session = await findSession(app, actor, id);
	if (!session.mayLead) throw new DomainError('forbidden', 'plenary.lead');
	return session;
}

/**
 * A session of a house to whose key staff the actor belongs: who decides about it, and may see the names
 * of its people. A co-facilitator from elsewhere leads in the room alone.
 *
 * @throws {DomainError} as {@link findLedSession}, and `forbidden` to a co-facilitator from elsewhere.
 */
export async function findHouseSession(app: App, actor: Actor, id: string): Promise<Session> {
	const session = await findLedSession(app, actor, id);
	if (session.own === 'co-facilitator') throw new DomainError('forbidden', 'plenary.lead');
	return session;
}

async function isNoHelper(read: Reader, actor: Actor): Promise<boolean> {
	return (await listHelped(read, actor.person)).length === 0;
}

async function findPart(read: Reader, actor: Actor, row: SessionRow): Promise<OwnPart | null> {
	const place = await findKnownPlace(read, row.workplace);
	const isKeyStaff = place !== null && can(actor, 'plenary.lead', place);
	if (row.rehearsal) return isKeyStaff && row.facilitator === actor.person ? 'facilitator' : null;
	if (isKeyStaff) return row.facilitator === actor.person ? 'facilitator' : 'key-staff';
	if (row.organisation !== actor.organisation) return null;
	return findHelperRole(read, row.id, actor.person);
}

/**
 * A session with the names of its house, of who leads and helps, and of the houses asked along.
 *
 * @throws {DomainError} as {@link findSession}.
 */
export async function viewSession(app: App, actor: Actor, id: string): Promise<SessionView> {
	return addNames(app.db.read, await findSession(app, actor, id));
}

/** The same for a session that has been found already. */
export async function addNames(read: Reader, session: Session): Promise<SessionView> {
	const [house] = await read
		.select({ id: workplaces.id, name: workplaces.name })
		.from(workplaces)
		.where(eq(workplaces.id, session.workplace));
	return {
		session,
		house: house ?? { id: session.workplace, name: '' },
		facilitatorName: await findName(read, session.facilitator),
		others: await readOthers(read, session.id),
		helpers: await readHelpers(read, session.id)
	};
}

async function findName(read: Reader, person: string | null): Promise<string | null> {
	if (!person) return null;
	const [row] = await read
		.select({ name: people.name })
		.from(people)
		.where(and(eq(people.id, person), isNull(people.closedOn)));
	return row?.name ?? null;
}

/**
 * The sessions of the houses at which the actor may lead, and those they help with, the earliest
 * first; rehearsals are left out.
 *
 * @throws {DomainError} `forbidden` to who may lead nowhere and helps with nothing.
 */
export async function listSessions(app: App, actor: Actor): Promise<Session[]> {
	const { read } = app.db;
	const helped = await listHelped(read, actor.person);
	if (!canAnywhere(actor, 'plenary.lead') && helped.length === 0)
		throw new DomainError('forbidden', 'plenary.lead');
	const houses = await listWorkplacesWhere(read, actor, 'plenary.lead');
	const rows = await readSessions(read, { houses: houses.map(({ id }) => id), ids: helped });
	const sessions: Session[] = [];
	for (const row of rows) {
		const own = await findPart(read, actor, row);
		if (own) sessions.push({ ...row, own, mayLead: own !== 'observer' });
	}
	return sessions;
}

/** What became of a plan: kept under its id, or refused with its fault. */
export type Planned = { fault: null; id: string } | { fault: PlanFault };

/**
 * Plans a session that the actor is to lead. `id` is made by who asks, so that asking twice is asking
 * once. A rehearsal is planned the same way, without others.
 *
 * @throws {DomainError} `forbidden` to who may lead nowhere, `not-found` for a house out of reach.
 */
export async function planSession(
	app: App,
	actor: Actor,
	draft: SessionDraft & { id: string; rehearsal?: boolean }
): Promise<Planned> {
	authorise(actor, 'plenary.lead', await findPlace(app.db.read, draft.workplace));
	const now = app.now();
	const fault = judgeDraft(draft, now) ?? (await judgeReferences(app, actor, draft));
	if (fault) return { fault };
	const { id, rehearsal = false } = draft;
	return app.db.write(async (tx) => {
		const stands = await readSession(tx, id);
		if (stands && stands.facilitator !== actor.person)
			throw new DomainError('conflict', 'session-id');
		if (stands) return { fault: null, id };
		await tx.insert(plenarySessions).values({
			id,
			organisation: actor.organisation,
			workplace: draft.workplace,
			facilitator: actor.person,
			...toColumns(draft),
			hash: null,
			rehearsal,
			code: null,
			state: 'planned',
			heldOn: null,
			events: 0,
			revision: 1,
			word: null,
			createdAt: now
		});
		if (rehearsal) return { fault: null, id };
		await replaceCompany(tx, id, draft);
		const { workplace } = draft;
		await writeAudit(tx, now, { event: 'plenary.planned', actor, workplace });
		return { fault: null, id };
	});
}

/**
 * Changes the plan of a session that has not been opened. Its house stays what it was. A new time,
 * length or place counts as a new revision, which those invited can be told.
 *
 * @throws {DomainError} as {@link findHouseSession}, and `conflict` once it is open, held or cancelled.
 */
export async function changePlan(
	app: App,
	actor: Actor,
	id: string,
	draft: Omit<SessionDraft, 'workplace'>
): Promise<Planned> {
	const { workplace } = await findHouseSession(app, actor, id);
	const whole = { ...draft, workplace };
	const fault = judgeDraft(whole, app.now()) ?? (await judgeReferences(app, actor, whole));
	if (fault) return { fault };
	return app.db.write(async (tx) => {
		const stands = await requirePlanned(tx, id);
		const isMoved =
			stands.startsAt.getTime() !== draft.startsAt.getTime() ||
			stands.minutes !== draft.minutes ||
			stands.place !== draft.place.trim();
		await tx
			.update(plenarySessions)
			.set({ ...toColumns(whole), revision: stands.revision + (isMoved ? 1 : 0) })
			.where(eq(plenarySessions.id, id));
		await replaceCompany(tx, id, whole);
		return { fault: null, id };
	});
}

/**
 * Calls a planned session off; twice is once.
 *
 * @throws {DomainError} as {@link changePlan}.
 */
export async function cancelSession(app: App, actor: Actor, id: string): Promise<void> {
	const { workplace } = await findHouseSession(app, actor, id);
	await app.db.write(async (tx) => {
		const stands = await readSession(tx, id);
		if (stands?.state === 'cancelled') return;
		const { revision } = await requirePlanned(tx, id);
		await tx
			.update(plenarySessions)
			.set({ state: 'cancelled', revision: revision + 1 })
			.where(eq(plenarySessions.id, id));
		await writeAudit(tx, app.now(), { event: 'plenary.cancelled', actor, workplace });
	});
}

async function requirePlanned(tx: Writer, id: string): Promise<SessionRow> {
	const stands = await readSession(tx, id);
	if (!stands) throw new DomainError('not-found', 'session');
	if (stands.state !== 'planned') throw new DomainError('conflict', 'session-not-planned');
	return stands;
}

function toColumns(draft: SessionDraft) {
	return {
		kind: draft.kind,
		title: draft.title.trim(),
		scenario: draft.scenario,
		modules: [...new Set(draft.modules)],
		runSheet: draft.runSheet.map(({ minutes, heading, words }) => ({
			minutes,
			heading: heading.trim(),
			words: words.trim()
		})),
		startsAt: draft.startsAt,
		minutes: draft.minutes,
		place: draft.place.trim(),
		locale: draft.locale,
		follows: draft.follows
	};
}

/** The other houses and the helpers of a session, as they are now. */
async function replaceCompany(tx: Writer, session: string, draft: SessionDraft): Promise<void> {
	await tx.delete(plenaryWorkplaces).where(eq(plenaryWorkplaces.session, session));
	for (const workplace of new Set(draft.others))
		if (workplace !== draft.workplace)
			await tx.insert(plenaryWorkplaces).values({ session, workplace });
	const stay = draft.helpers.map(({ person }) => person);
	const own = await tx
		.select({ person: plenaryHelpers.person })
		.from(plenaryHelpers)
		.where(eq(plenaryHelpers.session, session));
	for (const { person } of own.filter((one) => !stay.includes(one.person)))
		await tx
			.delete(plenaryHelpers)
			.where(and(eq(plenaryHelpers.session, session), eq(plenaryHelpers.person, person)));
	for (const { person, role } of draft.helpers)
		await tx
			.insert(plenaryHelpers)
			.values({ session, person, role, feedback: null })
			.onConflictDoUpdate({
				target: [plenaryHelpers.session, plenaryHelpers.person],
				set: { role }
			});
}

/** What a plan points to and is not there, or is not of the actor's organisation. */
async function judgeReferences(
	app: App,
	actor: Actor,
	{ scenario, modules, others, helpers, follows, workplace }: SessionDraft
): Promise<PlanFault | null> {
	const { read } = app.db;
	if (scenario !== null && !app.library.scenario(scenario)) return 'scenario';
	if (!modules.every((ref) => isModule(app, ref))) return 'modules';
	const houses = await read
		.select({ id: workplaces.id })
		.from(workplaces)
		.where(
			and(
				inArray(workplaces.id, [...new Set(others), '']),
				eq(workplaces.organisation, actor.organisation),
				isNull(workplaces.closedOn)
			)
		);
	if (houses.length !== new Set(others).size) return 'helpers';
	const persons = new Set(helpers.map(({ person }) => person));
	const known = await read
		.select({ id: people.id })
		.from(people)
		.where(
			and(
				inArray(people.id, [...persons, '']),
				eq(people.organisation, actor.organisation),
				isNull(people.closedOn)
			)
		);
	if (known.length !== persons.size || persons.size !== helpers.length) return 'helpers';
	const before = follows === null ? null : await readSession(read, follows);
	return follows === null || before?.workplace === workplace ? null : 'helpers';
}

function isModule(app: App, ref: string): boolean {
	const [course = '', module = ''] = ref.split('/');
	return app.library.catalogue.module(course, module) !== undefined;
}
