import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { newId } from '#lib/id.ts';
import { openRoom, reveal, steer, type Steering } from '#lib/plenary/lead.server.ts';
import { findSeat, takeSeat, vote, type Seated } from '#lib/plenary/phones.server.ts';
import { lookIn } from '#lib/plenary/rooms.server.ts';
import { readSession } from '#lib/plenary/session-rows.server.ts';
import type { SessionDraft } from '#lib/plenary/session-plan.ts';
import { planSession } from '#lib/plenary/sessions.server.ts';
import { stageOf, type Stage } from '#lib/plenary/session.ts';

/** A room that a test leads: everything is done through the app, as screens and phones do it. */
export interface TestRoom {
	id: string;
	code: string;
	/** Does what whoever leads presses, one after another. */
	press(...events: (Steering['type'] | Steering)[]): Promise<void>;
	reveal(): Promise<void>;
	stage(): Promise<Stage>;
	/** A phone that has come in; it keeps its secret and nothing else. */
	comeIn(): Promise<string>;
	/** The seat of a phone, as it comes with a request. */
	seat(secret: string): Promise<Seated>;
	vote(secret: string, choice: string): Promise<boolean>;
}

/** Plans an exercise on S1 and opens its room. */
export async function makeRoom(
	app: App,
	kim: Actor,
	workplace: string,
	changes: Partial<SessionDraft> & { rehearsal?: boolean } = {}
): Promise<TestRoom> {
	const id = newId();
	const planned = await planSession(app, kim, {
		id,
		kind: 'exercise',
		title: 'At the hatch',
		workplace,
		others: [],
		scenario: 'reception-full-house',
		modules: [],
		runSheet: [
			{ minutes: 5, heading: 'Frame', words: 'Good that you came.' },
			{ minutes: 20, heading: 'Story', words: '' }
		],
		startsAt: app.now(),
		minutes: 60,
		place: 'The dining room',
		locale: 'da',
		follows: null,
		helpers: [],
		...changes
	});
	if (planned.fault !== null) throw new Error(planned.fault);
	await openRoom(app, kim, id);
	return findTestRoom(app, kim, id);
}

/** The same room, as another process that has just started finds it. */
export async function findTestRoom(app: App, kim: Actor, id: string): Promise<TestRoom> {
	const code = (await readSession(app.db.read, id))?.code;
	if (!code) throw new Error('the room is not open');
	const look = async () => {
		const room = await lookIn(app, id);
		if (!room) throw new Error('the room is not open');
		return room;
	};
	const stepNow = async () => (await look()).state.context.step;
	const seat = async (secret: string) => {
		const seated = await findSeat(app, code, secret);
		if (!seated) throw new Error('no seat');
		return seated;
	};
	return {
		id,
		code,
		async press(...events) {
			for (const event of events) {
				// Each of these stands alone, without anything else that an event of its kind has.
				const whole = typeof event === 'string' ? ({ type: event } as Steering) : event;
				await steer(app, kim, id, whole, await stepNow());
			}
		},
		reveal: async () => reveal(app, kim, id, await stepNow()),
		stage: async () => stageOf((await look()).state),
		comeIn: () => takeSeat(app, id),
		seat,
		async vote(secret, choice) {
			const seated = await seat(secret);
			const { round } = seated.room.state.context;
			return (await vote(app, seated, { round, choice })).isIn;
		}
	};
}
