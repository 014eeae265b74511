import type { Scenario } from '../model.ts';
import { choose, movesOf, replay, type Run } from '../run.ts';

/** How far the record of a run has come. */
export type Saving =
	/** Everything is kept by the server; when (in milliseconds), if it happened on this page. */
	| { readonly state: 'saved'; readonly at: number | undefined }
	| { readonly state: 'saving' }
	/** The server could not be reached; the moves wait here and are sent again. */
	| { readonly state: 'kept' }
	/** The same, until the person has signed in again. */
	| { readonly state: 'signed-out' }
	/** The attempt has gone on without this page, which therefore stops. */
	| { readonly state: 'elsewhere' }
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
	/** Takes each move as JSON by POST. */
	address: string;
	module?: ModuleStep | undefined;
	/** Told once, when the move that ended the story has been recorded. */
	onended?: (() => void) | undefined;
	/** The rest of the world, replaced in tests. */
	send?: typeof fetch;
	later?: (work: () => void, milliseconds: number) => void;
	now?: () => number;
}

type Outcome = 'recorded' | 'ended' | 'unreachable' | 'signed-out' | 'refused';

const longestWait = 30_000;
/** A request that takes longer counts as lost; sending it again does no harm. */
const patience = 15_000;

/**
 * One learner's run through a scenario, as the page shows it. A choice is shown at once and recorded
 * behind it, one move at a time and in order; what cannot be sent waits and is sent again. Without a
 * recording nothing is sent: that is how somebody tries another way.
 */
export class ScenarioPlayer {
	#run: Run<string>;
	#saving: Saving;
	/** How many moves the server has. */
	#recorded: number;
	#isSending = false;
	#failures = 0;
	#wake: (() => void) | undefined;
	readonly #recording: Recording | undefined;

	/** Begins with the moves that the server has; those that no longer fit are left out. */
	constructor(scenario: Scenario<string>, moves: readonly string[], recording?: Recording) {
		this.#run = $state.raw(replay(scenario, moves).run);
		this.#saving = $state.raw(recording ? { state: 'saved', at: undefined } : { state: 'trial' });
		this.#recorded = this.#run.path.length;
		this.#recording = recording;
	}

	get run(): Run<string> {
		return this.#run;
	}

	get saving(): Saving {
		return this.#saving;
	}

	get isRecorded(): boolean {
		return this.#recording !== undefined;
	}

	/** Whether leaving now would lose moves; one that is on its way arrives without the page. */
	get hasUnsent(): boolean {
		const { state } = this.#saving;
		if (state === 'kept' || state === 'signed-out') return true;
		return state === 'saving' && this.#run.path.length - this.#recorded > 1;
	}

	/** Makes a move; false where it is not offered, or where this page has stopped. */
	choose(move: string): boolean {
		if (this.#saving.state === 'elsewhere') return false;
		const chosen = choose(this.#run, move);
		if (!chosen.taken) return false;
		this.#run = chosen.run;
		void this.#sendAll();
		return true;
	}

	/** Sends what waits without waiting longer: the device is online again, or somebody is back. */
	retry(): void {
		this.#wake?.();
	}

	async #sendAll(): Promise<void> {
		const recording = this.#recording;
		if (recording === undefined || this.#isSending) return;
		this.#isSending = true;
		if (this.#saving.state === 'saved') this.#saving = { state: 'saving' };
		while (this.#recorded < this.#run.path.length) {
			const outcome = await this.#record(recording);
			if (outcome === 'refused') {
				this.#saving = { state: 'elsewhere' };
				break;
			}
			if (outcome === 'unreachable' || outcome === 'signed-out') {
				this.#saving = { state: outcome === 'signed-out' ? outcome : 'kept' };
				await this.#waitLonger(recording);
				continue;
			}
			this.#failures = 0;
			this.#recorded += 1;
			if (this.#recorded === this.#run.path.length) this.#saving = this.#savedNow(recording);
			if (outcome === 'ended') recording.onended?.();
		}
		this.#isSending = false;
	}

	#savedNow({ now = Date.now }: Recording): Saving {
		return { state: 'saved', at: now() };
	}

	async #record({ attempt, address, module, send = fetch }: Recording): Promise<Outcome> {
		const position = this.#recorded;
		const move = movesOf(this.#run)[position];
		try {
			const response = await send(address, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ attempt, position, move, ...(module && { module }) }),
				// A move that is on its way arrives also where the page is left meanwhile.
				keepalive: true,
				redirect: 'error',
				signal: AbortSignal.timeout(patience)
			});
			if (response.ok) return readEnded(await response.json()) ? 'ended' : 'recorded';
			return readRefusal(response.status);
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

function readEnded(answer: unknown): boolean {
	return (
		typeof answer === 'object' && answer !== null && 'ended' in answer && answer.ended === true
	);
}

function readRefusal(status: number): Outcome {
	if (status === 401) return 'signed-out';
	const mayPass = status >= 500 || status === 429 || status === 408;
	return mayPass ? 'unreachable' : 'refused';
}
