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

/** The same from the header of a request. */
export function findSeatCookie(header: string | undefined): string | undefined {
	const pairs = header?.split(';').map((pair) => pair.trim());
	return pairs?.find((pair) => pair.startsWith('seat='))?.slice('seat='.length);
}
