import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { findProvider } from '#lib/identity/providers.server.ts';
import { findHalfway, type Halfway, type Stepped } from '#lib/identity/second-step.server.ts';
import { isFresh } from '#lib/identity/session-limits.ts';
import type { Arrival } from '#lib/identity/session-store.server.ts';
import { readSessionCookie } from '../../session-cookie.ts';
import { letIn, readArrival } from '../arrive.ts';
import { ownPath } from '../respond.ts';

/** Who waits at the second step, by the session that the request names; null for nobody. */
export async function findWaiting({ cookies, locals }: RequestEvent): Promise<Halfway | null> {
	const { app } = locals;
	const token = readSessionCookie(cookies, app.origin);
	return token ? findHalfway(app, token) : null;
}

/** Who waits at the second step, by the session that the request names; or back to the first. */
export async function requireWaiting(event: RequestEvent, to?: string): Promise<Halfway> {
	const waiting = await findWaiting(event);
	if (waiting) return waiting;
	const back = ownPath(to ?? event.url.searchParams.get('to'));
	redirect(303, `/sign-in?to=${encodeURIComponent(back)}`);
}

const backTo = ({ url }: RequestEvent) =>
	`to=${encodeURIComponent(ownPath(url.searchParams.get('to')))}`;

/** Leads to the second step again, which asks for what is there by now. */
export function stepAnew(event: RequestEvent): never {
	redirect(303, `/sign-in/step?${backTo(event)}`);
}

/** Who has to set a factor up; whoever has one by now shows that. */
export async function requireSetUp(event: RequestEvent): Promise<Halfway> {
	const waiting = await requireWaiting(event);
	return waiting.awaits === 'setup' ? waiting : stepAnew(event);
}

/**
 * Sends back to their provider, to be asked there, whom it let through without asking: who sets a factor
 * up has shown lately who they are. Ask as the page loads; without what it offers nothing is set up.
 */
export async function requireShown(event: RequestEvent, waiting: Halfway): Promise<void> {
	const { app } = event.locals;
	if (isFresh(waiting.reauthenticatedAt, app.now())) return;
	const provider = waiting.provider && (await findProvider(app, waiting.provider.id));
	const to = backTo(event);
	redirect(303, provider ? `/sign-in/with/${provider.slug}?anew=1&${to}` : `/sign-in?${to}`);
}

/** Where and how they come in: as they said at the first step. */
export function arrivalOf(event: RequestEvent, { isShared }: Halfway): Required<Arrival> {
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
