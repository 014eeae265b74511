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

/** The same from the header of a request. */
export function findSessionCookie(header: string | undefined, origin: string): string | undefined {
	const prefix = `${describeCookie(origin).name}=`;
	const pairs = header?.split(';').map((pair) => pair.trim());
	return pairs?.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
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

/** The same as the value of a `Set-Cookie` header. */
export function formatSessionCookie(origin: string, token: string, expires: Date): string {
	const { name, options } = describeCookie(origin);
	const secure = options.secure ? '; Secure' : '';
	return `${name}=${token}; Path=/; Expires=${expires.toUTCString()}; HttpOnly; SameSite=Lax${secure}`;
}

export function clearSessionCookie(cookies: Cookies, origin: string): void {
	const { name, options } = describeCookie(origin);
	cookies.delete(name, options);
}
