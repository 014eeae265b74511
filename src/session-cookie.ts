import type { Cookies } from '@sveltejs/kit';

/** `__Host-` binds the cookie to this host and to https; on plain http browsers refuse the prefix. */
function describeCookie(origin: string) {
	const secure = origin.startsWith('https://');
	return {
		name: secure ? '__Host-session' : 'session',
		options: { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
	};
}

export function readSessionCookie(cookies: Cookies, origin: string): string | undefined {
	return cookies.get(describeCookie(origin).name);
}

export function writeSessionCookie(
	cookies: Cookies,
	origin: string,
	token: string,
	expires: Date
): void {
	const { name, options } = describeCookie(origin);
	cookies.set(name, token, { ...options, expires });
}

export function clearSessionCookie(cookies: Cookies, origin: string): void {
	const { name, options } = describeCookie(origin);
	cookies.delete(name, options);
}
