import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { addDays, isDay } from '#lib/time.ts';
import { findPersonPlace } from '#lib/workplaces/places.server.ts';

export type DayFault = 'day-shape' | 'ends-before' | 'too-far' | 'day-ahead';

/**
 * Lets pass who may decide that somebody need not take a course, or that earlier training counts: their
 * leaders and administrators, and nobody in their own case.
 *
 * @throws {DomainError} `forbidden` to who may decide it of nobody or asks for themself, `not-found` for
 * a person out of reach, `conflict` for one who has left.
 */
export async function authoriseExcusing(app: App, actor: Actor, person: string): Promise<void> {
	const place = await findPersonPlace(app.db.read, person);
	authorise(actor, 'learning.excuse', place);
	if (actor.person === person) throw new DomainError('forbidden', 'own-case');
	if (place?.closedOn) throw new DomainError('conflict', 'has-left');
}

/** Days that people plan for lie within some years of today. */
const farthest = 5 * 366;

/** What is wrong with a span of days; null where it is in order. */
export function judgeSpan(today: string, from: string, until: string | null): DayFault | null {
	if (!isDay(from) || (until !== null && !isDay(until))) return 'day-shape';
	if (until !== null && until < from) return 'ends-before';
	return [from, until ?? from].every((day) => isNear(today, day)) ? null : 'too-far';
}

/** What is wrong with a day that is to lie behind us; null where it is in order. */
export function judgePast(today: string, day: string): DayFault | null {
	if (!isDay(day)) return 'day-shape';
	if (day > today) return 'day-ahead';
	return isNear(today, day) ? null : 'too-far';
}

function isNear(today: string, day: string): boolean {
	return day >= addDays(today, -farthest) && day <= addDays(today, farthest);
}
