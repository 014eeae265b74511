import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';

/** The moves of each attempt that is in the private store of a folder, in order; a gap shows as a hole. */
export function readMoves(dataDir: string): Map<string, string[]> {
	const file = new SqliteDatabase(join(dataDir, 'private.db'), { readonly: true });
	const rows = file
		.prepare<[], { attempt: string; position: number; move: string }>(
			'SELECT attempt, position, move FROM moves'
		)
		.all();
	file.close();
	const kept = new Map<string, string[]>();
	for (const { attempt, position, move } of rows) {
		const moves = kept.get(attempt) ?? [];
		moves[position] = move;
		kept.set(attempt, moves);
	}
	return kept;
}
