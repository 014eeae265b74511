import { listRulesAt } from '#lib/completion/rules.server.ts';
import { sayRule } from '#lib/completion/ui/rule-sentence.ts';
import { listTeamDue } from '#lib/completion/team-due.server.ts';
import { openTeam } from '#lib/completion/team.server.ts';
import { writeDay } from '#lib/time.ts';
import { answer, signedIn } from '../../../respond.ts';
import { chooseCourse } from '../../course.ts';
import { readPage } from '../../listing.ts';
import { describePeople } from '../../people.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { searchParams } = event.url;
		const course = chooseCourse(app, searchParams.get('course'), locale);
		const team = await openTeam(app, actor, course.slug, event.params.workplace);
		const { workplace } = event.params;
		const rules = await listRulesAt(app, actor, workplace);
		const { fortnights, ...due } = await listTeamDue(app, team, readPage(searchParams));
		return {
			course,
			workplace: { id: workplace, name: team.workplace?.name ?? '' },
			until: writeDay(fortnights.at(-1)?.until ?? team.today, locale),
			fortnights: fortnights.map(({ from, until, people }) => ({
				from: writeDay(from, locale),
				until: writeDay(until, locale),
				people
			})),
			asked: rules
				.filter((rule) => rule.course === course.slug)
				.map((rule) => sayRule({ ...rule, course: course.title }, locale)),
			listing: describePeople(due, course, locale)
		};
	});
