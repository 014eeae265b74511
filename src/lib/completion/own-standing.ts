import type { By } from './renewal.ts';
import type { State } from './state.ts';

/** What a learner is told of where they stand in a course. */
export interface OwnStanding {
	course: string;
	state: State;
	isAsked: boolean;
	isValid: boolean;
	cycle: number;
	by: By;
	/** The newest completion; null where there is none. */
	completedOn: string | null;
	/** When what is open is due, days away allowed for; null where nothing is, or it has no date. */
	dueOn: string | null;
	/** From when what is done is to be renewed; null where it is open, or nobody asks. */
	renewsOn: string | null;
	modulesCompleted: number;
	/** The next day on which any of this may be another by the clock alone. */
	nextOn: string | null;
}

/** Whether something of the cycle a person is in is still to be done. */
export function isOpen({
	completedOn,
	dueOn
}: Pick<OwnStanding, 'completedOn' | 'dueOn'>): boolean {
	return completedOn === null || dueOn !== null;
}
