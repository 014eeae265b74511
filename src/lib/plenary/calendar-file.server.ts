import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { SessionRow } from './session-rows.server.ts';

/** What of a session stands in a calendar. */
export type CalendarSession = Pick<
	SessionRow,
	'id' | 'title' | 'startsAt' | 'minutes' | 'place' | 'revision' | 'state'
>;

/**
 * A session as an iCalendar file (RFC 5545): its UID stays, and its SEQUENCE counts what was moved, so
 * that a calendar program moves it too, and takes away what is called off. Times are in UTC, which every
 * program shows as its own.
 */
export function writeSessionFile(
	session: CalendarSession,
	{ origin, stamp, about }: { origin: string; stamp: Date; about: string }
): string {
	const { id, title, startsAt, minutes, place, revision, state } = session;
	const isOff = state === 'cancelled';
	const calendar = ical({
		prodId: { company: 'Holdepunkt', product: 'Sessions' },
		method: isOff ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH
	});
	calendar.createEvent({
		id: `${id}@${new URL(origin).hostname}`,
		start: startsAt,
		end: new Date(startsAt.getTime() + minutes * 60_000),
		summary: title,
		description: about,
		location: place || null,
		sequence: revision - 1,
		stamp,
		status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED
	});
	return calendar.toString();
}
