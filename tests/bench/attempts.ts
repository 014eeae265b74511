import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { choose, start } from '#lib/scenario/run.ts';
import type { Scenario } from '#lib/scenario/model.ts';

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

/**
 * `count` moves, each at a fresh place: as many attempts as they need are put beside the one given,
 * straight into the store, because a person has one open attempt at a time.
 */
export function prepareMoves(
	dataDir: string,
	attempt: string,
	way: readonly string[],
	count: number
): Sent[] {
	const file = new SqliteDatabase(join(dataDir, 'private.db'));
	const insert = file.prepare(
		`INSERT INTO attempts (id, learner, scenario, version, house, ordinal, state, month)
		SELECT @id, learner, scenario, version, house,
			(SELECT max(ordinal) + 1 FROM attempts AS theirs WHERE theirs.learner = given.learner),
			state, month
		FROM attempts AS given WHERE id = @given`
	);
	const attempts = Array.from({ length: Math.ceil(count / way.length) }, () => crypto.randomUUID());
	file.transaction(() => {
		for (const id of attempts) insert.run({ id, given: attempt });
	})();
	file.close();
	return attempts
		.flatMap((id) => way.map((move, position) => ({ attempt: id, position, move })))
		.slice(0, count);
}

/** How many moves the store holds. */
export function countMoves(dataDir: string): number {
	const file = new SqliteDatabase(join(dataDir, 'private.db'), { readonly: true });
	const [row] = file.prepare<[], { moves: number }>('SELECT count(*) AS moves FROM moves').all();
	file.close();
	return row?.moves ?? 0;
}

/** How many moves of these attempts the store holds; counting all of a national service takes its time. */
export function countMovesOf(dataDir: string, attempts: readonly string[]): number {
	const file = new SqliteDatabase(join(dataDir, 'private.db'), { readonly: true });
	const query = file.prepare<[string], { moves: number }>(
		'SELECT count(*) AS moves FROM moves WHERE attempt = ?'
	);
	const found = attempts.reduce((sum, attempt) => sum + (query.get(attempt)?.moves ?? 0), 0);
	file.close();
	return found;
}
