import { createServer, get, IncomingMessage } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { readingRequest } from './reading-request.server.ts';

const origin = 'https://learn.example.dk';

function incoming(url: string, headers: Record<string, string> = {}, method = 'GET') {
	return Object.assign(new IncomingMessage(new Socket()), { url, method, headers });
}

/** An address read as Node reads it, or that it cannot be read. */
function read(make: () => Request): string {
	try {
		return make().url;
	} catch {
		return 'unreadable';
	}
}

describe('the address', () => {
	test.each([
		'/',
		'/learn/basic/when-it-heats-up?step=you-first',
		'/a/../b',
		'/a/./b/.',
		'/a/%2e%2E/b',
		'//evil.example/x',
		'/a//b',
		'/\\evil.example',
		"/?name=O'Brien",
		'/søg?q=æøå',
		'/a b?c d#e',
		'/?a|b^c`d{e}"<f>',
		'/@me:80/..;/x?/../..',
		'/%zz?%',
		''
	])('%s is that of Node’s own request', (url) => {
		expect(read(() => readingRequest(incoming(url), origin))).toBe(
			read(() => new Request(origin + url))
		);
	});

	test('is that of Node’s own request, whatever is asked', () => {
		const part = fc.oneof(
			fc.constantFrom('/', '.', '..', '%2e', '%', '?', '#', '\\', "'", '@', ':', ';', '&', 'ø'),
			fc.string({ maxLength: 4 })
		);
		const addresses = fc.array(part, { maxLength: 8 }).map((parts) => `/${parts.join('')}`);
		fc.assert(
			fc.property(addresses, (url) => {
				const ours = read(() => readingRequest(incoming(url), origin));
				expect(ours).toBe(read(() => new Request(origin + url)));
			}),
			{ numRuns: 2000 }
		);
	});
});

describe('the headers', () => {
	const given = { cookie: 'a=1; b=2', accept: 'text/html', 'x-empty': '' };
	const { headers } = readingRequest(incoming('/', given), origin);
	const nodes = new Headers(given);

	test.each(['cookie', 'Cookie', 'ACCEPT', 'x-empty', 'origin', 'constructor', '__proto__'])(
		'%s is what Node’s own says',
		(name) => {
			expect([headers.get(name), headers.has(name)]).toEqual([nodes.get(name), nodes.has(name)]);
		}
	);

	test('can be walked, copied and counted as Node’s own', () => {
		expect(headers).toBeInstanceOf(Headers);
		expect([...headers]).toEqual([...nodes]);
		expect([...headers.keys()]).toEqual([...nodes.keys()]);
		expect([...new Headers(headers)]).toEqual([...nodes]);
		const seen: string[] = [];
		headers.forEach((value, name) => seen.push(`${name}: ${value}`));
		expect(seen).toEqual([...nodes].map(([name, value]) => `${name}: ${value}`));
	});

	test('can be changed like Node’s own', () => {
		const { headers: changed } = readingRequest(incoming('/', given), origin);
		changed.set('accept', 'text/plain');
		changed.delete('cookie');
		expect([changed.get('accept'), changed.has('cookie')]).toEqual(['text/plain', false]);
	});
});

test('it is a request without a body, and answers all that a request is asked', async () => {
	const request = readingRequest(incoming('/a?b', { accept: 'text/html' }, 'HEAD'), origin);
	expect(request).toBeInstanceOf(Request);
	expect([request.method, request.body, request.bodyUsed]).toEqual(['HEAD', null, false]);
	expect(await request.text()).toBe('');
	const copy = request.clone();
	expect([copy.url, copy.method, copy.headers.get('accept')]).toEqual([
		`${origin}/a?b`,
		'HEAD',
		'text/html'
	]);
});

describe('the signal', () => {
	const open: ReturnType<typeof createServer>[] = [];
	afterEach(() => {
		for (const server of open.splice(0)) server.close().closeAllConnections();
	});

	/** A request that has come in over a connection, and how to take part in it. */
	async function receive() {
		const came = Promise.withResolvers<{ incoming: IncomingMessage; answer: () => void }>();
		const server = createServer((request, response) =>
			came.resolve({ incoming: request, answer: () => response.end('well') })
		);
		open.push(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const asking = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
		asking.on('error', () => undefined);
		const answered = new Promise<void>((resolve) =>
			asking.on('response', (response) => response.resume().on('end', resolve))
		);
		return { ...(await came.promise), leave: () => asking.destroy(), answered };
	}

	const closed = (message: IncomingMessage) =>
		new Promise((resolve) => message.once('close', resolve));

	test('is aborted when who asked has gone', async () => {
		const { incoming: message, leave } = await receive();
		const { signal } = readingRequest(message, origin);
		expect(signal.aborted).toBe(false);
		const gone = closed(message);
		leave();
		await gone;
		expect(signal.aborted).toBe(true);
	});

	test('is aborted where it is asked for after they have gone', async () => {
		const { incoming: message, leave } = await receive();
		const request = readingRequest(message, origin);
		const gone = closed(message);
		leave();
		await gone;
		expect(request.signal.aborted).toBe(true);
	});

	test('is left alone when the answer is out', async () => {
		const { incoming: message, answer, answered } = await receive();
		const { signal } = readingRequest(message, origin);
		const over = closed(message);
		answer();
		await Promise.all([answered, over]);
		expect(signal.aborted).toBe(false);
	});
});
