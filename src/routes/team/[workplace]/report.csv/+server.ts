import { reportPeople } from '#lib/completion/team.server.ts';
import { dayOf } from '#lib/time.ts';
import * as m from '#lib/ui/messages/messages.js';
import { answer, signedIn } from '../../../respond.ts';
import { chooseCourse } from '../../course.ts';
import { writeCsv } from '#lib/server/csv.ts';
import { stateName } from '../../state-name.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const course = chooseCourse(app, event.url.searchParams.get('course'), locale);
		const report = await reportPeople(app, actor, course.slug, event.params.workplace);
		const nameOf = new Map(report.workplaces.map(({ id, name }) => [id, name]));
		const { since } = report.policy;
		const csv = writeCsv([
			[m.team_name(), m.team_workplace(), m.team_state(), m.team_day()],
			...report.people.map(({ name, workplaces, state, completedOn }) => [
				name,
				workplaces.flatMap((id) => nameOf.get(id) ?? []).join(', '),
				stateName(state, since),
				completedOn ?? ''
			])
		]);
		const file = `holdepunkt-${course.slug}-${dayOf(app.now())}.csv`;
		return new Response(csv, {
			headers: {
				'content-type': 'text/csv; charset=utf-8',
				'content-disposition': `attachment; filename="${file}"`,
				'cache-control': 'no-store'
			}
		});
	});
