import {
	advance,
	openExercise,
	placeOf,
	type ExercisePlace,
	type ExerciseState
} from '../exercise.ts';
import type { Scenario } from '../model.ts';
import { choose, movesOf, replay, toStoryEvent, type Run } from '../run.ts';
import { afterPaint } from './idle.ts';
import { UnsentMoves, type Shelf, type Waiting } from './unsent.ts';

/** How far the record of a run has come. */
export type Saving =
	/** Everything is kept by the server; when (in milliseconds), if it happened on this page. */
	| { readonly state: 'saved'; readonly at: number | undefined }
	| { readonly state: 'saving' }
	/** The server could not be reached; the moves wait here and are sent again. */
	| { readonly state: 'kept' }
	/** The same, until the person has signed in again. */
	| { readonly state: 'signed-out' }
	/**
	 * Another way of this attempt reached the server first, and this page stops. The moves made here
	 * are kept to be gone on with as an attempt of their own.
	 */
	| { readonly state: 'elsewhere'; readonly moves: readonly string[] }
	/** Nothing is recorded: another way is being tried. */
	| { readonly state: 'trial' };

/** The step of a module that is behind the learner once the story has ended. */
export interface ModuleStep {
	course: string;
	module: string;
	step: string;
}

/** Where the moves of a run are recorded. */
export interface Recording {
	/** Id of the attempt. */
	attempt: string;
	/** What the server calls the person towards this tab; moves that wait are kept under it. */
	owner: string;
	/** Takes each move as JSON by POST. */
	address: string;
	module?: ModuleStep | undefined;
	/** The rest of the world, replaced in tests. */
	send?: typeof fetch;
	later?: (work: () => void, milliseconds: number) => void;
	now?: () => number;
	shelf?: Shelf;
	/** When a move is sent: once what follows from it has been painted. */
	soon?: (work: () => void) => void;
	/** The story is no more: the page is asked for anew, and says so. */
	leave?: () => void;
}

/** Where a move leads. */
interface Foreseen {
	move: string;
	run: Run<string>;
	exercise: ExerciseState;
}

type Outcome = 'recorded' | 'unreachable' | 'signed-out' | 'refused' | 'gone';

const longestWait = 30_000;
/** A request that takes longer counts as lost; sending it again does no harm. */
const patience = 15_000;

/**
 * One learner's run through a scenario, as the page shows it. A choice is shown at once and recorded
 * behind it, one move at a time and in order; what cannot be sent waits in this tab, also across a
 * reload, and is sent again. Without a recording nothing is sent: that is how somebody tries another way.
 */
export class ScenarioPlayer {
	#run: Run<string>;
	#exercise: ExerciseState;
	#saving: Saving;
	/** How many moves the server has. */
	#recorded: number;
	#isSending = false;
	#failures = 0;
	#wake: (() => void) | undefined;
	/** Where the moves that are offered now would lead, as far as somebody has asked. */
	#foreseen: readonly Foreseen[] = [];
	readonly #recording: Recording | undefined;
	readonly #unsent: UnsentMoves | undefined;

	/**
	 * Begins with the moves that the server has and those that waited in this tab; what no longer fits
	 * is left out. Where the server has another way by now, that one is shown, and the moves of this
	 * tab are offered instead.
	 */
	constructor(scenario: Scenario<string>, moves: readonly string[], recording?: Recording) {
		const unsent = recording && new UnsentMoves(recording.owner, scenario.id, recording.shelf);
		const waiting = unsent?.settle({ attempt: recording?.attempt ?? '', moves }) ?? none;
		const run = replay(scenario, waiting.fate === 'goes-on' ? waiting.moves : moves).run;
		this.#run = $state.raw(run);
		this.#exercise = $state.raw(openExercise(scenario, movesOf(run)));
		this.#recorded = Math.min(moves.length, run.path.length);
		this.#recording = recording;
		this.#unsent = unsent;
		this.#saving = $state.raw(readSaving(recording, waiting));
	}

	get run(): Run<string> {
		return this.#run;
	}

	get place(): ExercisePlace {
		return placeOf(this.#exercise);
	}

	get saving(): Saving {
		return this.#saving;
	}

	get isRecorded(): boolean {
		return this.#recording !== undefined;
	}

	/** Whether leaving now would leave moves unsent; one that is on its way arrives without the page. */
	get hasUnsent(): boolean {
		const { state } = this.#saving;
		if (state === 'kept' || state === 'signed-out') return true;
		return state === 'saving' && this.#run.path.length - this.#recorded > 1;
	}

	/** Where a move would lead, without making it; undefined where it is not offered. */
	foresee(move: string): Run<string> | undefined {
		return this.#foresee(move)?.run;
	}

	/** Makes a move; false where it is not offered, during a pause, or where this page has stopped. */
	choose(move: string): boolean {
		if (this.#saving.state === 'elsewhere' || this.place === 'paused') return false;
		const foreseen = this.#foresee(move);
		if (!foreseen) return false;
		this.#exercise = foreseen.exercise;
		this.#run = foreseen.run;
		this.#foreseen = [];
		// Kept at once, and sent a moment later: nobody waits for it.
		this.#keepUnsent();
		if (this.#recording) (this.#recording.soon ?? afterPaint)(() => void this.#sendAll());
		return true;
	}

	#foresee(move: string): Foreseen | undefined {
		const known = this.#foreseen.find((foreseen) => foreseen.move === move);
		if (known || this.place === 'paused') return known;
		const exercise = advance(this.#run.scenario, this.#exercise, toStoryEvent(move));
		const { taken, run } = choose(this.#run, move);
		if (exercise === this.#exercise || !taken) return undefined;
		const foreseen = { move, run, exercise };
		this.#foreseen = [...this.#foreseen, foreseen];
		return foreseen;
	}

	/** Nothing can be chosen until `resume`. */
	pause(): void {
		this.#exercise = advance(this.#run.scenario, this.#exercise, { type: 'pause' });
	}

	/** Goes on exactly where it was. */
	resume(): void {
		this.#exercise = advance(this.#run.scenario, this.#exercise, { type: 'resume' });
	}

	/** Sends what waits, without waiting longer: the page opens, the line is back, somebody is back. */
	retry(): void {
		if (this.#wake) this.#wake();
		else if (this.#saving.state !== 'elsewhere') void this.#sendAll();
	}

	/** Gives up the moves that wait: the way the server has is the one to go on with. */
	forgetUnsent(): void {
		this.#unsent?.forget();
	}

	async #sendAll(): Promise<void> {
		const recording = this.#recording;
		if (recording === undefined || this.#isSending) return;
		this.#isSending = true;
		while (this.#recorded < this.#run.path.length) {
			if (this.#saving.state === 'saved') this.#saving = { state: 'saving' };
			const outcome = await this.#record(recording);
			if (outcome === 'gone') {
				this.#unsent?.forget();
				(recording.leave ?? (() => location.reload()))();
				break;
			}
			if (outcome === 'refused') {
				this.#saving = { state: 'elsewhere', moves: movesOf(this.#run) };
				break;
			}
			if (outcome === 'unreachable' || outcome === 'signed-out') {
				this.#saving = { state: outcome === 'signed-out' ? outcome : 'kept' };
				await this.#waitLonger(recording);
				continue;
			}
			this.#failures = 0;
			this.#recorded += 1;
			this.#keepUnsent();
			if (this.#recorded === this.#run.path.length) this.#saving = this.#savedNow(recording);
		}
		this.#isSending = false;
	}

	#keepUnsent(): void {
		if (!this.#recording) return;
		const moves = movesOf(this.#run);
		if (this.#recorded === moves.length) this.#unsent?.forget();
		else this.#unsent?.keep({ attempt: this.#recording.attempt, moves });
	}

	#savedNow({ now = Date.now }: Recording): Saving {
		return { state: 'saved', at: now() };
	}

	async #record(recording: Recording): Promise<Outcome> {
		const { attempt, address, module, send = fetch } = recording;
		const position = this.#recorded;
		const move = movesOf(this.#run)[position];
		try {
			// Somebody else may have signed in meanwhile: nothing of the story is sent in their name.
			if (this.#saving.state === 'signed-out' && !(await isOwn(recording))) return 'signed-out';
			const response = await send(address, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ attempt, position, move, ...(module && { module }) }),
				// A move that is on its way arrives also where the page is left meanwhile.
				keepalive: true,
				redirect: 'error',
				signal: AbortSignal.timeout(patience)
			});
			// Read to its end, so that the line is free for the next move.
			await response.arrayBuffer();
			return response.ok ? 'recorded' : readRefusal(response.status);
		} catch {
			return 'unreachable';
		}
	}

	async #waitLonger({ later = setTimeout }: Recording): Promise<void> {
		const wait = Math.min(longestWait, 1_000 * 2 ** this.#failures);
		this.#failures += 1;
		await new Promise<void>((resolve) => {
			this.#wake = resolve;
			later(resolve, wait);
		});
		this.#wake = undefined;
	}
}

const none: Waiting = { fate: 'nothing' };

function readSaving(recording: Recording | undefined, waiting: Waiting): Saving {
	if (!recording) return { state: 'trial' };
	if (waiting.fate === 'parted') return { state: 'elsewhere', moves: waiting.moves };
	return { state: 'saved', at: undefined };
}

/** Whether the attempt is that of who is signed in now. */
async function isOwn({ address, attempt, send = fetch }: Recording): Promise<boolean> {
	const response = await send(`${address}?attempt=${encodeURIComponent(attempt)}`, {
		redirect: 'error',
		signal: AbortSignal.timeout(patience)
	});
	return response.ok;
}

function readRefusal(status: number): Outcome {
	if (status === 401) return 'signed-out';
	if (status === 410) return 'gone';
	const mayPass = status >= 500 || status === 429 || status === 408;
	return mayPass ? 'unreachable' : 'refused';
}
