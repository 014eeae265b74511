import type { Reader } from '#lib/server/db/store.ts';
import { addDays } from '#lib/time.ts';
import { findHolding } from './assigning.ts';
import { listOwnStandings } from './cycles.server.ts';
import { readFacts } from './facts.server.ts';
import { findRenewal } from './renewal.ts';
import { newestOf } from './standing.ts';

/** For how long the newest completion of a course counts. */
export interface Validity {
	/** Whether it counts today. */
	isValid: boolean;
	/** The last day on which it does, as things stand today; null where nobody asks for a renewal. */
	until: string | null;
}

/**
 * For how long somebody's newest completion of a course counts: until the last day on which its renewal
 * is not late. Null for who has left, of whom nothing is asked any more, and where nothing is completed.
 */
export async function findValidity(
	read: Reader,
	person: string,
	course: string
): Promise<Validity | null> {
	const standing = (await listOwnStandings(read, person)).get(course);
	const [facts] = await readFacts(read, [person]);
	const completion = newestOf(facts?.completions.get(course) ?? []);
	if (!standing || !facts?.isHere || !completion) return null;
	const holding = findHolding(facts.assignments.filter((one) => one.course === course));
	const { isValid, dueOn } = standing;
	if (holding && holding.cycle > completion.cycle) {
		const graceDays = holding.terms?.graceDays ?? 0;
		return { isValid, until: dueOn && addDays(dueOn, graceDays) };
	}
	const rule = facts.rules.find((one) => one.course === course);
	const terms = rule && (holding?.origin === 'rule' ? holding.terms : rule.terms);
	const span = terms && findRenewal(completion.day, terms);
	return { isValid, until: span ? addDays(span.dueOn, terms.graceDays) : null };
}
