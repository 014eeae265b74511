import autocannon from 'autocannon';

const connections = 10;

/** What a server did with a load. */
export interface Load {
	/** Answers a second. */
	rate: number;
	/** Milliseconds within which 99 of 100 answers were there. */
	p99: number;
}

/** What one connection posts, in order. */
export interface Share {
	headers: Readonly<Record<string, string>>;
	bodies: readonly unknown[];
}

/**
 * Asks for a page over ten connections for some seconds, each connection as soon as it has its answer.
 *
 * @throws {Error} where an answer was anything but the page: a rate of refusals is no rate.
 */
export async function askFor(
	url: string,
	headers: Readonly<Record<string, string>>,
	seconds: number
): Promise<Load> {
	return read(await autocannon({ url, connections, duration: seconds, headers }), url);
}

/**
 * Posts the bodies as JSON, each share over a connection of its own, as fast as it goes.
 *
 * @throws {Error} where one of them was refused.
 */
export async function post(url: string, shares: readonly Share[]): Promise<Load> {
	const waiting = [...shares];
	const amount = shares.reduce((sum, { bodies }) => sum + bodies.length, 0);
	const began = performance.now();
	// Autocannon itself looks at the clock once a second, which is longer than all of this takes.
	let ended = began;
	const result = await autocannon({
		url,
		method: 'POST',
		connections: shares.length,
		amount,
		setupClient: (client) => {
			const { headers = {}, bodies = [] } = waiting.shift() ?? {};
			const left = bodies.map((body) => JSON.stringify(body));
			client.setHeaders({ ...headers, 'content-type': 'application/json' });
			client.setBody(left.shift());
			client.on('response', () => {
				ended = performance.now();
				client.setBody(left.shift());
			});
		}
	});
	return { ...read(result, url), rate: amount / ((ended - began) / 1000) };
}

function read(result: autocannon.Result, url: string): Load {
	const failures = result.non2xx + result.errors + result.timeouts;
	if (failures > 0) throw new Error(`${url}: ${failures} requests failed under load`);
	return { rate: result['2xx'] / result.duration, p99: result.latency.p99 };
}

/** Several loads of the same kind as one: the mean rate, and the p99 of the median round. */
export function combine(loads: readonly Load[]): Load {
	const p99 = loads.map((load) => load.p99).sort((a, b) => a - b);
	return {
		rate: loads.reduce((sum, { rate }) => sum + rate, 0) / loads.length,
		p99: p99[Math.floor(p99.length / 2)] ?? NaN
	};
}

export function writeLoad({ rate, p99 }: Load): string {
	return `${rate.toFixed(0)} a second, p99 ${p99.toFixed(0)} ms`;
}
