import { join } from 'node:path';
import { root } from '../../src/commands/install.mjs';
import type { Scenario } from '#lib/scenario/model.ts';
import { choose, start, type Run } from '#lib/scenario/run.ts';
import { openLibrary } from './library.ts';
import type { Visitor } from './visitor.ts';

const courses = join(root, 'courses');

export const scenario = 'reception-full-house';
/** The module in which the scenario is a step. */
export const scenarioModule = { course: 'basic', module: 'when-it-heats-up' };

/** Longer ways are left, and the story begun anew, as people do. */
const longestRun = 30;

/** The platform may go away so often while one thing is tried. */
const mostFailures = 20;

/** One way through the scenario, as its player knows it. */
export interface PlayedRun {
	attempt: string;
	/** Those that the platform has acknowledged. */
	moves: string[];
	/** The one that it has not, if any. */
	underway: string | undefined;
}

interface Ways {
	account: string;
	/** The run, counted from 1, from which on the module is to count as finished. */
	finishesIn: number;
	/** Asked before each move. */
	mayMove(): boolean;
	/** Resolves when the platform is there again. */
	isBack(): Promise<void>;
	onacknowledged(): void;
}

interface PlayData {
	scenario: Scenario<string>;
	attempt: { id: string; moves: string[] };
}

/** What the page of the scenario plays with, for who has begun it. */
export async function readPlay(visitor: Visitor): Promise<PlayData> {
	const data = await visitor.readIsland(`/scenarios/${scenario}`, 'exercise');
	if (data === undefined) throw new Error('there is nothing to play');
	return data as PlayData; // the properties of the player
}

/**
 * A learner who plays one run after the other over HTTP, and sends each move again until it is
 * acknowledged, as the page does.
 */
export class Player {
	readonly account: string;
	readonly runs: PlayedRun[] = [];
	/** Whether the platform has said that the story ended with everything else of the module behind. */
	finished: 'no' | 'unknown' | 'yes' = 'no';
	/** A request is on its way. */
	isWaiting = false;
	readonly #visitor: Visitor;
	readonly #ways: Ways;
	readonly #step: string;

	private constructor(visitor: Visitor, ways: Ways, step: string) {
		this.account = ways.account;
		this.#visitor = visitor;
		this.#ways = ways;
		this.#step = step;
	}

	/** Puts every other step of the module behind, so that the scenario is what is left of it. */
	static async enter(visitor: Visitor, ways: Ways): Promise<Player> {
		const path = `/learn/${scenarioModule.course}/${scenarioModule.module}`;
		const { course, module } = scenarioModule;
		const { steps = [] } = openLibrary(courses).catalogue.module(course, module) ?? {};
		for (const { key, kind } of steps)
			if (kind !== 'scenario') await visitor.submit(`${path}?/onward`, { step: key });
		const step = steps.find(({ kind }) => kind === 'scenario');
		return new Player(visitor, ways, step?.key ?? '');
	}

	/** Plays until no move may be made any more. */
	async play(): Promise<void> {
		for (;;) {
			const { scenario: story, attempt } = await this.#begin();
			const run: PlayedRun = { attempt: attempt.id, moves: [], underway: undefined };
			this.runs.push(run);
			if (!(await this.#playThrough(start(story), run))) return;
		}
	}

	async #begin(): Promise<PlayData> {
		const path = `/scenarios/${scenario}?/begin`;
		await this.#insist(() => this.#visitor.submit(path, { again: '1' }));
		return this.#insist(() => readPlay(this.#visitor));
	}

	/** False where it had to end before the story did. */
	async #playThrough(story: Run<string>, run: PlayedRun): Promise<boolean> {
		let now = story;
		while (now.ending === undefined && run.moves.length < longestRun) {
			if (!this.#ways.mayMove()) return false;
			const move = now.offered[(run.moves.length + this.runs.length) % now.offered.length] ?? '';
			now = choose(now, move).run;
			run.underway = move;
			await this.#record(run, move, now.ending !== undefined);
		}
		return true;
	}

	async #record(run: PlayedRun, move: string, ends: boolean): Promise<void> {
		const counts = this.runs.length >= this.#ways.finishesIn;
		if (ends && counts && this.finished === 'no') this.finished = 'unknown';
		const { attempt, moves } = run;
		await this.#insist(async () => {
			const answer = await this.#visitor.send(`/scenarios/${scenario}/moves`, {
				attempt,
				position: moves.length,
				move,
				...(counts && { module: { ...scenarioModule, step: this.#step } })
			});
			const said = await answer.text();
			if (!answer.ok) throw new Error(`${answer.status} ${said}`);
		});
		moves.push(move);
		run.underway = undefined;
		if (ends && counts) this.finished = 'yes';
		this.#ways.onacknowledged();
	}

	/** Tries again when the platform has gone away meanwhile. */
	async #insist<T>(work: () => Promise<T>): Promise<T> {
		for (let failures = 0; ; failures += 1) {
			this.isWaiting = true;
			try {
				return await work();
			} catch (fault) {
				// What fetch raises for a connection that broke.
				if (!(fault instanceof TypeError) || failures === mostFailures) throw fault;
				await this.#ways.isBack();
			} finally {
				this.isWaiting = false;
			}
		}
	}
}
