import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { describeDevice } from '#lib/identity/device.ts';
import type { Arrival } from '#lib/identity/session-store.server.ts';
import { identify } from '../identify.server.ts';
import { readSessionCookie, writeSessionCookie } from '../session-cookie.ts';
import { rememberTablet } from '../shared-tablet.ts';
import { ownPath } from './respond.ts';

/** The box of the forms by which one comes in; a box that is not ticked is not sent. */
export const sharedBox = v.optional(v.literal('1'));

/** A password as it was typed or pasted; what it must be is asked where one is chosen. */
export const typedPassword = v.pipe(v.string(), v.maxLength(1024));

/**
 * Where and how somebody comes in. Whether the tablet is shared is remembered at once, so that the box
 * stays as it was where something else is not right yet.
 */
export function readArrival(
	{ request, cookies, locals }: RequestEvent,
	shared: '1' | undefined
): Required<Arrival> {
	rememberTablet(cookies, locals.app.origin, shared === '1');
	return {
		device: describeDevice(request.headers.get('user-agent')),
		isShared: shared === '1',
		// Also one that waits at the second step, and lets nobody in.
		previous: readSessionCookie(cookies, locals.app.origin) ?? null
	};
}

/** Gives the browser the session that has begun, and leads on: to the second step, where there is one. */
export async function letIn(
	{ cookies, locals: { app } }: RequestEvent,
	session: { token: string; expiresAt: Date },
	to?: string
): Promise<never> {
	writeSessionCookie(cookies, app.origin, session.token, session.expiresAt);
	const path = ownPath(to);
	if (await identify(app, session.token)) redirect(303, path);
	redirect(303, `/sign-in/step?to=${encodeURIComponent(path)}`);
}
