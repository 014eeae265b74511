import type { AddList, AddRow, Filling } from '#lib/server/db/fill.ts';
import { learnerKeys } from './key-tables.server.ts';
import { attempts, moves, progress } from './tables.server.ts';

/** Ways to add to a private store that is being filled, each with its values in this order. */
export interface PrivateRows {
	/** id, learner, step, month */
	progress: AddRow;
	/** id, learner, scenario, version, house, ordinal, state, month */
	attempt: AddRow;
	/** Of an attempt so many moves of a way, which is known by its number. */
	moves: AddList;
}

export function openPrivateRows(
	{ rows, lists }: Filling,
	ways: readonly (readonly string[])[]
): PrivateRows {
	return {
		progress: rows(progress, ['id', 'learner', 'step', 'month']),
		attempt: rows(attempts, [
			'id',
			'learner',
			'scenario',
			'version',
			'house',
			'ordinal',
			'state',
			'month'
		]),
		moves: lists(moves, ['attempt', 'position', 'move'], ways)
	};
}

/** person, wrapped */
export function openKeyRows({ rows }: Filling): AddRow {
	return rows(learnerKeys, ['person', 'wrapped']);
}
