import { addDays } from '#lib/time.ts';
import { findRenewal, type By, type Terms } from './renewal.ts';
import { newestOf } from './standing.ts';

/** A rule that reaches a person. */
export interface Rule {
	id: string;
	course: string;
	terms: Terms;
}

/** An assignment as it was made, with the terms of its day. */
export interface Assignment {
	id: string;
	course: string;
	cycle: number;
	/** Null for what the person has chosen, and once the rule is gone. */
	rule: string | null;
	origin: 'rule' | 'choice';
	by: By;
	assignedOn: string;
	dueOn: string | null;
	terms: Terms | null;
	/** The day on which it was no longer asked; null while it is, and for what was completed. */
	endedOn: string | null;
}

/** That what a cycle asks for was finished. */
export interface Completion {
	cycle: number;
	day: string;
	by: By;
}

/** What is to be written so that a person is asked what the rules ask of them. */
export interface Change {
	/** Ids of assignments that are no longer asked. */
	end: readonly string[];
	add: readonly Omit<Assignment, 'id' | 'course' | 'endedOn'>[];
}

const none: Change = { end: [], add: [] };

/**
 * Brings what is asked of a person in one course in line with the rules that reach them today. What was
 * asked stays as it was frozen while any rule asks for the course; nothing that was ever asked is
 * deleted. Doing it twice is doing it once.
 *
 * @param rules that ask for this course; the strictest holds.
 * @param assignments of this course.
 * @param completion the newest, or null.
 */
export function assign(
	rules: readonly Rule[],
	assignments: readonly Assignment[],
	completion: Completion | null,
	today: string
): Change {
	const rule = rules.reduce<Rule | null>(
		(strictest, one) => (strictest && isStricter(strictest, one) ? strictest : one),
		null
	);
	const latest = findHolding(assignments);
	const isDone = latest !== null && completion !== null && completion.cycle >= latest.cycle;
	if (!rule) {
		const isAsked = latest?.origin === 'rule' && !isDone;
		return isAsked ? { end: [latest.id], add: [] } : none;
	}
	if (!latest || (latest.origin === 'choice' && !isDone)) {
		const cycle = latest?.cycle ?? completion?.cycle ?? 1;
		return {
			end: latest ? [latest.id] : [],
			add: [ask(rule, { cycle, by: 'course', assignedOn: today, dueOn: null })]
		};
	}
	if (!isDone) return none;
	// What was done by choice, or before anybody asked, is renewed as the rule says that asks now.
	const terms = latest.origin === 'rule' && latest.terms ? latest.terms : rule.terms;
	const span = findRenewal(completion.day, terms);
	if (!terms.renewal || !span || span.opensOn > today) return none;
	// Nobody is late on the day on which they are first asked.
	const isKnown = latest.assignedOn <= span.opensOn;
	const assignedOn = isKnown ? span.opensOn : today;
	const dueOn = isKnown ? span.dueOn : null;
	return {
		end: [],
		add: [ask(rule, { cycle: completion.cycle + 1, by: terms.renewal.by, assignedOn, dueOn })]
	};
}

/** The assignment that holds: of the newest cycle, the one that was made last and not ended. */
export function findHolding(assignments: readonly Assignment[]): Assignment | null {
	return newestOf(assignments.filter(({ endedOn }) => endedOn === null));
}

function ask(
	{ id, terms }: Rule,
	{ dueOn, ...rest }: { cycle: number; by: By; assignedOn: string; dueOn: string | null }
): Change['add'][number] {
	return {
		...rest,
		rule: id,
		origin: 'rule',
		dueOn: dueOn ?? addDays(rest.assignedOn, terms.dueDays),
		terms
	};
}

/** Earlier due is stricter; the id settles what is equal, so that the order of reading does not matter. */
function isStricter(a: Rule, b: Rule): boolean {
	return a.terms.dueDays === b.terms.dueDays ? a.id < b.id : a.terms.dueDays < b.terms.dueDays;
}
