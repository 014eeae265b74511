import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { PlanEntry } from './plan-calendar.server.ts';

/** An entry as a calendar program shows it: no owner, and nobody's name but what somebody wrote. */
export interface CalendarLine extends Pick<PlanEntry, 'id' | 'onDay' | 'revision'> {
	title: string;
	changedAt: Date;
}

/**
 * A workplace's plan as an iCalendar file (RFC 5545). Every entry is a whole day, which needs no time zone;
 * its UID stays, and its SEQUENCE counts the changes, so that a program moves what was moved.
 */
export function writeCalendar(about: {
	name: string;
	/** Where the plan stands. */
	link: string;
	lines: readonly CalendarLine[];
}): string {
	const calendar = ical({
		name: about.name,
		prodId: { company: 'Holdepunkt', product: 'Plan' },
		method: ICalCalendarMethod.PUBLISH,
		// A program that asks twice a day has what it needs.
		ttl: 12 * 60 * 60
	});
	const host = new URL(about.link).hostname;
	for (const { id, onDay, revision, title, changedAt } of about.lines)
		calendar.createEvent({
			id: `${id}@${host}`,
			start: new Date(`${onDay}T00:00:00Z`),
			allDay: true,
			summary: title,
			sequence: revision - 1,
			stamp: changedAt,
			status: ICalEventStatus.CONFIRMED,
			url: about.link
		});
	return calendar.toString();
}
