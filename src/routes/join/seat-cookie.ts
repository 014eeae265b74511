import type { Cookies } from '@sveltejs/kit';

/** Half a day: longer than any session lasts. */
const maxAge = 12 * 60 * 60;

/** What a phone keeps of a room: its secret, sent to the pages of that room alone. */
export function writeSeat(cookies: Cookies, origin: string, code: string, secret: string): void {
	cookies.set('seat', secret, {
		path: `/join/${code}`,
		httpOnly: true,
		sameSite: 'lax',
		secure: origin.startsWith('https://'),
		maxAge
	});
}

export function readSeat(cookies: Cookies): string | undefined {
	return cookies.get('seat');
}
