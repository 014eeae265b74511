import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Load, Share } from './load.ts';

const connections = 10;

/** What is asked at one time: whoever asks it waits for nobody but those of the same line. */
interface Due {
	line: number;
	send(agent: Agent): Promise<void>;
}

/**
 * Asks for a page so often a second, evenly spread, whether or not the answers before are there. How long
 * one waited is counted from when it was due, so that a server that falls behind cannot hide it.
 *
 * @throws {Error} where an answer was anything but the page.
 */
export function askSteadily(
	url: string,
	headers: Readonly<Record<string, string>>,
	seconds: number,
	rate: number
): Promise<Load> {
	const all = Array.from({ length: Math.ceil(seconds * rate) }, (_, index): Due => {
		return { line: index, send: (agent) => send(agent, url, headers) };
	});
	return sendSteadily(all, rate);
}

/**
 * Posts the bodies as JSON so often a second, from each share in turn; within a share in their order, each
 * when the one before was answered.
 *
 * @throws {Error} where one of them was refused.
 */
export function postSteadily(url: string, shares: readonly Share[], rate: number): Promise<Load> {
	const longest = Math.max(...shares.map(({ bodies }) => bodies.length));
	const all = Array.from({ length: longest }, (_, turn) =>
		shares.flatMap(({ headers, bodies }, line): Due[] => {
			if (turn >= bodies.length) return [];
			const body = JSON.stringify(bodies[turn]);
			return [{ line, send: (agent) => send(agent, url, headers, body) }];
		})
	).flat();
	return sendSteadily(all, rate);
}

async function sendSteadily(all: readonly Due[], rate: number): Promise<Load> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const lines = new Map<number, Promise<void>>();
	const waits: number[] = [];
	const began = performance.now();
	try {
		for (const [index, { line, send }] of all.entries()) {
			const due = began + (index * 1000) / rate;
			const left = due - performance.now();
			if (left > 0) await wait(left);
			const answered = (lines.get(line) ?? Promise.resolve())
				.then(() => send(agent))
				.then(() => void waits.push(performance.now() - due));
			// Told below, for all of them.
			answered.catch(() => {});
			lines.set(line, answered);
		}
		await Promise.all(lines.values());
	} finally {
		agent.destroy();
	}
	waits.sort((a, b) => a - b);
	const took = (performance.now() - began) / 1000;
	return { rate: all.length / took, p99: waits[Math.floor(waits.length * 0.99)] ?? NaN };
}

function send(
	agent: Agent,
	url: string,
	headers: Readonly<Record<string, string>>,
	body?: string
): Promise<void> {
	const method = body === undefined ? 'GET' : 'POST';
	const about = body === undefined ? {} : { 'content-type': 'application/json' };
	return new Promise((resolve, reject) => {
		const asked = request(url, { agent, method, headers: { ...headers, ...about } }, (answer) => {
			answer.resume();
			answer.on('end', () => {
				if (answer.statusCode === 200) resolve();
				else reject(new Error(`${url}: ${answer.statusCode} under load`));
			});
			answer.on('error', reject);
		});
		asked.on('error', reject);
		asked.end(body);
	});
}
