import { isOpen, type OwnStanding } from '#lib/completion/own-standing.ts';
import type { Locale } from '#lib/content/localised.ts';
import * as m from '#lib/ui/messages/messages.js';
import { writeDay } from '#lib/time.ts';

/**
 * What a learner is asked in a course, and by when, in one quiet sentence: never a blame, and with the
 * next step where a date has passed. Null where nobody asks anything.
 */
export function sayAsked(
	standing: OwnStanding | undefined,
	today: string,
	locale: Locale
): string | null {
	if (!standing) return null;
	const { state, dueOn, renewsOn, completedOn } = standing;
	const write = (day: string) => ({ day: writeDay(day, locale) });
	if (!isOpen(standing)) return renewsOn ? m.asked_renewable(write(renewsOn)) : null;
	if (!standing.isAsked) return null;
	if (state === 'away') return m.asked_away();
	if (state === 'waived') return m.asked_waived();
	if (!dueOn) return null;
	const isPast = dueOn < today;
	if (completedOn) return (isPast ? m.asked_renew_past : m.asked_renew)(write(dueOn));
	return (isPast ? m.asked_due_past : m.asked_due)(write(dueOn));
}

/** In which order courses come to who is asked: what waits first, by its date, then the others. */
export function compareAsked(a: OwnStanding | undefined, b: OwnStanding | undefined): number {
	const [first, second] = [rank(a), rank(b)];
	if (first !== second) return first - second;
	if (first > 1) return 0;
	return (a?.dueOn ?? '') < (b?.dueOn ?? '') ? -1 : (a?.dueOn ?? '') > (b?.dueOn ?? '') ? 1 : 0;
}

function rank(standing: OwnStanding | undefined): number {
	if (!standing) return 3;
	if (!isOpen(standing)) return 4;
	if (['lapsed', 'overdue', 'due-soon'].includes(standing.state)) return 0;
	if (standing.state === 'waived') return 3;
	return standing.isAsked ? 1 : 2;
}
