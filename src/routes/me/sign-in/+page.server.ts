import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { describeDevice } from '#lib/identity/device.ts';
import {
	addPasskey,
	hasFactor,
	longestPasskeyName,
	nameOwnPasskey,
	readFactors,
	removePasskey,
	removeTotp,
	renewCodes
} from '#lib/identity/factors.server.ts';
import { findSignInName, hasPassword } from '#lib/identity/own-password.server.ts';
import { listSessions } from '#lib/identity/own-sessions.server.ts';
import { askForNewPasskey } from '#lib/identity/passkeys.server.ts';
import { listAccounts, listOpenProviders } from '#lib/identity/providers.server.ts';
import { unlinkOwn } from '#lib/identity/own-accounts.server.ts';
import { writeDay } from '#lib/time.ts';
import { readDemand } from '#lib/workplaces/factor-policies.server.ts';
import { readForm } from '../../forms.ts';
import { answer, requireFresh } from '../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

const page = '/me/sign-in';
const done = ['linked', 'unlinked', 'removed', 'renamed', 'passkey', 'app'] as const;

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = requireFresh(event);
		const { app, locale, sessionFacts } = event.locals;
		const { person } = actor;
		const factors = await readFactors(app.db.read, person);
		const accounts = await listAccounts(app.db.read, person);
		const open = await listOpenProviders(app.db.read);
		const signInName = await findSignInName(app.db.read, person);
		const sessions = await listSessions(app, actor, sessionFacts?.handle ?? '');
		const said = event.url.searchParams.get('done');
		return {
			isDemonstration: app.demonstration,
			isDemanded: !app.demonstration && (await readDemand(app, actor)) !== 'none',
			hasPassword: await hasPassword(app.db.read, person),
			app: factors.totpSince && writeDay(factors.totpSince, locale),
			codesLeft: factors.codesLeft,
			hasFactor: hasFactor(factors),
			passkeys: factors.passkeys.map(({ id, name, addedOn }) => ({
				id,
				name,
				day: writeDay(addedOn, locale)
			})),
			asked: await askForNewPasskey(app, { id: person, name: actor.name, signInName }),
			device: describeDevice(event.request.headers.get('user-agent')) ?? '',
			accounts: accounts.map(({ provider, name, linkedOn }) => ({
				provider,
				name,
				day: writeDay(linkedOn, locale)
			})),
			/** Those that do not vouch for this person yet. */
			others: open.filter(({ id }) => !accounts.some(({ provider }) => provider === id)),
			otherSessions: sessions.length - 1,
			done: done.find((one) => one === said) ?? null
		};
	});

const id = v.pipe(v.string(), v.maxLength(1400));
const named = v.pipe(v.string(), v.maxLength(4 * longestPasskeyName));
const making = v.strictObject({
	answer: v.pipe(v.string(), v.maxLength(20_000)),
	carried: v.pipe(v.string(), v.maxLength(4096)),
	name: named
});
const naming = v.strictObject({ id, name: named });
const which = v.strictObject({ id });

const refused = () => fail(422, { problem: 'not-made' as const });

export const actions = {
	makePasskey: (event) =>
		answer(async () => {
			const actor = requireFresh(event, page);
			const { success, output } = await readForm(event.request, making);
			if (!success || !(await addPasskey(event.locals.app, actor, output))) return refused();
			redirect(303, `${page}?done=passkey`);
		}),
	renamePasskey: (event) =>
		answer(async () => {
			const actor = requireFresh(event, page);
			const { success, output } = await readForm(event.request, naming);
			if (!success) return refused();
			await nameOwnPasskey(event.locals.app, actor, output.id, output.name);
			redirect(303, `${page}?done=renamed#passkeys`);
		}),
	removePasskey: (event) =>
		answer(async () => {
			const actor = requireFresh(event, page);
			const { success, output } = await readForm(event.request, which);
			if (!success) return refused();
			await removePasskey(event.locals.app, actor, output.id);
			redirect(303, `${page}?done=removed`);
		}),
	removeApp: (event) =>
		answer(async () => {
			const actor = requireFresh(event, page);
			await removeTotp(event.locals.app, actor);
			redirect(303, `${page}?done=removed`);
		}),
	/** The new codes are in the answer to the form, and nowhere else. */
	renewCodes: (event) =>
		answer(async () => {
			const actor = requireFresh(event, page);
			return { codes: await renewCodes(event.locals.app, actor) };
		}),
	unlink: (event) =>
		answer(async () => {
			const actor = requireFresh(event, page);
			const { success, output } = await readForm(event.request, which);
			if (!success) return refused();
			await unlinkOwn(event.locals.app, actor, output.id);
			redirect(303, `${page}?done=unlinked`);
		})
} satisfies Actions;
