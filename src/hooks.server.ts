import { dev } from '$app/environment';
import { error, type RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import type { App as HoldepunktApp } from '#lib/app.ts';
import { noteRefusal } from '#lib/audit/refusals.server.ts';
import { newPrivateId } from '#lib/id.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { findTaker } from '#lib/server/entry/answer-text.ts';
import { offerDirectRoutes } from './direct-routes.server.ts';
import { identify } from './identify.server.ts';
import { negotiateLocale } from './language.ts';
import { noteAnswer } from './note-answer.ts';
import { inLocale } from './request-locale.ts';
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts';
import { startApp } from './startup.server.ts';

let app: HoldepunktApp;

export const init: ServerInit = async () => {
	app = await startApp(dev);
	offerDirectRoutes(app);
};

/**
 * What every request goes through; one function, because Kit makes each further one in a sequence cost
 * a page noticeably. Nothing of who asks is logged, not even a pseudonym or an address.
 */
export const handle: Handle = ({ event, resolve }) =>
	noteAnswer(app, { route: event.route.id, method: event.request.method }, () =>
		respond(event, resolve)
	);

async function respond(
	event: RequestEvent,
	resolve: Parameters<Handle>[0]['resolve']
): Promise<Response> {
	// A phone in a room is nobody's, also where somebody is signed in on it.
	if (isNameless(event.url.pathname)) forgetPerson(event);
	else await findPerson(event);
	const locale = negotiateLocale({
		cookie: readLanguageCookie(event),
		account: event.locals.actor?.locale ?? null,
		accepted: event.request.headers.get('accept-language')
	});
	event.locals.locale = locale;
	const response = await inLocale(locale, () => answer(event, resolve));
	const { actor } = event.locals;
	if (response.status === 403 && actor && event.route.id)
		await noteRefusal(app, actor, event.route.id).catch(tellFault);
	return response;
}

/** Looked for first, because Kit reads all cookies anew for each that it is asked for. */
function readLanguageCookie({ cookies, request }: RequestEvent): string | undefined {
	return request.headers.get('cookie')?.includes('lang=') ? cookies.get('lang') : undefined;
}

/** Has Kit answer; the text of a page goes past it to the entry, see {@link findTaker}. */
async function answer(
	event: RequestEvent,
	resolve: Parameters<Handle>[0]['resolve']
): Promise<Response> {
	const taker = findTaker(event.platform?.req);
	let isTaken = false;
	const response = await resolve(event, {
		transformPageChunk({ html }) {
			const { locale } = event.locals;
			if (!taker) return html.replace('%lang%', locale);
			// In parts, because another string of the whole page is dearer than all else done to it here.
			const at = html.indexOf('%lang%');
			taker.takeText([html.slice(0, at), locale, html.slice(at + '%lang%'.length)]);
			isTaken = true;
			return '';
		},
		// Style sheets stand first in the page anyway; naming them in a header too costs more than it gives.
		preload: ({ type }) => type === 'js'
	});
	if (!isTaken) return response;
	// Of a text that is not there.
	for (const name of ['content-length', 'etag', 'x-sveltekit-page']) response.headers.delete(name);
	return response;
}

/** What cannot be noted is a fault of ours, and none of who asked. */
function tellFault(err: unknown): void {
	app.log.error({ err });
}

function isNameless(path: string): boolean {
	return path === '/join' || path.startsWith('/join/');
}

function forgetPerson({ locals }: RequestEvent): void {
	locals.app = app;
	locals.actor = null;
	locals.session = null;
	locals.sessionFacts = null;
}

/** Puts into `locals` who asks, by the session that the request names. */
async function findPerson(event: RequestEvent): Promise<void> {
	forgetPerson(event);
	const { locals, cookies } = event;
	const token = readSessionCookie(cookies, app.origin);
	if (!token) return;
	try {
		const who = await identify(app, token);
		if (!who) return;
		const { actor, session } = who;
		locals.actor = actor;
		locals.session = token;
		locals.sessionFacts = session;
		locals.shouldSetUp = who.demand === 'can-wait';
		if (session.prolonged) writeSessionCookie(cookies, app.origin, token, session.expiresAt);
	} catch (thrown) {
		if (!(thrown instanceof StoreUnavailable)) throw thrown;
		error(503, { message: thrown.message, reason: thrown.reason });
	}
}

export const handleError: HandleServerError = ({ error: thrown, event, status }) => {
	if (status === 404) return { message: 'not-found' };
	const id = newPrivateId();
	app.log.error({ err: thrown, route: event.route.id, id });
	return { message: 'unexpected', id };
};
