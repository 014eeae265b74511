import { and, asc, eq, gt } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { findScenarioVersion } from '#lib/scenario/versions.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { ringChannel } from '#lib/server/live/ring.ts';
import {
	advance,
	canHappen,
	openSession,
	type SessionEvent,
	type SessionPlan,
	type SessionState
} from './session.ts';
import { readSession, type SessionRow } from './session-rows.server.ts';
import { plenaryEvents, plenarySessions } from './tables.server.ts';
import type { RoomScenario } from './view.ts';

/** A session that is under way, as it stands after its `n`-th event. It is never changed; an event makes a new one. */
export interface Room {
	readonly session: SessionRow;
	/** Null where no story is played. */
	readonly story: RoomScenario | null;
	readonly plan: SessionPlan;
	/** Number of the last event. */
	readonly n: number;
	readonly state: SessionState;
}

/** Where everybody in the room hears that there is something new. */
export const roomChannel = (session: string) => `plenary ${session}`;
/** Where who leads hears of it, and of what only counts. */
export const leadChannel = (session: string) => `plenary-lead ${session}`;

/**
 * The rooms that this process has looked into, for each App. The events are the truth: what is
 * remembered only spares replaying them, and is brought up to date before it is used.
 */
const remembered = new WeakMap<App, Map<string, Room>>();
/** Looks that are under way: a whole room that asks at once is answered by one. */
const looking = new WeakMap<App, Map<string, Promise<Room | null>>>();

function mapOf<T>(maps: WeakMap<App, Map<string, T>>, app: App): Map<string, T> {
	let map = maps.get(app);
	if (!map) maps.set(app, (map = new Map()));
	return map;
}

/** The room as it stands now; null where no session of that id is open. */
export function lookIn(app: App, session: string): Promise<Room | null> {
	const under = mapOf(looking, app);
	const known = under.get(session);
	if (known) return known;
	const look = lookAnew(app, session).finally(() => {
		if (under.get(session) === look) under.delete(session);
	});
	under.set(session, look);
	return look;
}

async function lookAnew(app: App, session: string): Promise<Room | null> {
	const row = await readSession(app.db.read, session);
	if (row?.state !== 'open') {
		remembered.get(app)?.delete(session);
		return null;
	}
	const room = await catchUp(app.db.read, await prepare(app, row), row.events);
	remember(app, room);
	return room;
}

function remember(app: App, room: Room): void {
	const rooms = mapOf(remembered, app);
	const known = rooms.get(room.session.id);
	if (!known || known.n < room.n) rooms.set(room.session.id, room);
}

/** The room as it is remembered, or at its beginning. */
async function prepare(app: App, row: SessionRow): Promise<Room> {
	const known = mapOf(remembered, app).get(row.id);
	if (known) return known;
	const story =
		row.scenario !== null && row.hash !== null
			? await findScenarioVersion(app, row.scenario, row.hash)
			: null;
	const plan = { scenario: story?.scenario ?? null, points: row.runSheet.length };
	return { session: row, story, plan, n: 0, state: openSession(plan) };
}

/** The room after the events that have been kept since. */
async function catchUp(handle: Reader | Writer, room: Room, last: number): Promise<Room> {
	if (room.n >= last) return room;
	const rows = await handle
		.select({ data: plenaryEvents.data })
		.from(plenaryEvents)
		.where(and(eq(plenaryEvents.session, room.session.id), gt(plenaryEvents.n, room.n)))
		.orderBy(asc(plenaryEvents.n));
	const events = rows.map(({ data }) => data as SessionEvent); // only ever written below
	const state = events.reduce((state, event) => advance(room.plan, state, event), room.state);
	return { ...room, n: last, state };
}

/** What happens in a room, and what is written along with it. */
export interface Happening {
	event: SessionEvent;
	/** Written in the same transaction, once it is sure that the event can happen. */
	write?(tx: Writer, after: Room): Promise<void>;
}

/**
 * Lets something happen in an open room: the event is appended with its number, in one transaction
 * with what belongs to it, and everybody is told. `decide` sees the room as it stands in that
 * transaction, and gives null where nothing is to happen any more; it may run more than once.
 *
 * @throws {DomainError} `not-found` where the session is not open, `conflict` for what cannot happen now.
 */
export async function happen(
	app: App,
	session: string,
	decide: (room: Room, tx: Writer) => Promise<Happening | null>
): Promise<Room> {
	const before = await lookIn(app, session);
	if (!before) throw new DomainError('not-found', 'session');
	const after = await app.db.write(async (tx) => {
		const [row] = await tx
			.select({ events: plenarySessions.events, state: plenarySessions.state })
			.from(plenarySessions)
			.where(eq(plenarySessions.id, session));
		if (row?.state !== 'open') throw new DomainError('not-found', 'session');
		const room = await catchUp(tx, before, row.events);
		const happening = await decide(room, tx);
		if (!happening) return room;
		const { event, write } = happening;
		if (!canHappen(room.state, event)) throw new DomainError('conflict', event.type);
		const next = { ...room, n: room.n + 1, state: advance(room.plan, room.state, event) };
		const { type: kind } = event;
		await tx.insert(plenaryEvents).values({ session, n: next.n, kind, data: event });
		await tx.update(plenarySessions).set({ events: next.n }).where(eq(plenarySessions.id, session));
		await write?.(tx, next);
		return next;
	});
	remember(app, after);
	// A look that began before this was kept may have missed it.
	mapOf(looking, app).delete(session);
	return after;
}

/** Everybody reads anew what stands there. */
export function tellEverybody(session: string): void {
	ringChannel(roomChannel(session));
	ringChannel(leadChannel(session));
}

/** Rings that wait, by channel: what comes often is told at most four times a second. */
const waiting = new Map<string, NodeJS.Timeout>();
const pause = 250;

/** Tells a channel soon, once for all that comes until then. */
export function tellSoon(channel: string): void {
	if (waiting.has(channel)) return;
	const timer = setTimeout(() => {
		waiting.delete(channel);
		ringChannel(channel);
	}, pause);
	waiting.set(channel, timer);
	timer.unref();
}

/** Forgets what is remembered of a session that is over. */
export function forgetRoom(app: App, session: string): void {
	remembered.get(app)?.delete(session);
}
