import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';

/** The header by which the app is told who asks; nobody outside can set it. */
export const addressHeader = 'x-holdepunkt-address';

const hearsay = /^(forwarded$|x-forwarded-|x-real-ip$|x-original-|x-rewrite-url$|x-http-method)/;

/**
 * A function that replaces what a request says about its own origins by what is known: the address
 * of the connection, or the last one that a trusted proxy vouches for.
 */
export function createAddressReader(trustedProxies: readonly string[]) {
	const trusted = new BlockList();
	for (const network of trustedProxies) {
		const [address = '', prefix] = network.split('/');
		const family = familyOf(address);
		trusted.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
	}
	const isTrusted = (address: string) => {
		if (trustedProxies.length === 0) return false;
		try {
			return trusted.check(address, familyOf(address));
		} catch {
			return false;
		}
	};

	return (request: Pick<IncomingMessage, 'headers' | 'socket'>): void => {
		const { headers, socket } = request;
		const chain = String(headers['x-forwarded-for'] ?? '')
			.split(',')
			.map((address) => address.trim())
			.filter((address) => address !== '');
		for (const name of Object.keys(headers)) if (hearsay.test(name)) delete headers[name];
		let address = plain(socket.remoteAddress ?? 'unknown');
		while (isTrusted(address)) {
			const next = chain.pop();
			if (next === undefined) break;
			address = plain(next);
		}
		headers[addressHeader] = address;
	};
}

function plain(address: string): string {
	return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
	return isIPv6(address) ? 'ipv6' : 'ipv4';
}
