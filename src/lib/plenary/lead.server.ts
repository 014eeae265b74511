import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { keepVersion } from '#lib/scenario/versions.server.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { countRound } from './ballot.server.ts';
import { simulateAnswers, simulateRoom } from './rehearsal.server.ts';
import { happen, tellEverybody, type Room } from './rooms.server.ts';
import { stageOf, type SessionEvent } from './session.ts';
import { findLedSession } from './sessions.server.ts';
import { runOf } from './story.ts';
import { plenarySessions } from './tables.server.ts';

/** What whoever leads does with one press. */
export type Steering = Exclude<
	SessionEvent,
	{ type: 'reveal' | 'suggested' | 'keep' | 'change' | 'end' }
>;

/**
 * Opens a planned session: it gets its code, and the scenario is pinned to its present version. Opening
 * it twice is opening it once.
 *
 * @throws {DomainError} as `findLedSession`, and `conflict` once it is held or called off.
 */
export async function openRoom(app: App, actor: Actor, id: string): Promise<void> {
	const { scenario: slug } = await findLedSession(app, actor, id);
	const scenario = slug === null ? null : app.library.scenario(slug);
	if (scenario === undefined) throw new DomainError('conflict', 'scenario-gone');
	if (scenario) {
		const { hash, source: body } = scenario;
		await keepVersion(app, { hash, kind: 'scenario', slug: scenario.slug, body });
	}
	await app.db.write(async (tx) => {
		const [row] = await tx
			.select({
				state: plenarySessions.state,
				rehearsal: plenarySessions.rehearsal,
				startsAt: plenarySessions.startsAt
			})
			.from(plenarySessions)
			.where(eq(plenarySessions.id, id));
		if (row?.state === 'open') return;
		if (row?.state !== 'planned') throw new DomainError('conflict', 'session-not-planned');
		await tx
			.update(plenarySessions)
			.set({
				state: 'open',
				code: await findFreeCode(tx),
				hash: scenario?.hash ?? null,
				// Held well before it was planned: from when it was held, the room is not kept open.
				startsAt: isEarly(row.startsAt, app.now()) ? app.now() : row.startsAt
			})
			.where(eq(plenarySessions.id, id));
		if (row.rehearsal) await simulateRoom(tx, id);
	});
	tellEverybody(id);
}

function isEarly(planned: Date, now: Date): boolean {
	return planned.getTime() - now.getTime() > 24 * 60 * 60 * 1000;
}

/** Eight digits: quick to type on any phone, and too many to guess while a session lasts. */
async function findFreeCode(tx: Writer): Promise<string> {
	for (;;) {
		const code = String(randomInt(10_000_000, 100_000_000));
		const taken = await tx
			.select({ id: plenarySessions.id })
			.from(plenarySessions)
			.where(eq(plenarySessions.code, code));
		if (taken.length === 0) return code;
	}
}

/**
 * Does what whoever leads has pressed. A press on a form that something newer has overtaken does
 * nothing, so that pressing twice is pressing once; pausing and going on always count.
 *
 * @param step the step that the form was made at.
 * @throws {DomainError} as `findLedSession`, and `conflict` for what cannot happen now.
 */
export async function steer(
	app: App,
	actor: Actor,
	id: string,
	event: Steering,
	step: number
): Promise<void> {
	await findLedSession(app, actor, id);
	await happen(app, id, async (room) => {
		const { type } = event;
		const stage = stageOf(room.state);
		if (type === 'pause' || type === 'resume')
			return (stage === 'paused') === (type === 'resume') ? happeningOf(room, event) : null;
		return room.state.context.step === step ? happeningOf(room, event) : null;
	});
	tellEverybody(id);
}

function happeningOf({ session }: Room, event: SessionEvent) {
	if (event.type !== 'ask' || !session.rehearsal) return { event };
	return {
		event,
		write: (tx: Writer, { state, plan }: Room) => {
			const { moves, round } = state.context;
			const choices = plan.scenario ? runOf(plan.scenario, moves).offered : [];
			return simulateAnswers(tx, session.id, round, choices);
		}
	};
}

/**
 * Closes the answers of the present round and tells what may be told of them.
 *
 * @throws {DomainError} as {@link steer}.
 */
export async function reveal(app: App, actor: Actor, id: string, step: number): Promise<void> {
	await findLedSession(app, actor, id);
	await happen(app, id, async ({ state, plan }, tx) => {
		const { moves, round, step: present } = state.context;
		if (present !== step) return null;
		const offered = plan.scenario ? runOf(plan.scenario, moves).offered : [];
		return { event: { type: 'reveal', ...(await countRound(tx, id, round, offered)) } };
	});
	tellEverybody(id);
}
