/** The entry and the built app each bring this module along; by a shared name they still mean the same. */
const name = Symbol.for('holdepunkt.direct-routes');

/** What a direct route is told of a request. Where it comes from has been looked at already. */
export interface DirectRequest {
	/** The part of the address that differs, decoded. */
	parameter: string;
	/** The header, as it was sent. */
	cookies: string | undefined;
	/** The parsed body; null where it is not of the route's kind. */
	body: unknown;
}

export interface DirectAnswer {
	status: number;
	/** Sent as JSON. */
	data: unknown;
	/** The value of a `Set-Cookie` header. */
	cookie?: string | undefined;
}

/** Takes a POST to one kind of address, such as `/scenarios/…/moves`. */
export interface DirectRoute {
	/** What is sent to it (JSON). */
	takes?: 'json' | 'form';
	/** What the path begins and ends with; between them stands the parameter, without a slash. */
	before: string;
	after: string;
	answer(request: DirectRequest): Promise<DirectAnswer>;
}

const typeOf = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

type Known = typeof globalThis & { [name]?: DirectRoute[] };

/**
 * The app's side: answers requests of this kind without the framework, which costs several times what
 * a recorded move does. The same must be answered by a route of the app, for a server without the entry.
 */
export function answerDirectly(route: DirectRoute): void {
	const all = globalThis as Known; // a name of our own
	all[name] = [...(all[name] ?? []).filter(({ before }) => before !== route.before), route];
}

/** The entry's side: the route that answers this request, with its parameter; undefined for most. */
export function findDirectRoute(
	method: string,
	url: string,
	contentType: string | undefined
): { route: DirectRoute; parameter: string } | undefined {
	if (method !== 'POST' || contentType === undefined) return undefined;
	for (const route of (globalThis as Known)[name] ?? []) {
		const { before, after, takes = 'json' } = route;
		if (!contentType.startsWith(typeOf[takes]) || !url.startsWith(before) || !url.endsWith(after))
			continue;
		const parameter = url.slice(before.length, -after.length);
		// Whatever has to be decoded, or is no plain name, is left to the app.
		if (/^[a-z0-9-]+$/.test(parameter)) return { route, parameter };
	}
	return undefined;
}
