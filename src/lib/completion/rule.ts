import type { Role } from '#lib/access/roles.ts';
import type { Course } from '#lib/content/course.ts';
import { isDay } from '#lib/time.ts';
import type { Terms } from './renewal.ts';

/** Roles that may be asked to take a course; `staff` is everybody who works there. */
export const ruledRoles = [
	'staff',
	'contact-staff',
	'key-staff',
	'leader',
	'peer-supporter'
] as const satisfies readonly Role[];

export type RuledRole = (typeof ruledRoles)[number];

/** What a rule says: who, where, what and on which terms. */
export interface RuleDraft {
	role: RuledRole;
	workplace: string;
	course: string;
	terms: Terms;
}

/** Bounds of the terms, each in its own unit. */
export const bounds = {
	dueDays: { least: 1, most: 730 },
	graceDays: { least: 0, most: 365 },
	months: { least: 1, most: 60 }
} as const;

export type RuleFault =
	'due-days' | 'grace-days' | 'months' | 'window-day' | 'no-refresher' | 'rule-there';

/** The first thing about the terms that cannot be; null where they are in order. */
export function judgeTerms(
	{ dueDays, graceDays, renewal }: Terms,
	{ refresher }: Pick<Course, 'refresher'>
): RuleFault | null {
	if (!isWithin(dueDays, bounds.dueDays)) return 'due-days';
	if (!isWithin(graceDays, bounds.graceDays)) return 'grace-days';
	if (!renewal) return null;
	if ('months' in renewal && !isWithin(renewal.months, bounds.months)) return 'months';
	if ('from' in renewal && ![renewal.from, renewal.until].every(isDayOfEveryYear))
		return 'window-day';
	return renewal.by === 'refresher' && !refresher ? 'no-refresher' : null;
}

function isWithin(value: number, { least, most }: { least: number; most: number }): boolean {
	return Number.isInteger(value) && value >= least && value <= most;
}

/** `MM-DD` of a day that every year has: 29 February is none. */
export function isDayOfEveryYear(text: string): boolean {
	return isDay(`2001-${text}`);
}

/** Days after the due date that our recommended rules leave before anything is called late. */
const recommendedGrace = 30;

/** The rules that the courses themselves recommend, for the whole of an organisation. */
export function recommendRules(courses: readonly Course[], top: string): RuleDraft[] {
	return courses.flatMap(({ slug, roles, dueDays, renew }) =>
		ruledRoles
			.filter((role) => roles.includes(role))
			.map((role) => ({
				role,
				workplace: top,
				course: slug,
				terms: { dueDays, graceDays: recommendedGrace, renewal: renew ?? null }
			}))
	);
}
