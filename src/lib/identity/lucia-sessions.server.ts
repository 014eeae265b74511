import { hash } from 'node:crypto';
import { and, desc, eq, gt, isNotNull, isNull, lte, ne, or } from 'drizzle-orm';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import { newPrivateId } from '#lib/id.ts';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader, Store, Writer } from '#lib/server/db/store.ts';
import { isAhead, limitsFor } from './session-limits.ts';
import {
	WaitedNoLonger,
	type Awaited,
	type SessionStore,
	type ShownFactor,
	type SignInMethod
} from './session-store.server.ts';
import { people, sessions } from './tables.server.ts';

declare module 'lucia' {
	interface Register {
		Lucia: Lucia<SessionFacts>;
		DatabaseSessionAttributes: SessionFacts;
		DatabaseUserAttributes: Record<never, never>;
	}
}

interface SessionFacts {
	/** When it ends unless it is used; Lucia has a word of its own for something else. */
	idleUntil: Date;
	endsAt: Date;
	reauthenticatedAt: Date;
	method: SignInMethod;
	handle: string;
	begunAt: Date;
	device: string | null;
	isShared: boolean;
	idleMinutes: number;
	factor: ShownFactor | null;
	awaits: Awaited | null;
	provider: string | null;
	providerSession: string | null;
	providerSubject: string | null;
}

/**
 * Lucia knows one length for all sessions, by the machine's own clock, and prolongs by it. Ours have
 * three and an end besides, so the adapter keeps them by the app's clock and always tells Lucia that
 * a session has all of this before it.
 */
const whole = new TimeSpan(8, 'h');

const hashToken = (token: string) => hash('sha256', token, 'hex');

const findSession = (read: Reader) =>
	prepared(read, 'session_by_id', (handle) =>
		handle
			.select({
				person: sessions.person,
				expiresAt: sessions.expiresAt,
				endsAt: sessions.endsAt,
				reauthenticatedAt: sessions.reauthenticatedAt,
				method: sessions.method,
				handle: sessions.handle,
				begunAt: sessions.begunAt,
				device: sessions.device,
				isShared: sessions.isShared,
				idleMinutes: sessions.idleMinutes,
				factor: sessions.factor,
				awaits: sessions.awaits,
				provider: sessions.provider,
				providerSession: sessions.providerSession,
				providerSubject: sessions.providerSubject,
				closedOn: people.closedOn
			})
			.from(sessions)
			.innerJoin(people, eq(people.id, sessions.person))
			.where(eq(sessions.id, given('id')))
			.prepare('session_by_id')
	);

type Write = <T>(work: (tx: Writer) => Promise<T>) => Promise<T>;

/** When a session ends that is used now: never after its end. */
function nextExpiry(moment: Date, facts: Pick<SessionFacts, 'idleMinutes' | 'endsAt'>): Date {
	const idle = moment.getTime() + facts.idleMinutes * 60_000;
	return new Date(Math.min(idle, facts.endsAt.getTime()));
}

/** Keeps sessions in the platform store, each under the SHA-256 of its token. */
function adapterFor(read: Reader, write: Write, now: () => Date): Adapter {
	return {
		async getSessionAndUser(token) {
			const [row] = await findSession(read).execute({ id: hashToken(token) });
			const moment = now();
			if (!row || row.closedOn !== null || row.endsAt <= moment || row.expiresAt <= moment)
				return [null, null];
			if (isAhead(row.begunAt, moment)) return [null, null];
			const { person, method, endsAt, reauthenticatedAt } = row;
			const { handle, begunAt, device, isShared, idleMinutes } = row;
			const session: DatabaseSession = {
				id: token,
				userId: person,
				expiresAt: new Date(Date.now() + whole.milliseconds()),
				attributes: {
					idleUntil: row.expiresAt,
					endsAt,
					reauthenticatedAt,
					method: method as SignInMethod, // written below
					handle,
					begunAt,
					device,
					isShared,
					idleMinutes,
					factor: row.factor as ShownFactor | null, // written below
					awaits: row.awaits as Awaited | null, // written below
					provider: row.provider,
					providerSession: row.providerSession,
					providerSubject: row.providerSubject
				}
			};
			return [session, { id: person, attributes: {} }];
		},
		// Asked for by the interface; we list sessions by person without their tokens, which we do not have.
		getUserSessions: async () => [],
		setSession: ({ id, userId, attributes: { idleUntil, ...facts } }) =>
			write(async (tx) => {
				await tx
					.insert(sessions)
					.values({ id: hashToken(id), person: userId, expiresAt: idleUntil, ...facts });
			}),
		// Never asked for, as nothing ever seems to be in its second half.
		updateSessionExpiration: async () => undefined,
		deleteSession: (token) =>
			write(async (tx) => {
				await tx.delete(sessions).where(eq(sessions.id, hashToken(token)));
			}),
		deleteUserSessions: (person) =>
			write(async (tx) => {
				await tx.delete(sessions).where(eq(sessions.person, person));
			}),
		deleteExpiredSessions: () =>
			write(async (tx) => {
				const moment = now();
				await tx
					.delete(sessions)
					.where(or(lte(sessions.expiresAt, moment), lte(sessions.endsAt, moment)));
			})
	};
}

const nothingElse = async () => undefined;

/** Longer ago than anything: nobody says when they showed who they are. */
const neverShown = new Date(0);

/** Ends a session that waits; one that does not is another's by now. */
async function endWaiting(tx: Writer, token: string): Promise<void> {
	const ended = await tx
		.delete(sessions)
		.where(and(eq(sessions.id, hashToken(token)), isNotNull(sessions.awaits)))
		.returning({ handle: sessions.handle });
	if (ended.length === 0) throw new WaitedNoLonger();
}

/**
 * Sessions on Lucia 3, which its author retired in March 2025. This file is the only one that names
 * it; to leave it, write another {@link SessionStore}. `isAdministrator` tells whose sessions are
 * shorter.
 */
export function openSessions(
	db: Store,
	now: () => Date,
	isAdministrator: (read: Reader, person: string) => Promise<boolean>
): SessionStore {
	const luciaOn = (write: Write) =>
		new Lucia(adapterFor(db.read, write, now), {
			sessionExpiresIn: whole,
			getSessionAttributes: (facts) => facts
		});
	const lucia = luciaOn((work) => db.write(work));
	const within = (tx: Writer) => luciaOn((work) => work(tx));

	/** Puts the end off where less than half of the time is left, so that most reading costs no write. */
	async function prolong(token: string, facts: SessionFacts): Promise<Date | null> {
		const moment = now();
		const left = facts.idleUntil.getTime() - moment.getTime();
		if (left > facts.idleMinutes * 30_000 || facts.idleUntil >= facts.endsAt) return null;
		const expiresAt = nextExpiry(moment, facts);
		await db.write(async (tx) => {
			await tx
				.update(sessions)
				.set({ expiresAt })
				.where(eq(sessions.id, hashToken(token)));
		});
		return expiresAt;
	}

	return {
		async begin(person, method, arrival = {}, also = nothingElse, proof = {}) {
			const { device = null, isShared = false, previous = null } = arrival;
			const limits = limitsFor({
				isShared,
				isAdministrator: await isAdministrator(db.read, person)
			});
			const moment = now();
			const { idleMinutes } = limits;
			const endsAt = new Date(moment.getTime() + limits.absoluteHours * 60 * 60_000);
			const idleUntil = nextExpiry(moment, { idleMinutes, endsAt });
			const { provider = null, instead, shownAt = moment } = proof;
			const shown = shownAt ?? neverShown;
			const facts: SessionFacts = {
				idleUntil,
				endsAt,
				reauthenticatedAt: shown < moment ? shown : moment,
				method,
				handle: newPrivateId(),
				begunAt: moment,
				device,
				isShared,
				idleMinutes,
				factor: proof.factor ?? null,
				awaits: proof.awaits ?? null,
				provider: provider?.id ?? null,
				providerSession: provider?.session ?? null,
				providerSubject: provider?.subject ?? null
			};
			const token = await db.write(async (tx) => {
				await also(tx);
				const here = within(tx);
				if (instead) await endWaiting(tx, instead);
				if (previous) await here.invalidateSession(previous);
				return (await here.createSession(person, facts)).id;
			});
			return { token, expiresAt: idleUntil };
		},
		async peek(token) {
			const [session] = await adapterFor(db.read, db.write, now).getSessionAndUser(token);
			if (!session || session.attributes.awaits !== null) return null;
			const { factor, isShared, idleMinutes } = session.attributes;
			return { person: session.userId, factor, isShared, idleMinutes };
		},
		async readWaiting(token) {
			const [session] = await adapterFor(db.read, db.write, now).getSessionAndUser(token);
			if (!session || session.attributes.awaits === null) return null;
			const { awaits, method, isShared, begunAt, reauthenticatedAt } = session.attributes;
			const { provider: id, providerSession, providerSubject } = session.attributes;
			const provider = id && { id, session: providerSession, subject: providerSubject };
			return {
				...{ person: session.userId, awaits, method, isShared, begunAt, reauthenticatedAt },
				provider: provider || null
			};
		},
		hold: (token, awaits) =>
			db.write(async (tx) => {
				await tx
					.update(sessions)
					.set({ awaits })
					.where(eq(sessions.id, hashToken(token)));
			}),
		async read(token) {
			const { session } = await lucia.validateSession(token);
			if (!session || session.awaits !== null) return null;
			const { userId, idleUntil, endsAt, reauthenticatedAt, method } = session;
			const { handle, isShared, idleMinutes } = session;
			const put = await prolong(token, session);
			return {
				person: userId,
				expiresAt: put ?? idleUntil,
				endsAt,
				reauthenticatedAt,
				method,
				handle,
				isShared,
				idleMinutes,
				factor: session.factor,
				provider: session.provider,
				prolonged: put !== null
			};
		},
		refresh: (token) =>
			db.write(async (tx) => {
				await tx
					.update(sessions)
					.set({ reauthenticatedAt: now() })
					.where(eq(sessions.id, hashToken(token)));
			}),
		end: (token, also = nothingElse) =>
			db.write(async (tx) => {
				await also(tx);
				await within(tx).invalidateSession(token);
			}),
		list: (person) =>
			db.read
				.select({
					handle: sessions.handle,
					begunAt: sessions.begunAt,
					device: sessions.device,
					isShared: sessions.isShared
				})
				.from(sessions)
				.where(
					and(
						eq(sessions.person, person),
						isNull(sessions.awaits),
						gt(sessions.expiresAt, now()),
						gt(sessions.endsAt, now())
					)
				)
				.orderBy(desc(sessions.begunAt), desc(sessions.handle)),
		endOne: (person, handle, also = nothingElse) =>
			db.write(async (tx) => {
				const ended = await tx
					.delete(sessions)
					.where(and(eq(sessions.person, person), eq(sessions.handle, handle)))
					.returning({ handle: sessions.handle });
				if (ended.length > 0) await also(tx);
				return ended.length > 0;
			}),
		endAllOf: (person, except = null, also = nothingElse) =>
			db.write(async (tx) => {
				const others = except === null ? undefined : ne(sessions.handle, except);
				const ended = await tx
					.delete(sessions)
					.where(and(eq(sessions.person, person), others))
					.returning({ handle: sessions.handle });
				if (ended.length > 0) await also(tx);
				return ended.length;
			}),
		async endVouched(tx, { id, session, subject }) {
			if (session === null && subject === null) return [];
			const unnamed = subject === null ? undefined : isNull(sessions.providerSession);
			const ended = await tx
				.delete(sessions)
				.where(
					and(
						eq(sessions.provider, id),
						subject === null ? undefined : eq(sessions.providerSubject, subject),
						session === null ? undefined : or(eq(sessions.providerSession, session), unnamed)
					)
				)
				.returning({ person: sessions.person });
			return [...new Set(ended.map(({ person }) => person))];
		},
		sweep: () => lucia.deleteExpiredSessions()
	};
}
