import { request as ask } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEntry } from '../entry/entry.server.ts';
import { announceStop } from '../shutdown.server.ts';
import { countListeners, ringChannel, whisper } from './ring.ts';
import {
	openStream,
	readAfterNumber,
	type LiveEvent,
	type StreamOptions
} from './stream.server.ts';

const leaving = new AbortController();
let channel = '';
let made = 0;

beforeEach(() => {
	channel = `channel ${++made}`;
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});

afterEach(() => {
	vi.useRealTimers();
});

/** A table of events, as a channel has one behind it. */
function keep() {
	const events: LiveEvent[] = [];
	return {
		readAfter: async (n: number) => events.filter((event) => event.n > n),
		add(kind: string, data: unknown = {}) {
			events.push({ n: events.length + 1, kind, data });
			ringChannel(channel);
		}
	};
}

function open(options: Partial<StreamOptions> & Pick<StreamOptions, 'readAfter'>) {
	const response = openStream({ channel, after: 0, signal: leaving.signal, ...options });
	const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
	let rest = '';
	return {
		response,
		/** The next message; undefined when the stream has ended. */
		async next(): Promise<string | undefined> {
			while (!rest.includes('\n\n')) {
				const { done, value } = await reader.read();
				if (done) return undefined;
				rest += value;
			}
			const [message = '', ...more] = rest.split('\n\n');
			rest = more.join('\n\n');
			return message;
		},
		leave: () => reader.cancel()
	};
}

test('a stream first tells what has happened since, then what comes, each once and in order', async () => {
	const table = keep();
	table.add('opened');
	table.add('scene', { name: 'Hatch\nand hall' });
	const stream = open({ ...table, after: 1 });
	expect(await stream.next()).toMatch(/^retry: \d{4}$/);
	expect(await stream.next()).toBe('id: 2\nevent: scene\ndata: {"name":"Hatch\\nand hall"}');
	table.add('revealed');
	table.add('next');
	expect(await stream.next()).toBe('id: 3\nevent: revealed\ndata: {}');
	expect(await stream.next()).toBe('id: 4\nevent: next\ndata: {}');
	await stream.leave();
	expect(countListeners(channel)).toBe(0);
});

test('an answer of events is not kept, changed or held back on its way', async () => {
	const { response, leave } = open(keep());
	expect(Object.fromEntries(response.headers)).toEqual({
		'cache-control': 'no-store, no-transform',
		'content-type': 'text/event-stream',
		'x-accel-buffering': 'no'
	});
	await leave();
});

test('what happens while events are read is told as well', async () => {
	const table = keep();
	const reads: number[] = [];
	const stream = open({
		readAfter: async (n) => {
			reads.push(n);
			const found = await table.readAfter(n);
			if (reads.length === 1) table.add('meanwhile');
			return found;
		}
	});
	await stream.next();
	expect(await stream.next()).toContain('event: meanwhile');
	await stream.leave();
});

test('a whisper is told without a number, so that coming back does not ask for it', async () => {
	const stream = open(keep());
	await stream.next();
	whisper(channel, { cursor: 3 });
	expect(await stream.next()).toBe('event: whisper\ndata: {"cursor":3}');
	await stream.leave();
});

test('a sign of life comes every fifteen seconds', async () => {
	const stream = open(keep());
	await stream.next();
	vi.advanceTimersByTime(15_000);
	expect(await stream.next()).toBe(':');
	await stream.leave();
});

test('ASVS 7.4.1: a stream ends at the next beat when the right to it is gone', async () => {
	let may = true;
	const stream = open({ ...keep(), mayStay: async () => may });
	await stream.next();
	vi.advanceTimersByTime(15_000);
	expect(await stream.next()).toBe(':');
	may = false;
	vi.advanceTimersByTime(15_000);
	expect(await stream.next()).toBe(':');
	expect(await stream.next()).toBeUndefined();
	expect(countListeners(channel)).toBe(0);
});

test('a stream ends with its signal, also where that was aborted before', async () => {
	const session = new AbortController();
	const stream = open({ ...keep(), signal: session.signal });
	await stream.next();
	session.abort();
	expect(await stream.next()).toBeUndefined();
	expect(await open({ ...keep(), signal: session.signal }).next()).toBeUndefined();
	expect(countListeners(channel)).toBe(0);
});

test('what cannot be read ends the stream and is told to whoever looks after it', async () => {
	const faults: unknown[] = [];
	const fault = new Error('the disk is gone');
	const stream = open({
		readAfter: () => Promise.reject(fault),
		onFault: (thrown) => faults.push(thrown)
	});
	await stream.next();
	expect(await stream.next()).toBeUndefined();
	expect(faults).toEqual([fault]);
});

test('for a slow listener events wait where they are kept, and none is lost', async () => {
	const table = keep();
	const page = 'x'.repeat(40_000);
	let reads = 0;
	const stream = open({
		readAfter: (n) => {
			reads++;
			return table.readAfter(n);
		}
	});
	for (let n = 1; n <= 20; n++) table.add(`e${n}`, page);
	await stream.next();
	for (let n = 1; n <= 20; n++) expect(await stream.next()).toContain(`id: ${n}\n`);
	expect(reads).toBeLessThan(20);
	table.add('last');
	expect(await stream.next()).toContain('event: last');
	await stream.leave();
});

test('a listener who takes nothing for two beats has gone without a word', async () => {
	const table = keep();
	const response = openStream({ channel, after: 0, signal: leaving.signal, ...table });
	for (let n = 1; n <= 20; n++) table.add('page', 'x'.repeat(40_000));
	await vi.waitUntil(() => countListeners(channel) === 1);
	await Promise.resolve();
	vi.advanceTimersByTime(30_000);
	expect(countListeners(channel)).toBe(0);
	await response.body?.cancel();
});

test.each([
	['/live', null, 0],
	['/live?after=7', null, 7],
	['/live?after=7', '12', 12],
	['/live?after=-1', null, 0],
	['/live?after=1e3', null, 0],
	['/live', '12; drop', 0]
])('from %s with the last id %s one goes on after %i', (path, last, after) => {
	const request = new Request(`https://learn.example.dk${path}`, {
		headers: last === null ? {} : { 'last-event-id': last }
	});
	expect(readAfterNumber(request)).toBe(after);
});

test('through the server’s entry events arrive as they come, and a stop of the server ends them', async () => {
	const table = keep();
	const origin = 'http://localhost:4999';
	const entry = createEntry({
		origin,
		trustedProxies: [],
		handler: async (request, response) => {
			const asked = await getRequest({ request, base: origin });
			const after = readAfterNumber(asked);
			return setResponse(response, openStream({ channel, after, signal: asked.signal, ...table }));
		}
	});
	await new Promise<void>((resolve) => entry.listen(0, '127.0.0.1', resolve));
	const { port } = entry.address() as AddressInfo;
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
	ask({ port, host: '127.0.0.1', path: '/live', headers: { host: 'localhost:4999' } })
		.on('response', resolve)
		.on('error', reject)
		.end();
	const response = await promise;
	expect(response.headers).toMatchObject({
		'content-type': 'text/event-stream; charset=utf-8',
		'content-security-policy': expect.any(String)
	});
	const chunks = response.setEncoding('utf8')[Symbol.asyncIterator]();
	let heard = '';
	const hear = async (words: string) => {
		while (!heard.includes(words)) heard += String((await chunks.next()).value);
	};
	await hear('retry:');
	table.add('scene');
	await hear('event: scene');
	announceStop();
	expect((await chunks.next()).done).toBe(true);
	await entry.stop(10_000);
	expect(countListeners(channel)).toBe(0);
});
