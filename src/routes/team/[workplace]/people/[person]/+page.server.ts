import { readMembership } from '#lib/workplaces/record.server.ts';
import { acting } from '../../../../admin/forms.ts';
import {
	comeBack,
	credit,
	give,
	invite,
	leave,
	noteAway,
	printLetter,
	strikeAway,
	unwaive,
	waive,
	withdraw
} from '../../../../admin/people/person-actions.ts';
import { describePerson } from '../../../../admin/people/person-view.ts';
import { answer, signedIn } from '../../../../respond.ts';
import { describeCourses } from './courses.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { workplace, person } = event.params;
		return {
			workplace: await readMembership(event.locals.app, actor, workplace, person),
			person: await describePerson(event, person),
			courses: await describeCourses(event, person)
		};
	});

/** An action on somebody of this workplace: of another there is no such page. */
const here = <Result>(
	work: (event: RequestEvent, page: { person: string; address: string }) => Promise<Result>
) =>
	acting(async (event: RequestEvent) => {
		const { workplace, person } = event.params;
		await readMembership(event.locals.app, signedIn(event), workplace, person);
		return work(event, { person, address: `/team/${workplace}/people/${person}` });
	});

export const actions = {
	give: here(give),
	withdraw: here(withdraw),
	away: here(noteAway),
	strike: here(strikeAway),
	waive: here(waive),
	unwaive: here(unwaive),
	credit: here(credit),
	leave: here(leave),
	back: here(comeBack),
	invite: here(invite),
	letter: here(printLetter)
} satisfies Actions;
