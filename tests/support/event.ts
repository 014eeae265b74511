import type { RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';

export interface Asked {
	actor?: Actor | null;
	/** What the cookie holds. */
	session?: string;
	url?: string;
	params?: Record<string, string>;
	/** False for who has not shown for a while who they are. */
	isFresh?: boolean;
	/** The language that is asked for (Danish). */
	locale?: 'da' | 'en';
	/** As pairs where a name comes several times. */
	form?: Record<string, string> | string[][];
}

/** A request as a load function, an action or an endpoint gets it. */
export function makeEvent(
	app: App,
	{ actor = null, session, url = '/', params = {}, isFresh = true, locale = 'da', form }: Asked
): RequestEvent {
	const address = new URL(url, app.origin);
	const body = form && new URLSearchParams(form);
	const reauthenticatedAt = isFresh ? app.now() : new Date(0);
	const sessionFacts = actor && { handle: 'here', reauthenticatedAt, isShared: false };
	const event = {
		url: address,
		params,
		request: new Request(address, body ? { method: 'POST', body } : {}),
		locals: { app, actor, session: null, sessionFacts, locale },
		route: { id: null },
		cookies: {
			get: (name: string) => (name.endsWith('session') ? session : undefined),
			set: () => undefined,
			delete: () => undefined
		},
		setHeaders: () => undefined,
		getClientAddress: () => '127.0.0.1'
	};
	return event as unknown as RequestEvent; // the parts that our routes use
}
