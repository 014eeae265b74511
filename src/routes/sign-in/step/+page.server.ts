import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { addPasskey, addTotp, readFactors } from '#lib/identity/factors.server.ts';
import { findSignInName } from '#lib/identity/own-password.server.ts';
import { askForNewPasskey, askForPasskey } from '#lib/identity/passkeys.server.ts';
import { findHolder, findOrganisationOf } from '#lib/identity/people.server.ts';
import { finishSetUp, stepWithCode, stepWithPasskey } from '#lib/identity/second-step.server.ts';
import { offerTotp } from '#lib/identity/totp.server.ts';
import { identify } from '../../../identify.server.ts';
import { writeSessionCookie } from '../../../session-cookie.ts';
import { describeDevice } from '#lib/identity/device.ts';
import { letIn } from '../../arrive.ts';
import { readForm } from '../../forms.ts';
import { answer, ownPath } from '../../respond.ts';
import { answerStep, arrivalOf, requireWaiting, type WaitingHere } from '../waiting.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const carried = v.pipe(v.string(), v.maxLength(4096));
const brought = { answer: v.pipe(v.string(), v.maxLength(20_000)), carried };
const typed = v.strictObject({ code: v.pipe(v.string(), v.maxLength(40)) });
const shown = v.strictObject(brought);
const setUp = v.strictObject({ carried, code: v.pipe(v.string(), v.maxLength(12)) });

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const { app, actor } = event.locals;
		const to = ownPath(event.url.searchParams.get('to'));
		// Who has just set up an app stays, because this page alone shows their recovery codes.
		if (actor && event.request.method === 'POST') return { stage: 'in' as const, to };
		if (actor) redirect(303, to);
		const { person, awaits } = await requireWaiting(event);
		if (awaits === 'factor') {
			const { totpSince, codesLeft, passkeys } = await readFactors(app.db.read, person);
			return {
				stage: 'factor' as const,
				to,
				hasApp: totpSince !== null,
				hasCodes: codesLeft > 0,
				passkey: passkeys.length > 0 ? await askForPasskey(app, person) : null
			};
		}
		const holder = await findHolder(app.db.read, person);
		const signInName = await findSignInName(app.db.read, person);
		const label = { issuer: `Holdepunkt, ${holder?.organisation ?? ''}`, name: signInName };
		const name = holder?.name ?? '';
		return {
			stage: 'setup' as const,
			to,
			offer: offerTotp(app, person, label, event.locals.carriedOffer),
			passkey: await askForNewPasskey(app, { id: person, name, signInName })
		};
	});

async function whoIs(event: RequestEvent, { person }: WaitingHere) {
	const organisation = await findOrganisationOf(event.locals.app.db.read, person);
	return { person, organisation: organisation ?? '' };
}

/** For who has to set something up first; whoever has something shows that. */
async function requireSetUp(event: RequestEvent) {
	const waiting = await requireWaiting(event);
	if (waiting.awaits !== 'setup') redirect(303, '/sign-in/step');
	return waiting;
}

const toOf = ({ url }: RequestEvent) => url.searchParams.get('to') ?? undefined;

export const actions = {
	code: (event) =>
		answer(async () => {
			const waiting = await requireWaiting(event);
			const { success, output } = await readForm(event.request, typed);
			if (!success) return fail(422, { problem: 'refused' as const, minutes: 0 });
			const { app } = event.locals;
			const network = event.getClientAddress();
			const arrival = arrivalOf(event, waiting);
			return answerStep(
				event,
				await stepWithCode(app, waiting, output.code, network, arrival),
				toOf(event)
			);
		}),
	passkey: (event) =>
		answer(async () => {
			const waiting = await requireWaiting(event);
			const { success, output } = await readForm(event.request, shown);
			if (!success) return fail(422, { problem: 'no-passkey' as const, minutes: 0 });
			const arrival = arrivalOf(event, waiting);
			const stepped = await stepWithPasskey(event.locals.app, waiting, output, arrival);
			if (stepped.outcome === 'refused')
				return fail(401, { problem: 'no-passkey' as const, minutes: 0 });
			return answerStep(event, stepped, toOf(event));
		}),
	setUpApp: (event) =>
		answer(async () => {
			const waiting = await requireSetUp(event);
			const { success, output } = await readForm(event.request, setUp);
			if (!success) return fail(422, { problem: 'wrong-code' as const, minutes: 0 });
			const { app } = event.locals;
			const codes = await addTotp(app, await whoIs(event, waiting), output);
			if (!codes) {
				// The same picture again: it may be in the app by now.
				event.locals.carriedOffer = output.carried;
				return fail(422, { problem: 'wrong-code' as const, minutes: 0 });
			}
			const arrival = {
				device: describeDevice(event.request.headers.get('user-agent')),
				isShared: waiting.isShared
			};
			const begun = await finishSetUp(app, waiting, 'totp', arrival);
			writeSessionCookie(event.cookies, app.origin, begun.token, begun.expiresAt);
			const who = await identify(app, begun.token);
			event.locals.actor = who?.actor ?? null;
			event.locals.sessionFacts = who?.session ?? null;
			return { codes };
		}),
	setUpPasskey: (event) =>
		answer(async () => {
			const waiting = await requireSetUp(event);
			const { success, output } = await readForm(event.request, shown);
			const { app } = event.locals;
			const device = describeDevice(event.request.headers.get('user-agent'));
			const name = device ?? 'Holdepunkt';
			const isMade =
				success && (await addPasskey(app, await whoIs(event, waiting), { ...output, name }));
			if (!isMade) return fail(422, { problem: 'not-made' as const, minutes: 0 });
			const arrival = { device, isShared: waiting.isShared };
			return letIn(event, await finishSetUp(app, waiting, 'passkey', arrival), toOf(event));
		})
} satisfies Actions;
