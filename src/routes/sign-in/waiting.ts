import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { isFresh } from '#lib/identity/session-limits.ts';
import type { Halfway, Stepped } from '#lib/identity/second-step.server.ts';
import type { Arrival, Waiting } from '#lib/identity/session-store.server.ts';
import { readSessionCookie } from '../../session-cookie.ts';
import { letIn, readArrival } from '../arrive.ts';
import { ownPath } from '../respond.ts';

/** Somebody who has shown lately who they are, and is not in yet. */
export type WaitingHere = Waiting & Halfway;

/** Who waits at the second step, by the session that the request names; null for nobody. */
export async function findWaiting({ cookies, locals }: RequestEvent): Promise<WaitingHere | null> {
	const { app } = locals;
	const token = readSessionCookie(cookies, app.origin);
	const waiting = token && (await app.sessions.readWaiting(token));
	// Whoever comes back to it later begins anew.
	return token && waiting && isFresh(waiting.reauthenticatedAt, app.now())
		? { token, ...waiting }
		: null;
}

/** Who waits at the second step, by the session that the request names; or back to the first. */
export async function requireWaiting(event: RequestEvent, to?: string): Promise<WaitingHere> {
	const waiting = await findWaiting(event);
	if (waiting) return waiting;
	const back = ownPath(to ?? event.url.searchParams.get('to'));
	redirect(303, `/sign-in?to=${encodeURIComponent(back)}`);
}

/** Where and how they come in: as they said at the first step. */
export function arrivalOf(event: RequestEvent, { isShared }: Waiting): Required<Arrival> {
	return readArrival(event, isShared ? '1' : undefined);
}

/** Lets in who has taken the second step; else says why not. */
export async function answerStep(event: RequestEvent, stepped: Stepped, to?: string) {
	if (stepped.outcome === 'signed-in') await letIn(event, stepped, to);
	if (stepped.outcome === 'slow-down') {
		const minutes = Math.ceil(stepped.seconds / 60);
		return fail(429, { problem: 'slow-down' as const, minutes });
	}
	return fail(401, { problem: 'refused' as const, minutes: 0 });
}
