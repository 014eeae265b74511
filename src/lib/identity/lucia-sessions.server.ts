import { createHash } from 'node:crypto';
import { eq, lt } from 'drizzle-orm';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import { newPrivateId } from '#lib/id.ts';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader, Store } from '#lib/server/db/store.ts';
import type { SessionStore, SignInMethod } from './session-store.ts';
import { people, sessions } from './tables.server.ts';

declare module 'lucia' {
	interface Register {
		Lucia: Lucia<SessionFacts>;
		DatabaseSessionAttributes: SessionFacts;
		DatabaseUserAttributes: Record<never, never>;
	}
}

interface SessionFacts {
	endsAt: Date;
	reauthenticatedAt: Date;
	method: SignInMethod;
	handle: string;
	begunAt: Date;
	device: string | null;
	isShared: boolean;
	idleMinutes: number;
}

/** Ends after 8 hours without use, and after 7 days whatever happens (OWASP ASVS 5.0, 7.3.1 and 7.3.2). */
const idle = new TimeSpan(8, 'h');
const absolute = new TimeSpan(7, 'd');

const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

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
				closedOn: people.closedOn
			})
			.from(sessions)
			.innerJoin(people, eq(people.id, sessions.person))
			.where(eq(sessions.id, given('id')))
			.prepare('session_by_id')
	);

/** Keeps sessions in the platform store, each under the SHA-256 of its token. */
function adapterFor(db: Store, now: () => Date): Adapter {
	const remove = (token: string) =>
		db.write(async (tx) => {
			await tx.delete(sessions).where(eq(sessions.id, hashToken(token)));
		});
	return {
		async getSessionAndUser(token) {
			const [row] = await findSession(db.read).execute({ id: hashToken(token) });
			if (!row || row.closedOn !== null || row.endsAt <= now()) return [null, null];
			const { person, expiresAt, method, endsAt, reauthenticatedAt } = row;
			const { handle, begunAt, device, isShared, idleMinutes } = row;
			const session: DatabaseSession = {
				id: token,
				userId: person,
				expiresAt,
				attributes: {
					endsAt,
					reauthenticatedAt,
					method: method as SignInMethod, // written below
					handle,
					begunAt,
					device,
					isShared,
					idleMinutes
				}
			};
			return [session, { id: person, attributes: {} }];
		},
		// Asked for by the interface; we list sessions by person without their tokens, which we do not have.
		getUserSessions: async () => [],
		setSession: ({ id, userId, expiresAt, attributes }) =>
			db.write(async (tx) => {
				await tx
					.insert(sessions)
					.values({ id: hashToken(id), person: userId, expiresAt, ...attributes });
			}),
		updateSessionExpiration: (token, expiresAt) =>
			db.write(async (tx) => {
				await tx
					.update(sessions)
					.set({ expiresAt })
					.where(eq(sessions.id, hashToken(token)));
			}),
		deleteSession: remove,
		deleteUserSessions: (person) =>
			db.write(async (tx) => {
				await tx.delete(sessions).where(eq(sessions.person, person));
			}),
		deleteExpiredSessions: () =>
			db.write(async (tx) => {
				await tx.delete(sessions).where(lt(sessions.expiresAt, now()));
				await tx.delete(sessions).where(lt(sessions.endsAt, now()));
			})
	};
}

/**
 * Sessions on Lucia 3, which its author retired in March 2025. This file is the only one that names
 * it; to leave it, write another {@link SessionStore}.
 */
export function openSessions(db: Store, now: () => Date): SessionStore {
	const lucia = new Lucia(adapterFor(db, now), {
		sessionExpiresIn: idle,
		getSessionAttributes: (facts) => facts
	});
	return {
		async begin(person, method) {
			const moment = now();
			const { id, expiresAt } = await lucia.createSession(person, {
				endsAt: new Date(moment.getTime() + absolute.milliseconds()),
				reauthenticatedAt: moment,
				method,
				handle: newPrivateId(),
				begunAt: moment,
				device: null,
				isShared: false,
				idleMinutes: idle.seconds() / 60
			});
			return { token: id, expiresAt };
		},
		async read(token) {
			const { session } = await lucia.validateSession(token);
			if (!session) return null;
			const { userId, expiresAt, reauthenticatedAt, method, fresh } = session;
			return { person: userId, expiresAt, reauthenticatedAt, method, prolonged: fresh };
		},
		end: (token) => lucia.invalidateSession(token),
		endAllOf: (person) => lucia.invalidateUserSessions(person),
		sweep: () => lucia.deleteExpiredSessions()
	};
}
