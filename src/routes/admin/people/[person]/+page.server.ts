import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { givenRoles, permissionToGive } from '#lib/access/naming.ts';
import { canAnywhere } from '#lib/access/rights.ts';
import { personFields } from '#lib/identity/person-form.ts';
import { authoriseAdministration } from '#lib/workplaces/administration.ts';
import { resetFactors } from '#lib/workplaces/factor-policies.server.ts';
import { changePerson, changesWayIn } from '#lib/workplaces/change-person.server.ts';
import { hasFactor, readFactors } from '#lib/identity/factors.server.ts';
import { listChoices } from '#lib/workplaces/list-tree.server.ts';
import { movePerson } from '#lib/workplaces/move-person.server.ts';
import { answer, hasShownLately, requireFresh, signedIn } from '../../../respond.ts';
import {
	acting,
	chosenLocale,
	findRefusal,
	id,
	line,
	requireForm,
	requireNothing
} from '../../forms.ts';
import { roleName } from '../../words.ts';
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
} from '../person-actions.ts';
import { describePerson } from '../person-view.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const changing = v.strictObject({
	name: line,
	email: line,
	username: line,
	employeeId: line,
	locale: chosenLocale
});
const moving = v.strictObject({
	/** The workplaces that were listed, and those of them that stay ticked. */
	listed: v.optional(v.array(id), []),
	stays: v.optional(v.array(id), []),
	join: v.union([v.literal(''), id])
});

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		authoriseAdministration(actor);
		const person = await describePerson(event, event.params.person);
		const places = await listChoices(event.locals.app, actor, 'people.manage');
		return {
			person,
			/** Whether they have shown lately who they are; else a change of how the person gets in asks for it. */
			isFresh: hasShownLately(event),
			/** Whether there is a second factor to take, and nothing of what it is. */
			hasFactor: hasFactor(await readFactors(event.locals.app.db.read, event.params.person)),
			allPlaces: places.map((one) => ({ value: one.id, name: one.name, depth: one.depth })),
			roles: givenRoles
				.filter((role) => canAnywhere(actor, permissionToGive(role)))
				.map((role) => ({ value: role, name: roleName(role) }))
		};
	});

const pageOf = ({ params: { person } }: RequestEvent) => ({
	person,
	address: `/admin/people/${person}`
});

/** An action of this page, for who administers people. */
const administering = <Result>(work: (event: RequestEvent) => Promise<Result>) =>
	acting(async (event: RequestEvent) => {
		authoriseAdministration(signedIn(event));
		return work(event);
	});

export const actions = {
	change: administering(async (event) => {
		const { person, address } = pageOf(event);
		const { locale = null, ...form } = await requireForm(event.request, changing, personFields);
		const values = { ...form, locale };
		const { app } = event.locals;
		const actor = signedIn(event);
		if (await changesWayIn(app, actor, person, values)) requireFresh(event, `${address}#change`);
		const hindered = await changePerson(app, actor, person, values);
		if (!hindered) redirect(303, `${address}?done=changed`);
		const duplicates = hindered.duplicates.map((one) => ({
			...one,
			href: one.person && `/admin/people/${one.person}`
		}));
		return fail(422, { change: { values, faults: hindered.faults, duplicates } });
	}),
	move: administering(async (event) => {
		const { person, address } = pageOf(event);
		const { listed, stays, join } = await requireForm(event.request, moving);
		const refused = await findRefusal(() =>
			movePerson(event.locals.app, signedIn(event), person, {
				leave: listed.filter((workplace) => !stays.includes(workplace)),
				join: join === '' ? [] : [join]
			})
		);
		if (refused) return fail(409, { refused });
		redirect(303, `${address}?done=moved`);
	}),
	give: administering((event) => give(event, pageOf(event))),
	withdraw: administering((event) => withdraw(event, pageOf(event))),
	away: administering((event) => noteAway(event, pageOf(event))),
	strike: administering((event) => strikeAway(event, pageOf(event))),
	waive: administering((event) => waive(event, pageOf(event))),
	unwaive: administering((event) => unwaive(event, pageOf(event))),
	credit: administering((event) => credit(event, pageOf(event))),
	leave: administering((event) => leave(event, pageOf(event))),
	back: administering((event) => comeBack(event, pageOf(event))),
	invite: administering((event) => invite(event, pageOf(event))),
	letter: administering((event) => printLetter(event, pageOf(event))),
	resetFactors: administering(async (event) => {
		const { person, address } = pageOf(event);
		const actor = requireFresh(event, address);
		await requireNothing(event.request);
		await resetFactors(event.locals.app, actor, person);
		redirect(303, `${address}?done=factors-reset#way-in`);
	})
} satisfies Actions;
