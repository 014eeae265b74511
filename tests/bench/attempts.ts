import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { choose, start } from '#lib/scenario/run.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import type { Installation } from '#tests/support/nodes.ts';

/** One move as it is sent. */
export interface Sent {
	attempt: string;
	position: number;
	move: string;
}

/** The longest of some ways to an ending that take the scenario's choices in turn. */
export function findWay(scenario: Scenario<string>): string[] {
	const ways = [0, 1, 2, 3].map((first) => takeInTurn(scenario, first));
	return ways.reduce((longest, way) => (way.length > longest.length ? way : longest));
}

function takeInTurn(scenario: Scenario<string>, first: number): string[] {
	const moves: string[] = [];
	let run = start(scenario);
	while (run.ending === undefined) {
		const move = run.offered[(first + moves.length) % run.offered.length] ?? '';
		moves.push(move);
		run = choose(run, move).run;
	}
	return moves;
}

/** Where steps are kept, for a benchmark that prepares and counts them behind the platform's back. */
export interface StepStore {
	/** Puts open attempts of the same person at the same scenario beside the one given. */
	putBeside(attempt: string, ids: readonly string[]): Promise<void>;
	/** How many moves of these attempts are there; counting all of a national service takes its time. */
	countMovesOf(attempts: readonly string[]): Promise<number>;
}

/** The private store of a data folder. */
export function openStepFile(dataDir: string): StepStore {
	const open = (options?: SqliteDatabase.Options) =>
		new SqliteDatabase(join(dataDir, 'private.db'), options);
	return {
		async putBeside(attempt, ids) {
			const file = open();
			const insert = file.prepare(
				`INSERT INTO attempts (id, learner, scenario, version, house, ordinal, state, month)
				SELECT @id, learner, scenario, version, house,
					(SELECT max(ordinal) + 1 FROM attempts AS theirs WHERE theirs.learner = given.learner),
					state, month
				FROM attempts AS given WHERE id = @given`
			);
			file.transaction(() => {
				for (const id of ids) insert.run({ id, given: attempt });
			})();
			file.close();
		},
		async countMovesOf(attempts) {
			const file = open({ readonly: true });
			const query = file.prepare<[string], { moves: number }>(
				'SELECT count(*) AS moves FROM moves WHERE attempt = ?'
			);
			const found = attempts.reduce((sum, attempt) => sum + (query.get(attempt)?.moves ?? 0), 0);
			file.close();
			return found;
		}
	};
}

/** The private store on a PostgreSQL server. */
export function openStepDatabase(ask: Installation['ask']): StepStore {
	return {
		async putBeside(attempt, ids) {
			await ask(
				'private',
				`INSERT INTO attempts (id, learner, scenario, version, house, ordinal, state, month)
				SELECT new.id, learner, scenario, version, house,
					(SELECT max(ordinal) FROM attempts AS theirs WHERE theirs.learner = given.learner) + new.n,
					state, month
				FROM attempts AS given, unnest($2::text[]) WITH ORDINALITY AS new (id, n)
				WHERE given.id = $1`,
				[attempt, ids]
			);
		},
		async countMovesOf(attempts) {
			const counted = await ask(
				'private',
				'SELECT count(*)::int AS moves FROM moves WHERE attempt = ANY($1)',
				[attempts]
			);
			const [row] = counted as { moves: number }[];
			return row?.moves ?? 0;
		}
	};
}

/**
 * `count` moves, each at a fresh place: as many attempts as they need are put beside the one given,
 * straight into the store, because a person has one open attempt at a time.
 */
export async function prepareMoves(
	store: StepStore,
	attempt: string,
	way: readonly string[],
	count: number
): Promise<Sent[]> {
	const ids = Array.from({ length: Math.ceil(count / way.length) }, () => crypto.randomUUID());
	await store.putBeside(attempt, ids);
	return ids
		.flatMap((id) => way.map((move, position) => ({ attempt: id, position, move })))
		.slice(0, count);
}
