import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { openTeam, reportTeam } from '#lib/completion/team.server.ts';
import { listTeamPeople } from '#lib/completion/team-people.server.ts';
import { everybody, type PeopleFilter } from '#lib/completion/team-wish.ts';

/** The numbers a leader sees of a course. */
export async function readTeam(app: App, leader: Actor, course: string, workplace: string | null) {
	const team = await openTeam(app, leader, course, workplace);
	return { ...(await reportTeam(app, team)), policy: team.policy };
}

/** The people a leader sees on a page of the list. */
export async function readTeamPeople(
	app: App,
	leader: Actor,
	{
		course = 'basic',
		workplace = null,
		page = 1,
		...filter
	}: Partial<PeopleFilter> & { course?: string; workplace?: string | null; page?: number } = {}
) {
	const team = await openTeam(app, leader, course, workplace);
	return listTeamPeople(app, team, { ...everybody, ...filter }, page);
}
