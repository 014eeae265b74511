import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../loopback.ts';

/** A request that goes no further, and why. */
export interface Refusal {
	status: 400 | 403 | 405 | 421;
	sentence: string;
	headers?: Record<string, string>;
}

export interface AskedFor {
	method: string;
	url: string;
	headers: IncomingHttpHeaders;
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const changing = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** Decides on a request by its head alone, before any of the app sees it. */
export function refuse(asked: AskedFor, origin: string): Refusal | undefined {
	if (!methods.includes(asked.method)) {
		return {
			status: 405,
			sentence: 'This method is not answered here.',
			headers: { Allow: methods.join(', ') }
		};
	}
	if (!asked.url.startsWith('/')) return { status: 400, sentence: 'The address has no path.' };
	if (!isOurHost(asked.headers.host, origin)) {
		return { status: 421, sentence: `The platform is reached at ${origin}.` };
	}
	if (changing.includes(asked.method) && !comesFromUs(asked, origin)) {
		return { status: 403, sentence: 'This can only be sent from the platform’s own pages.' };
	}
	return undefined;
}

/** On the machine itself, `localhost` and `127.0.0.1` are one place. */
function isOurHost(host: string | undefined, origin: string): boolean {
	if (origin === `https://${host}` || origin === `http://${host}`) return true;
	if (!host || !URL.canParse(`http://${host}`) || /[/?#@\\]/.test(host)) return false;
	const ours = new URL(origin);
	const theirs = new URL(`${ours.protocol}//${host}`);
	const isAlias = isLoopback(ours.hostname) && isLoopback(theirs.hostname);
	return theirs.host === ours.host || (isAlias && theirs.port === ours.port);
}

/**
 * Browsers say where a request comes from, and cannot be made to lie about it by another site. What
 * says nothing is no browser, unless it is of the plain kinds that very old ones send unasked.
 */
function comesFromUs({ headers }: AskedFor, origin: string): boolean {
	const site = headers['sec-fetch-site'];
	if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
	if (headers.origin !== undefined) return isSentFromUs(headers, origin);
	if (site === 'same-origin') return true;
	const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
	return type !== undefined && type !== '' && type !== 'text/plain';
}

/**
 * True when the `Origin` header names the platform, or on the machine itself one of its other names.
 * From a page with `Referrer-Policy: no-referrer` browsers send "null", and say where it comes from
 * in `Sec-Fetch-Site` alone.
 */
export function isSentFromUs(headers: IncomingHttpHeaders, origin: string): boolean {
	const theirs = headers.origin;
	if (theirs === undefined) return false;
	if (theirs === origin) return true;
	if (theirs === 'null') return headers['sec-fetch-site'] === 'same-origin';
	if (!URL.canParse(theirs)) return false;
	const url = new URL(theirs);
	return url.protocol === new URL(origin).protocol && isOurHost(url.host, origin);
}
