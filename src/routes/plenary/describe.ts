import type { Session } from '#lib/plenary/sessions.server.ts';
import { writeTime } from '#lib/plenary/when.ts';
import { dayOf, writeDay } from '#lib/time.ts';
import { kindName, stateName } from './words.ts';

/** When a session is, as people write it. */
export function describeWhen(
	{ startsAt, minutes }: Pick<Session, 'startsAt' | 'minutes'>,
	locale: 'da' | 'en'
): { day: string; from: string; until: string } {
	const end = new Date(startsAt.getTime() + minutes * 60_000);
	return {
		day: writeDay(dayOf(startsAt), locale),
		from: writeTime(startsAt, locale),
		until: writeTime(end, locale)
	};
}

/** A session as a list shows it. */
export function describeSession(session: Session, locale: 'da' | 'en') {
	const { id, kind, title, place, state, own, mayLead, scenario } = session;
	return {
		id,
		title,
		kind: kindName(kind),
		place,
		state,
		stateName: stateName(state),
		own,
		mayLead,
		/** Whether there is something to open in the room. */
		plays: scenario !== null,
		...describeWhen(session, locale)
	};
}
