import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { organisers } from '#lib/completion/credit.ts';
import { grantCredit } from '#lib/completion/credits.server.ts';
import { waiverReasons } from '#lib/completion/waiver.ts';
import { endWaiver, noteWaiver } from '#lib/completion/waivers.server.ts';
import { slug } from '#lib/content/slug.ts';
import { noteAbsence, strikeAbsence } from '#lib/workplaces/absences.server.ts';
import { bringBack, endAccess } from '#lib/workplaces/leaving.server.ts';
import { giveRole, withdrawRole } from '#lib/workplaces/roles.server.ts';
import { makeInvitation, makeLetter } from '#lib/workplaces/ways-in.server.ts';
import { givenRoles } from '#lib/access/naming.ts';
import { requireFresh, signedIn } from '../../respond.ts';
import { findRefusal, id, line, requireForm } from '../forms.ts';
import type { Deed, Refusal } from '../words.ts';

/** The person whose page is acted on, and the page's address. */
interface Page {
	person: string;
	address: string;
}

const nothing = v.strictObject({});
const away = v.strictObject({ id, from: line, until: line });
const striking = v.strictObject({ absence: id });
const waiving = v.strictObject({
	id,
	course: slug,
	reason: v.picklist(waiverReasons),
	from: line,
	until: line
});
const unwaiving = v.strictObject({ waiver: id });
const crediting = v.strictObject({
	id,
	course: slug,
	organiser: v.picklist(organisers),
	day: line
});
const leaving = v.strictObject({ day: line });
const returning = v.strictObject({ workplace: id });
const giving = v.strictObject({ role: v.picklist(givenRoles), workplace: id });
const withdrawing = v.strictObject({ person: id, grant: id });

const onward = ({ address }: Page, done: Deed): never => redirect(303, `${address}?done=${done}`);

const refuse = (refused: Refusal) => fail(409, { refused });

export async function noteAway(event: RequestEvent, page: Page) {
	const actor = signedIn(event);
	const form = await requireForm(event.request, away);
	const absence = { id: form.id, fromDay: form.from, untilDay: form.until || null };
	const { fault } = await noteAbsence(event.locals.app, actor, page.person, absence);
	if (fault) return fail(422, { away: { fault, from: form.from, until: form.until } });
	return onward(page, 'absence-noted');
}

export async function strikeAway(event: RequestEvent, page: Page) {
	const actor = signedIn(event);
	const { absence } = await requireForm(event.request, striking);
	await strikeAbsence(event.locals.app, actor, page.person, absence);
	return onward(page, 'absence-struck');
}

export async function waive(event: RequestEvent, page: Page) {
	const actor = signedIn(event);
	const { from, until, ...form } = await requireForm(event.request, waiving);
	const { fault } = await noteWaiver(event.locals.app, actor, page.person, {
		...form,
		fromDay: from,
		untilDay: until || null
	});
	const { course, reason } = form;
	if (fault) return fail(422, { waived: { fault, course, reason, from, until } });
	return onward(page, 'waived');
}

export async function unwaive(event: RequestEvent, page: Page) {
	const actor = signedIn(event);
	const { waiver } = await requireForm(event.request, unwaiving);
	await endWaiver(event.locals.app, actor, page.person, waiver);
	return onward(page, 'waiver-ended');
}

export async function credit(event: RequestEvent, page: Page) {
	const actor = signedIn(event);
	const form = await requireForm(event.request, crediting);
	const { fault } = await grantCredit(event.locals.app, actor, page.person, form);
	const { course, organiser, day } = form;
	if (fault) return fail(422, { credited: { fault, course, organiser, day } });
	return onward(page, 'credited');
}

export async function leave(event: RequestEvent, page: Page) {
	const actor = signedIn(event);
	const { day } = await requireForm(event.request, leaving);
	const result: Partial<Awaited<ReturnType<typeof endAccess>>> = {};
	const refused = await findRefusal(async () => {
		Object.assign(result, await endAccess(event.locals.app, actor, page.person, day));
	});
	if (refused) return refuse(refused);
	if (result.fault) return fail(422, { leaving: { fault: result.fault, day } });
	return onward(page, 'left');
}

export async function comeBack(event: RequestEvent, page: Page) {
	const actor = signedIn(event);
	const { workplace } = await requireForm(event.request, returning);
	await bringBack(event.locals.app, actor, page.person, workplace);
	return onward(page, 'back');
}

export async function invite(event: RequestEvent, page: Page) {
	const actor = signedIn(event);
	await requireForm(event.request, nothing);
	const came = await makeInvitation(event.locals.app, actor, page.person);
	if (came !== 'on-its-way') return fail(409, { mail: came });
	return onward(page, 'invited');
}

/** The letter is in the answer to the form, and nowhere else. */
export async function printLetter(event: RequestEvent, page: Page) {
	// Whoever holds it comes in by it.
	const actor = requireFresh(event, page.address);
	await requireForm(event.request, nothing);
	return { letter: await makeLetter(event.locals.app, actor, page.person) };
}

export async function give(event: RequestEvent, page: Page) {
	const actor = signedIn(event);
	const form = await requireForm(event.request, giving);
	const refused = await findRefusal(() => giveRole(event.locals.app, actor, page.person, form));
	return refused ? refuse(refused) : onward(page, 'role-given');
}

export async function withdraw(event: RequestEvent, page: Page) {
	const actor = signedIn(event);
	const { grant } = await requireForm(event.request, withdrawing);
	const refused = await findRefusal(() =>
		withdrawRole(event.locals.app, actor, page.person, grant)
	);
	return refused ? refuse(refused) : onward(page, 'role-withdrawn');
}
