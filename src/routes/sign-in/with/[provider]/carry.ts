import type { Cookies } from '@sveltejs/kit';
import { carriedMinutes } from '#lib/identity/carried.server.ts';

/** One for each way there, so that two pages at once are no matter. */
function describe(origin: string, state: string) {
	const secure = origin.startsWith('https://');
	return {
		name: `${secure ? '__Host-' : ''}away-${state.slice(0, 12)}`,
		options: { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
	};
}

/** What the browser takes along to a provider: sealed, and of this browser alone (ASVS 10.1.2). */
export function giveToBrowser(
	cookies: Cookies,
	origin: string,
	state: string,
	carried: string
): void {
	const { name, options } = describe(origin, state);
	cookies.set(name, carried, { ...options, maxAge: carriedMinutes * 60 });
}

/** What it brings back, which is gone from it then. */
export function takeFromBrowser(
	cookies: Cookies,
	origin: string,
	state: string
): string | undefined {
	const { name, options } = describe(origin, state);
	const carried = cookies.get(name);
	if (carried !== undefined) cookies.delete(name, options);
	return carried;
}
