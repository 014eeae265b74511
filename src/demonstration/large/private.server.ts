/**
 * What people of a large demonstration have done that only they may know. It reaches the private side to
 * fill it, before anybody has come in.
 */
import { openKeyRows, openPrivateRows, type PrivateRows } from '#lib/practice/fill.server.ts';
import { makeLearner, type Learner } from '#lib/practice/learner.server.ts';
import { scopeOfScenario } from '#lib/practice/attempts.server.ts';
import { keyOf, scopeOfModule } from '#lib/practice/progress.server.ts';
import { deriveSecret, houseOf, type Secret } from '#lib/practice/secret.server.ts';
import type { Library } from '#lib/scenario/library.server.ts';
import { fillSqlite } from '#lib/server/db/fill.ts';
import { addDays } from '#lib/time.ts';
import { Chance, orderedIds, shuffled } from './chance.ts';
import type { History } from './history.ts';
import { takeWalks } from './walks.ts';

/** Rows on the private side for each of those who are there, all in all. */
const eventsEach = 333;
/** Of those who have begun anything, as nobody else has a private side. */
const begunOfHundred = 93;
const walksEach = 150;
/** Attempts and progress are kept for thirteen months, see `retention.ts`. */
const daysKept = 390;

/** Rows as columns of numbers: millions of objects would not fit. */
interface Columns {
	progress: { learner: number[]; step: number[]; month: number[] };
	attempts: {
		learner: number[];
		house: number[];
		walk: number[];
		/** How many of its moves were made. */
		made: number[];
		ordinal: number[];
		state: number[];
		month: number[];
	};
}

interface Walk {
	scenario: number;
	moves: readonly string[];
}

const states = ['open', 'ended', 'left'] as const;

/** Gathers what people did, and then fills the two private files with it. */
export class PrivateSide {
	readonly #seed: string;
	readonly #library: Library;
	readonly #secret: Secret;
	readonly #walks: Walk[];
	readonly #keys: [person: string, wrapped: Uint8Array][] = [];
	readonly #learners: string[] = [];
	readonly #steps: string[] = [];
	readonly #numberOfStep = new Map<string, number>();
	readonly #months: string[] = [];
	readonly #rows: Columns = {
		progress: { learner: [], step: [], month: [] },
		attempts: { learner: [], house: [], walk: [], made: [], ordinal: [], state: [], month: [] }
	};

	constructor(seed: string, library: Library, secretKey: Uint8Array, today: string) {
		this.#seed = seed;
		this.#library = library;
		this.#secret = deriveSecret(secretKey);
		const chance = new Chance(`${seed} walks`);
		this.#walks = library.scenarios.flatMap((one, scenario) =>
			takeWalks(chance, one, walksEach).map((moves) => ({ scenario, moves }))
		);
		for (let days = daysKept; days >= 0; days -= 1) {
			const month = addDays(today, -days).slice(0, 7);
			if (this.#months.at(-1) !== month) this.#months.push(month);
		}
	}

	/** What a person did on their own, who works at a house by its position; who began nothing has done nothing. */
	add(chance: Chance, person: string, house: number, { modules }: History): void {
		if (modules.length === 0) return;
		const { wrapped, learner } = makeLearner(this.#secret, person);
		this.#keys.push([person, wrapped]);
		const steps = this.#addProgress(learner, modules);
		const wanted = (eventsEach * 100 * (0.4 + 1.2 * chance.next())) / begunOfHundred;
		this.#addAttempts(chance, learner, house, wanted - steps);
	}

	#addProgress(learner: Learner, modules: History['modules']): number {
		const { progress } = this.#rows;
		const before = progress.step.length;
		for (const { course, module, cycle, day } of modules) {
			const month = this.#months.indexOf(day.slice(0, 7));
			const found = this.#library.catalogue.module(course, module);
			if (month < 0 || !found) continue;
			const pseudonym = this.#nameLearner(learner, scopeOfModule({ course, module }));
			for (const { key } of found.steps) {
				progress.learner.push(pseudonym);
				progress.step.push(this.#numberStep(keyOf(key, cycle)));
				progress.month.push(month);
			}
		}
		return progress.step.length - before;
	}

	#addAttempts(chance: Chance, learner: Learner, house: number, wanted: number): void {
		const { scenarios } = this.#library;
		const favourites = Math.min(chance.between(3, 9), scenarios.length);
		const first = chance.below(scenarios.length);
		let left = wanted;
		for (let one = 0; one < favourites && left > 0; one += 1) {
			const scenario = (first + one) % scenarios.length;
			const { slug = '' } = scenarios[scenario] ?? {};
			const pseudonym = this.#nameLearner(learner, scopeOfScenario(slug));
			const share = one === favourites - 1 ? left : (left * 2) / favourites;
			left -= this.#walkThrough(chance, { pseudonym, house, scenario }, share);
		}
	}

	#walkThrough(
		chance: Chance,
		{ pseudonym, house, scenario }: { pseudonym: number; house: number; scenario: number },
		wanted: number
	): number {
		const { attempts } = this.#rows;
		const isLeftOpen = chance.percent(8);
		let month = chance.below(this.#months.length);
		let events = 0;
		for (let ordinal = 1; events < wanted && ordinal < 250; ordinal += 1) {
			const walk = scenario * walksEach + chance.below(walksEach);
			const length = this.#walks[walk]?.moves.length ?? 0;
			const isBroken = chance.percent(6);
			const made = isBroken ? chance.below(length) : length;
			events += 1 + made;
			const isLast = events >= wanted;
			attempts.learner.push(pseudonym);
			attempts.house.push(house);
			attempts.walk.push(walk);
			attempts.made.push(made);
			attempts.ordinal.push(ordinal);
			attempts.state.push(isBroken ? (isLast && isLeftOpen ? 0 : 2) : 1);
			attempts.month.push(month);
			if (chance.percent(20)) month = Math.min(month + 1, this.#months.length - 1);
		}
		return events;
	}

	#nameLearner(learner: Learner, scope: string): number {
		return this.#learners.push(learner.pseudonym(scope)) - 1;
	}

	#numberStep(step: string): number {
		const known = this.#numberOfStep.get(step);
		if (known !== undefined) return known;
		const number = this.#steps.push(step) - 1;
		this.#numberOfStep.set(step, number);
		return number;
	}

	/** Fills the files; how many rows of each kind there are. */
	async write(
		files: { private: string; keys: string },
		migrations: { private: string; keys: string },
		places: readonly string[]
	): Promise<{ keys: number; progress: number; attempts: number; moves: number }> {
		let moves = 0;
		await fillSqlite({
			file: files.keys,
			migrations: migrations.keys,
			fill: (filling) => {
				const add = openKeyRows(filling);
				this.#keys.sort(([a], [b]) => (a < b ? -1 : 1));
				for (const [person, wrapped] of this.#keys) add(person, wrapped);
			}
		});
		await fillSqlite({
			file: files.private,
			migrations: migrations.private,
			fill: (filling) => {
				const rows = openPrivateRows(
					filling,
					this.#walks.map((walk) => walk.moves)
				);
				this.#writeProgress(rows);
				moves = this.#writeAttempts(rows, places);
			}
		});
		return {
			keys: this.#keys.length,
			progress: this.#rows.progress.step.length,
			attempts: this.#rows.attempts.walk.length,
			moves
		};
	}

	/** In the order of ids that are chance, so that the order of people is nowhere to be seen. */
	#writeProgress(rows: PrivateRows): void {
		const { learner, step, month } = this.#rows.progress;
		const chance = new Chance(`${this.#seed} progress`);
		const order = shuffled(chance, step.length);
		let at = 0;
		for (const id of orderedIds(chance, step.length)) {
			const row = order[at++] ?? 0;
			rows.progress(
				id,
				this.#learners[learner[row] ?? 0] ?? '',
				this.#steps[step[row] ?? 0] ?? '',
				this.#months[month[row] ?? 0] ?? ''
			);
		}
	}

	#writeAttempts(rows: PrivateRows, places: readonly string[]): number {
		const all = this.#rows.attempts;
		const count = all.walk.length;
		const houses = places.map((place) => houseOf(this.#secret, place));
		const order = shuffled(new Chance(`${this.#seed} attempts`), count);
		let at = 0;
		let moves = 0;
		for (const id of orderedIds(new Chance(`${this.#seed} attempt ids`), count)) {
			const row = order[at++] ?? 0;
			const { slug = '', hash = '' } =
				this.#library.scenarios[this.#walks[all.walk[row] ?? 0]?.scenario ?? 0] ?? {};
			rows.attempt(
				id,
				this.#learners[all.learner[row] ?? 0] ?? '',
				slug,
				hash,
				houses[all.house[row] ?? 0] ?? '',
				all.ordinal[row] ?? 1,
				states[all.state[row] ?? 0] ?? 'left',
				this.#months[all.month[row] ?? 0] ?? ''
			);
			rows.moves(id, all.walk[row] ?? 0, all.made[row] ?? 0);
			moves += all.made[row] ?? 0;
		}
		return moves;
	}
}
