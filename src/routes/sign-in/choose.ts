import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { enter, type WayIn } from '#lib/identity/enter.server.ts';
import type { PasswordFault } from '#lib/identity/password-rules.ts';
import { setLocale } from '#lib/identity/people.server.ts';
import { eraseOwn } from '../../retention.server.ts';
import { letIn, readArrival, sharedBox, typedPassword } from '../arrive.ts';
import { answer } from '../respond.ts';

/** What the form by which one comes in for the first time sends. */
export const chosenFields = {
	password: typedPassword,
	language: v.optional(v.picklist(['da', 'en'])),
	shared: sharedBox,
	/** Pressed by who will choose a password later. */
	wait: v.optional(v.literal('1'))
};

type Chosen = v.InferOutput<v.ObjectSchema<typeof chosenFields, undefined>>;

export type Refused =
	| { problem: 'refused' }
	| { problem: 'slow-down'; minutes: number }
	| { problem: 'password'; fault: PasswordFault; wayIn: WayIn };

/**
 * Lets in by what somebody holds, with the password and the language they have chosen, and leads home;
 * else says why not.
 */
export async function enterWith(
	event: RequestEvent,
	held: { token: string } | { code: string },
	said: Chosen
): Promise<ActionFailure<Refused>> {
	const { app } = event.locals;
	const arrival = readArrival(event, said.shared);
	const password = said.wait ? null : said.password;
	const { language } = said;
	const result = await answer(() => enter(app, held, password, event.getClientAddress(), arrival));
	if (result.outcome === 'signed-in') {
		// Who makes a letter could come in by it: what is private to the person is gone by then.
		if (result.isMadeByOther) await answer(() => eraseOwn(app, result.person));
		if (language) {
			await answer(() => app.db.write((tx) => setLocale(tx, result.person, language)));
			// From now on the account says it.
			event.cookies.delete('lang', { path: '/' });
		}
		await letIn(event, result);
	}
	if (result.outcome === 'slow-down')
		return fail(429, { problem: 'slow-down', minutes: Math.ceil(result.seconds / 60) });
	if (result.outcome === 'password')
		return fail(422, { problem: 'password', fault: result.fault, wayIn: result.wayIn });
	return fail(404, { problem: 'refused' });
}
