import type { Course } from './course.ts';

/**
 * Whether a course is for those who are to teach others, and so opens only where the workplace has
 * named a leader behind it: key persons go ahead together with the leadership (VIVE 2022, from
 * workplaces that have done it).
 */
export function needsLeaderBehind({ level }: Pick<Course, 'level'>): boolean {
	return level === 'trainer';
}
