import type { Cookies } from '@sveltejs/kit';

const name = 'shared-tablet';
const year = 365 * 24 * 60 * 60;

/** True where somebody has said on this device that others use it too. */
export function isSharedTablet(cookies: Cookies): boolean {
	return cookies.get(name) === '1';
}

/** Remembers on the device what was said last, so that the next person finds it ticked. */
export function rememberTablet(cookies: Cookies, origin: string, isShared: boolean): void {
	const secure = origin.startsWith('https://');
	const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
	if (isShared) cookies.set(name, '1', { ...options, maxAge: year });
	else if (cookies.get(name) !== undefined) cookies.delete(name, options);
}
