import { lookup, type LookupAddress } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { BlockList, isIP } from 'node:net';

/** Why something was not fetched. */
export class FetchRefused extends Error {
	override readonly name = 'FetchRefused';
}

/** As much as an answer may be: metadata and keys are a few kilobytes. */
const mostBytes = 1024 * 1024;
const patience = 8_000;

const closed = new BlockList();
/** Every range that is not of the public internet (IANA special-purpose registries). */
for (const [net, bits] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.88.99.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 4],
	['240.0.0.0', 4]
] as const)
	closed.addSubnet(net, bits, 'ipv4');
/** Of IPv6 only what is handed out to the public is open at all. */
const open = new BlockList();
open.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
	['2001::', 23],
	['2001:db8::', 32],
	['2002::', 16],
	['3fff::', 20]
] as const)
	closed.addSubnet(net, bits, 'ipv6');

/** True for an address that anybody on the internet could reach. */
export function isPublicAddress(address: string): boolean {
	if (isIP(address) === 4) return !closed.check(address, 'ipv4');
	if (isIP(address) !== 6) return false;
	return open.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

export interface PublicFetchOptions {
	method?: string | undefined;
	headers?: Readonly<Record<string, string>> | undefined;
	body?: string | Uint8Array | undefined;
	signal?: AbortSignal | undefined;
}

/**
 * Fetches over https from public addresses alone, and follows no redirect (ASVS 1.3.6, 15.3.2). The
 * address that was looked at is the one that is called. Names in `inside` may lie anywhere, and use
 * http on the machine itself.
 *
 * @throws {FetchRefused} for an address of our own network, and for an answer that is too large.
 */
export async function fetchPublic(
	address: string,
	{ method = 'GET', headers = {}, body, signal }: PublicFetchOptions,
	inside: readonly string[]
): Promise<Response> {
	const url = new URL(address);
	const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
	const isInside = inside.includes(host);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isInside))
		throw new FetchRefused(`${url.origin} is not https`);
	if (isIP(host) !== 0 && !isInside && !isPublicAddress(host))
		throw new FetchRefused(`${host} is not a public address`);
	const { promise, resolve, reject } = Promise.withResolvers<Response>();
	const send = url.protocol === 'https:' ? requestSecure : requestPlain;
	const timeout = AbortSignal.timeout(patience);
	const request = send(
		url,
		{
			method,
			headers: {
				...headers,
				...(body !== undefined && { 'content-length': Buffer.byteLength(body) })
			},
			signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
			lookup: (name, options, done) =>
				lookup(name, { ...options, all: true }, (fault, found) => {
					if (fault) return done(fault, '', 0);
					const allowed = found.filter((one) => isInside || isPublicAddress(one.address));
					const [first] = allowed;
					if (!first || allowed.length < found.length)
						return done(new FetchRefused(`${name} is not at a public address`), '', 0);
					// Which form is asked for, one or all, is the caller's to say.
					if (options.all)
						return (done as (fault: null, all: LookupAddress[]) => void)(null, allowed);
					done(null, first.address, first.family);
				})
		},
		(answer) => {
			const chunks: Buffer[] = [];
			let bytes = 0;
			answer.on('data', (chunk: Buffer) => {
				bytes += chunk.length;
				if (bytes > mostBytes) answer.destroy(new FetchRefused('the answer is too large'));
				else chunks.push(chunk);
			});
			answer.on('error', reject);
			answer.on('end', () => {
				const status = answer.statusCode ?? 500;
				const text = Buffer.concat(chunks);
				const given = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
					value === undefined ? [] : [[name, String(value)]]
				);
				const isEmpty = status === 204 || status === 304 || status < 200;
				resolve(new Response(isEmpty ? null : text, { status, headers: given }));
			});
		}
	);
	request.on('error', reject);
	request.end(body);
	return promise;
}
