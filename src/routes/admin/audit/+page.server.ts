import { auditEvents, type AuditEvent } from '#lib/audit/events.ts';
import { addDays, dayOf, isDay, startOfDay, writeDay } from '#lib/time.ts';
import { readLog } from '#lib/workplaces/read-log.server.ts';
import { answer, signedIn } from '../../respond.ts';
import type { PageServerLoad } from './$types';

const pageful = 50;
/** More pages than this nobody turns; the days are there to narrow it down. */
const lastPage = 2_000;

function readPage(text: string | null): number {
	const page = Number(text ?? 1);
	return Number.isInteger(page) && page >= 1 && page <= lastPage ? page : 1;
}

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { searchParams } = event.url;
		const chosen = auditEvents.find((one) => one === searchParams.get('event'));
		const [from, until] = [searchParams.get('from'), searchParams.get('until')];
		const page = readPage(searchParams.get('page'));
		const events: AuditEvent[] | undefined = chosen && [chosen];
		const fromMoment = from && isDay(from) ? startOfDay(from) : undefined;
		const untilMoment = until && isDay(until) ? startOfDay(addDays(until, 1)) : undefined;
		const { rows, isWhole } = await readLog(app, actor, {
			...(events && { events }),
			...(fromMoment && { from: fromMoment }),
			...(untilMoment && { until: untilMoment }),
			skip: (page - 1) * pageful,
			limit: pageful + 1
		});
		const clock = new Intl.DateTimeFormat('da-DK', {
			timeStyle: 'short',
			timeZone: 'Europe/Copenhagen'
		});
		return {
			wish: { event: chosen ?? '', from: from ?? '', until: until ?? '' },
			page,
			hasMore: rows.length > pageful,
			isWhole,
			month: dayOf(app.now()).slice(0, 7),
			rows: rows
				.slice(0, pageful)
				.map(({ at, event: what, actor: by, subject, role, workplace }) => ({
					day: writeDay(dayOf(at), locale),
					time: clock.format(at),
					what,
					by,
					role,
					subject,
					workplace
				}))
		};
	});
