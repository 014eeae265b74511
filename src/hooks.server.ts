import { AsyncLocalStorage } from 'node:async_hooks';
import { dev } from '$app/environment';
import { error, type Handle, type HandleServerError, type ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import type { Actor } from '#lib/access/actor.ts';
import type { App as HoldepunktApp } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';
import { newPrivateId } from '#lib/id.ts';
import { limitsFor } from '#lib/identity/session-limits.ts';
import type { Session } from '#lib/identity/session-store.server.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { overwriteGetLocale } from '#lib/ui/messages/runtime.js';
import { negotiateLocale } from './language.ts';
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts';
import { startApp } from './startup.server.ts';

let app: HoldepunktApp;

export const init: ServerInit = async () => {
	app = await startApp(dev);
};

const localeOfRequest = new AsyncLocalStorage<Locale>();
overwriteGetLocale(() => localeOfRequest.getStore() ?? 'da');

/** Routes of which not even a pseudonym or address is logged: learning, help and joining a room. */
const handleLog: Handle = async ({ event, resolve }) => {
	const began = performance.now();
	const response = await resolve(event);
	app.log.info({
		route: event.route.id,
		method: event.request.method,
		status: response.status,
		ms: Math.round(performance.now() - began)
	});
	return response;
};

const handleApp: Handle = ({ event, resolve }) => {
	event.locals.app = app;
	event.locals.actor = null;
	event.locals.session = null;
	event.locals.sessionFacts = null;
	return resolve(event);
};

function exceedsLimits({ grants }: Actor, { isShared, idleMinutes }: Session): boolean {
	const isAdministrator = grants.some(({ role }) => role === 'administrator');
	return idleMinutes > limitsFor({ isAdministrator, isShared }).idleMinutes;
}

const handlePerson: Handle = async ({ event, resolve }) => {
	const token = readSessionCookie(event.cookies, app.origin);
	if (token) {
		try {
			const session = await app.sessions.read(token);
			const actor = session && (await findActor(app.db.read, session.person));
			if (actor && session && exceedsLimits(actor, session)) {
				// They have become an administrator since: they sign in again, for a shorter session.
				await app.sessions.end(token);
			} else if (actor && session) {
				event.locals.actor = actor;
				event.locals.session = token;
				event.locals.sessionFacts = session;
				if (session.prolonged)
					writeSessionCookie(event.cookies, app.origin, token, session.expiresAt);
			}
		} catch (thrown) {
			if (!(thrown instanceof StoreUnavailable)) throw thrown;
			error(503, { message: thrown.message, reason: thrown.reason });
		}
	}
	return resolve(event);
};

const handleLanguage: Handle = ({ event, resolve }) => {
	const locale = negotiateLocale({
		cookie: event.cookies.get('lang'),
		account: event.locals.actor?.locale ?? null,
		accepted: event.request.headers.get('accept-language')
	});
	event.locals.locale = locale;
	return localeOfRequest.run(locale, () =>
		resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', locale),
			// Style sheets stand first in the page anyway; naming them in a header too costs more than it gives.
			preload: ({ type }) => type === 'js'
		})
	);
};

export const handle = sequence(handleLog, handleApp, handlePerson, handleLanguage);

export const handleError: HandleServerError = ({ error: thrown, event, status }) => {
	if (status === 404) return { message: 'not-found' };
	const id = newPrivateId();
	app.log.error({ err: thrown, route: event.route.id, id });
	return { message: 'unexpected', id };
};
