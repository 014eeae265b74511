import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#lib/access/actor.ts';
import { DomainError, type DomainErrorCode } from '#lib/errors.ts';
import { isFresh } from '#lib/identity/session-limits.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';

const statusOf: Record<Exclude<DomainErrorCode, 'sign-in-required'>, number> = {
	'not-found': 404,
	forbidden: 403,
	conflict: 409,
	invalid: 422,
	'too-many': 429
};

/**
 * Runs a route's work and turns an outcome of the domain into an answer: a status with a page that
 * says what to do. Everything else that is thrown goes on as it is.
 */
export async function answer<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (thrown) {
		if (thrown instanceof StoreUnavailable)
			error(503, { message: thrown.message, reason: thrown.reason });
		if (!(thrown instanceof DomainError)) throw thrown;
		if (thrown.code === 'sign-in-required') redirect(303, '/sign-in');
		const reason = findReason(thrown);
		error(statusOf[thrown.code], { message: thrown.message, ...(reason && { reason }) });
	}
}

function findReason({ code, message }: DomainError): App.Error['reason'] {
	if (code === 'conflict') return message === 'not-offered' ? 'not-offered' : 'moved-on';
	if (code !== 'forbidden') return undefined;
	return message === 'no-leader' || message === 'counts-only' ? message : undefined;
}

/** The signed-in person, or a redirect to sign-in that comes back here. */
export function signedIn({ locals, url, request }: RequestEvent): Actor {
	if (locals.actor) return locals.actor;
	const back = request.method === 'GET' ? url.pathname + url.search : url.pathname;
	redirect(303, `/sign-in?to=${encodeURIComponent(back)}`);
}

/** Whether the signed-in person has shown within the last ten minutes who they are. */
export function hasShownLately({ locals: { app, sessionFacts } }: RequestEvent): boolean {
	return sessionFacts !== null && isFresh(sessionFacts.reauthenticatedAt, app.now());
}

/**
 * The signed-in person, who has shown within the last ten minutes who they are; else a redirect that asks
 * them again and comes back here. What a form held is lost on that way, so that a page asks as it loads.
 */
export function requireFresh(event: RequestEvent, to?: string): Actor {
	const actor = signedIn(event);
	if (hasShownLately(event)) return actor;
	const { url, request } = event;
	const back = to ?? (request.method === 'GET' ? url.pathname + url.search : url.pathname);
	redirect(303, `/sign-in/again?to=${encodeURIComponent(back)}`);
}

/** A path on this site, or the fallback: never an address elsewhere. */
export function ownPath(wanted: unknown, fallback = '/'): string {
	if (typeof wanted !== 'string') return fallback;
	// Only what a browser resolves to our own origin, and never `//elsewhere` or `/\elsewhere`.
	const base = 'http://own.invalid';
	if (!wanted.startsWith('/') || !URL.canParse(wanted, base)) return fallback;
	const url = new URL(wanted, base);
	const path = url.pathname + url.search + url.hash;
	// What is returned counts: `/.//elsewhere` is ours, and its path alone is `//elsewhere`.
	return url.origin === base && !path.startsWith('//') ? path : fallback;
}
