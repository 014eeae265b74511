import { openFeed } from '#lib/workplaces/calendar-feeds.server.ts';
import { writeCalendar } from '#lib/workplaces/calendar-file.server.ts';
import { DomainError } from '#lib/errors.ts';
import * as m from '#lib/ui/messages/messages.js';
import { answer } from '../../respond.ts';
import { entryKindName } from '../../team/[workplace]/plan/words.ts';
import type { RequestHandler } from './$types';

/** For calendar programs, which sign in nowhere: the address itself is the secret. */
export const GET: RequestHandler = ({ params, locals: { app } }) =>
	answer(async () => {
		const feed = await openFeed(app, params.token);
		if (!feed) throw new DomainError('not-found', 'calendar');
		const { workplace, locale, entries } = feed;
		const file = writeCalendar({
			name: m.plan_feed_name({ name: workplace.name }, { locale }),
			link: `${app.origin}/team/${workplace.id}/plan`,
			lines: entries.map(({ kind, title, ...entry }) => ({
				...entry,
				title: title ?? entryKindName(kind, locale)
			}))
		});
		return new Response(file, {
			headers: {
				'content-type': 'text/calendar; charset=utf-8',
				'content-disposition': 'inline; filename="plan.ics"',
				'cache-control': 'no-store',
				'referrer-policy': 'no-referrer'
			}
		});
	});
