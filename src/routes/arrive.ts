import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { describeDevice } from '#lib/identity/device.ts';
import type { Arrival } from '#lib/identity/session-store.server.ts';
import { writeSessionCookie } from '../session-cookie.ts';
import { rememberTablet } from '../shared-tablet.ts';
import { ownPath } from './respond.ts';

/** The box of the forms by which one comes in; a box that is not ticked is not sent. */
export const sharedBox = v.optional(v.literal('1'));

/** A password as it was typed or pasted; what it must be is asked where one is chosen. */
export const typedPassword = v.pipe(v.string(), v.maxLength(1024));

/** Where and how somebody comes in. */
export function readArrival(
	{ request, locals }: RequestEvent,
	shared: '1' | undefined
): Required<Arrival> {
	return {
		device: describeDevice(request.headers.get('user-agent')),
		isShared: shared === '1',
		previous: locals.session
	};
}

/** Gives the browser the session that has begun, and leads on. */
export function letIn(
	{ cookies, locals: { app } }: RequestEvent,
	session: { token: string; expiresAt: Date },
	{ isShared }: Arrival,
	to?: string
): never {
	writeSessionCookie(cookies, app.origin, session.token, session.expiresAt);
	rememberTablet(cookies, app.origin, isShared ?? false);
	redirect(303, ownPath(to));
}
