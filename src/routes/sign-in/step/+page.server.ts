import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readFactors } from '#lib/identity/factors.server.ts';
import { findSignInName } from '#lib/identity/own-password.server.ts';
import { askForNewPasskey, askForPasskey } from '#lib/identity/passkeys.server.ts';
import { findHolder } from '#lib/identity/people.server.ts';
import {
	setUpFirstPasskey,
	setUpFirstTotp,
	stepWithCode,
	stepWithPasskey
} from '#lib/identity/second-step.server.ts';
import { offerTotp } from '#lib/identity/totp.server.ts';
import { identify } from '../../../identify.server.ts';
import { writeSessionCookie } from '../../../session-cookie.ts';
import { letIn } from '../../arrive.ts';
import { readForm } from '../../forms.ts';
import { answer, ownPath } from '../../respond.ts';
import {
	answerStep,
	arrivalOf,
	requireSetUp,
	requireShown,
	requireWaiting,
	stepAnew
} from '../waiting.ts';
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
		const waiting = await requireWaiting(event);
		const { awaits, person } = waiting;
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
		await requireShown(event, waiting);
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
			const made = await setUpFirstTotp(app, waiting, output, arrivalOf(event, waiting));
			if (made.outcome === 'too-late') return stepAnew(event);
			if (made.outcome === 'refused') {
				// The same picture again: it may be in the app by now.
				event.locals.carriedOffer = output.carried;
				return fail(422, { problem: 'wrong-code' as const, minutes: 0 });
			}
			const { codes, token, expiresAt } = made;
			writeSessionCookie(event.cookies, app.origin, token, expiresAt);
			const who = await identify(app, token);
			event.locals.actor = who?.actor ?? null;
			event.locals.sessionFacts = who?.session ?? null;
			return { codes };
		}),
	setUpPasskey: (event) =>
		answer(async () => {
			const waiting = await requireSetUp(event);
			const { success, output } = await readForm(event.request, shown);
			if (!success) return fail(422, { problem: 'not-made' as const, minutes: 0 });
			const arrival = arrivalOf(event, waiting);
			const named = { ...output, name: arrival.device ?? 'Holdepunkt' };
			const made = await setUpFirstPasskey(event.locals.app, waiting, named, arrival);
			if (made.outcome === 'too-late') return stepAnew(event);
			if (made.outcome === 'refused')
				return fail(422, { problem: 'not-made' as const, minutes: 0 });
			return letIn(event, made, toOf(event));
		})
} satisfies Actions;
