import {
	assign,
	initialTransition,
	setup,
	transition,
	type SnapshotFrom,
	type StateValue
} from 'xstate';
import type { Scenario } from '#lib/scenario/model.ts';
import { runOf } from './story.ts';

/** From as many answers on it is told how they are spread; under it nobody is told, ever. */
export const leastAnswers = 8;

/** What came of a round, as everybody may know it. */
export interface Revealed {
	/** How many have answered. */
	answered: number;
	/** Answers by choice; null under {@link leastAnswers} answers. */
	shares: Readonly<Record<string, number>> | null;
}

/** The one small change that a room agrees on. */
export interface SmallChange {
	body: string;
	/** Who sees to it, as the room wrote it; empty where nobody was named. */
	owner: string;
	/** `YYYY-MM-DD`; empty where no day was named. */
	due: string;
}

/** What happens in a room. Its list, in order, is the record of a session. */
export type SessionEvent =
	/** On to what comes next: the usual way of whoever leads. */
	| { type: 'next' }
	/** Each chooses in silence, on their own phone. */
	| { type: 'ask' }
	/** Two and two; it can still be answered. */
	| { type: 'pair' }
	/** Answers close, and what may be told of them is told. */
	| ({ type: 'reveal' } & Revealed)
	/** The way that the room takes, or how a flagged scene is told. */
	| { type: 'choose'; move: string }
	/** What would have come of another way. */
	| { type: 'look'; choice: string }
	/** Back from that to the room's own way. */
	| { type: 'back' }
	/** From the story to what the house takes home, because time is up. */
	| { type: 'round-off' }
	/** A suggestion has come, or been backed or taken off the wall: the list is new. */
	| { type: 'suggested' }
	/** These suggestions, by id, are what the house takes home. */
	| { type: 'keep'; suggestions: readonly string[] }
	| { type: 'change'; change: SmallChange }
	| { type: 'pause' }
	| { type: 'resume' }
	| { type: 'end' };

interface SessionContext {
	/** The moves of the room's way through the story. */
	moves: readonly string[];
	/** Counts the questions asked; votes are kept by it. */
	round: number;
	/** What came of the last round; undefined until it is revealed. */
	revealed: Revealed | undefined;
	/** The choice looked at instead of the room's own. */
	elsewhere: string | undefined;
	/** The point of the run sheet, where no story is played. */
	point: number;
	kept: readonly string[];
	change: SmallChange | undefined;
	/** Counts what whoever leads has done: a form made before the last of it does nothing any more. */
	step: number;
}

/** Where a room stands. */
export type Stage =
	/** People come in. */
	| 'lobby'
	/** What this is, and what one need not do. */
	| 'frame'
	/** Where the story takes place, and who is in it. */
	| 'setting'
	/** A flagged scene comes: as it is, or more gently? */
	| 'telling'
	/** A scene on the wall. */
	| 'scene'
	/** Silent choice. */
	| 'voting'
	/** Two and two, while answers are still open. */
	| 'pairs'
	/** Answers are closed, and the way is chosen. */
	| 'revealed'
	/** What came of it, and questions to the room. */
	| 'consequence'
	/** What would have come of another way. */
	| 'elsewhere'
	| 'ending'
	/** The way that the room took, once the story is over. */
	| 'path'
	/** A point of the run sheet, where no story is played. */
	| 'talk'
	/** "Here we …" */
	| 'here'
	/** One small change. */
	| 'change'
	| 'landing'
	| 'paused'
	| 'ended';

const inStory: readonly Stage[] = [
	'telling',
	'scene',
	'voting',
	'pairs',
	'revealed',
	'consequence',
	'elsewhere'
];

/** Whether the story is being played, and not over yet. */
export function isInStory(stage: Stage): boolean {
	return inStory.includes(stage);
}

/** What a session is played with. */
export interface SessionPlan {
	/** Null where no story is played. */
	scenario: Scenario<unknown> | null;
	/** How many points the run sheet has; used where no story is played. */
	points: number;
}

type SessionMachine = ReturnType<typeof buildSession>;
export type SessionState = SnapshotFrom<SessionMachine>;

/**
 * A facilitated session as a machine: people come in, then a story with its stops or the points of a
 * run sheet, then what the house takes home. From anywhere it can be paused, coming back to the same
 * place, and ended.
 */
export function buildSession({ scenario, points }: SessionPlan) {
	const runAt = (moves: readonly string[]) => (scenario ? runOf(scenario, moves) : undefined);
	const offers = (moves: readonly string[], move: string) =>
		runAt(moves)?.offered.includes(move) ?? false;

	return setup({
		types: { context: {} as SessionContext, events: {} as SessionEvent },
		guards: {
			hasStory: () => scenario !== null,
			isTelling: ({ context }) => runAt(context.moves)?.telling !== undefined,
			isOver: ({ context }) => runAt(context.moves)?.ending !== undefined,
			isOffered: ({ context, event }) =>
				event.type === 'choose' && offers(context.moves, event.move),
			isAnother: ({ context, event }) =>
				event.type === 'look' &&
				event.choice !== context.moves.at(-1) &&
				offers(context.moves.slice(0, -1), event.choice),
			hasFurtherPoint: ({ context }) => context.point + 1 < points
		},
		actions: {
			count: assign({ step: ({ context }) => context.step + 1 }),
			ask: assign({ round: ({ context }) => context.round + 1, revealed: undefined }),
			reveal: assign({
				revealed: ({ event }) =>
					event.type === 'reveal' ? tellRevealed(event.answered, event.shares) : undefined
			}),
			take: assign({
				moves: ({ context, event }) =>
					event.type === 'choose' ? [...context.moves, event.move] : context.moves,
				revealed: undefined,
				elsewhere: undefined
			}),
			look: assign({
				elsewhere: ({ event }) => (event.type === 'look' ? event.choice : undefined)
			}),
			lookBack: assign({ elsewhere: undefined }),
			// What has come stands in a table of its own.
			hear: () => undefined,
			advance: assign({ point: ({ context }) => context.point + 1 }),
			keep: assign({
				kept: ({ context, event }) => (event.type === 'keep' ? event.suggestions : context.kept)
			}),
			change: assign({
				change: ({ context, event }) => (event.type === 'change' ? event.change : context.change)
			})
		}
	}).createMachine({
		id: 'session',
		context: {
			moves: [],
			round: 0,
			revealed: undefined,
			elsewhere: undefined,
			point: 0,
			kept: [],
			change: undefined,
			step: 0
		},
		initial: 'present',
		on: { end: { target: '.ended', actions: 'count' } },
		states: {
			present: {
				initial: 'lobby',
				on: { pause: { target: 'paused', actions: 'count' } },
				states: {
					lobby: { on: { next: { target: 'frame', actions: 'count' } } },
					frame: {
						on: {
							next: [
								{ guard: 'hasStory', target: 'setting', actions: 'count' },
								{ target: 'talk', actions: 'count' }
							]
						}
					},
					setting: { on: { next: { target: 'story', actions: 'count' } } },
					story: {
						initial: 'arriving',
						on: { 'round-off': { target: 'here', actions: 'count' } },
						states: {
							arriving: {
								always: [
									{ guard: 'isTelling', target: 'telling' },
									{ guard: 'isOver', target: 'ending' },
									{ target: 'scene' }
								]
							},
							telling: {
								on: {
									choose: { guard: 'isOffered', target: 'arriving', actions: ['take', 'count'] }
								}
							},
							scene: {
								on: {
									ask: { target: 'voting', actions: ['ask', 'count'] },
									choose: { guard: 'isOffered', target: 'consequence', actions: ['take', 'count'] }
								}
							},
							voting: {
								on: {
									pair: { target: 'pairs', actions: 'count' },
									reveal: { target: 'revealed', actions: ['reveal', 'count'] }
								}
							},
							pairs: {
								on: { reveal: { target: 'revealed', actions: ['reveal', 'count'] } }
							},
							revealed: {
								on: {
									choose: { guard: 'isOffered', target: 'consequence', actions: ['take', 'count'] }
								}
							},
							consequence: {
								on: {
									look: { guard: 'isAnother', target: 'elsewhere', actions: ['look', 'count'] },
									next: { target: 'arriving', actions: 'count' }
								}
							},
							elsewhere: {
								on: {
									look: { guard: 'isAnother', actions: ['look', 'count'] },
									back: { target: 'consequence', actions: ['lookBack', 'count'] },
									next: { target: 'arriving', actions: ['lookBack', 'count'] }
								}
							},
							ending: { on: { next: { target: 'path', actions: 'count' } } },
							path: { on: { next: { target: '#session.present.here', actions: 'count' } } }
						}
					},
					talk: {
						on: {
							next: [
								{ guard: 'hasFurtherPoint', actions: ['advance', 'count'] },
								{ target: 'here', actions: 'count' }
							],
							'round-off': { target: 'here', actions: 'count' }
						}
					},
					here: {
						on: {
							suggested: { actions: 'hear' },
							keep: { actions: ['keep', 'count'] },
							next: { target: 'change', actions: 'count' }
						}
					},
					change: {
						on: {
							change: { actions: ['change', 'count'] },
							next: { target: 'landing', actions: 'count' }
						}
					},
					landing: {},
					where: { type: 'history', history: 'deep' }
				}
			},
			paused: { on: { resume: { target: 'present.where', actions: 'count' } } },
			ended: { type: 'final' }
		}
	});
}

const machines = new WeakMap<object, Map<number, SessionMachine>>();
const withoutStory = {};

function machineFor(plan: SessionPlan): SessionMachine {
	const owner = plan.scenario ?? withoutStory;
	let own = machines.get(owner);
	if (!own) machines.set(owner, (own = new Map()));
	let machine = own.get(plan.points);
	if (!machine) own.set(plan.points, (machine = buildSession(plan)));
	return machine;
}

/** A session at its beginning, with nobody there yet. */
export function openSession(plan: SessionPlan): SessionState {
	return initialTransition(machineFor(plan))[0];
}

/** Whether this can happen now. */
export function canHappen(state: SessionState, event: SessionEvent): boolean {
	return state.can(event);
}

/** The session after an event; one that cannot happen now changes nothing. */
export function advance(plan: SessionPlan, state: SessionState, event: SessionEvent): SessionState {
	const [next] = transition(machineFor(plan), state, event);
	// The machine does not raise its errors: it puts them into its state.
	if (next.status === 'error') throw next.error;
	return next;
}

/** A session after all that has happened in it; the same events always lead to the same place. */
export function replaySession(plan: SessionPlan, events: readonly SessionEvent[]): SessionState {
	return events.reduce((state, event) => advance(plan, state, event), openSession(plan));
}

/** Where a session stands. */
export function stageOf(state: Pick<SessionState, 'value'>): Stage {
	return innermost(state.value) as Stage; // every state without states of its own is a stage
}

function innermost(value: StateValue): string {
	if (typeof value === 'string') return value;
	const [inner] = Object.values(value);
	return inner === undefined ? '' : innermost(inner);
}

/** What may be told of a round: from eight answers on how they are spread, else their number alone. */
export function tellRevealed(
	answered: number,
	shares: Readonly<Record<string, number>> | null
): Revealed {
	return { answered, shares: answered >= leastAnswers ? shares : null };
}

/** The choice that most have made; undefined where two have as many, or nobody may know. */
export function majorityOf({ shares }: Revealed): string | undefined {
	const [first, second] = Object.entries(shares ?? {}).sort(([, a], [, b]) => b - a);
	return first && first[1] > 0 && first[1] !== second?.[1] ? first[0] : undefined;
}
