import { connect } from 'node:net';
import { request as ask } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createEntry } from './entry.server.ts';
import type { EntryOptions, RequestHandler } from './entry.server.ts';
import { addressHeader } from './forwarded.server.ts';
import { findTaker } from './answer-text.ts';

const site = 'https://learn.example.dk';

/** Says what reached it, as a page of the app would. */
const page: RequestHandler = (request, response) => {
	response.setHeader('Content-Type', 'text/html');
	response.setHeader('Content-Security-Policy', "script-src 'nonce-1'");
	response.end(JSON.stringify(request.headers));
};

const open: ReturnType<typeof createEntry>[] = [];
afterEach(async () => {
	await Promise.all(open.splice(0).map((entry) => entry.stop(0)));
});

interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
}

interface Question {
	method?: string;
	path?: string;
	headers?: Record<string, string>;
	body?: string;
}

async function serve(handler: RequestHandler = page, options: Partial<EntryOptions> = {}) {
	const entry = createEntry({ handler, origin: site, trustedProxies: [], ...options });
	open.push(entry);
	await new Promise<void>((resolve) => entry.listen(0, '127.0.0.1', resolve));
	const { port } = entry.address() as AddressInfo;
	const answered = async (question: Question = {}): Promise<Answer> => {
		const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
		const request = ask({
			port,
			host: '127.0.0.1',
			method: question.method ?? 'GET',
			path: question.path ?? '/',
			headers: { host: new URL(options.origin ?? site).host, ...question.headers },
			setHost: false
		});
		request.on('response', resolve).on('error', reject).end(question.body);
		const response = await promise;
		let body = '';
		for await (const chunk of response.setEncoding('utf8')) body += chunk;
		return { status: response.statusCode ?? 0, headers: response.headers, body };
	};
	return { entry, port, ask: answered };
}

/** What comes back for raw bytes, which no client of Node would send. */
async function speak(port: number, words: string): Promise<string> {
	const { promise, resolve, reject } = Promise.withResolvers<string>();
	let answer = '';
	const socket = connect(port, '127.0.0.1', () => socket.write(words));
	socket.on('data', (chunk) => (answer += chunk)).on('error', reject);
	socket.on('close', () => resolve(answer));
	return promise;
}

const onEveryAnswer = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': expect.stringContaining('camera=()'),
	'strict-transport-security': 'max-age=31536000; includeSubDomains',
	'content-security-policy': expect.any(String)
};

const file: RequestHandler = (_, response) => {
	response.writeHead(200, { 'Content-Type': 'image/svg+xml', 'Last-Modified': 'Sat, 14 Mar 2026' });
	response.end('<svg/>');
};

describe('the security headers are on', () => {
	test.each<[string, RequestHandler, Question, number]>([
		['a page', page, {}, 200],
		['a file', file, { path: '/icon.svg' }, 200],
		['what is not there', (_, response) => void response.writeHead(404).end(), {}, 404],
		['a fault', () => Promise.reject(new Error('bug')), {}, 500],
		[
			'a fault at once',
			() => {
				throw new Error('bug');
			},
			{},
			500
		],
		[
			'a stream',
			(_, response) => {
				response.writeHead(200, { 'Content-Type': 'text/event-stream' });
				response.end('data: 1\n\n');
			},
			{},
			200
		],
		['a refusal', page, { method: 'TRACE' }, 405],
		['an answer without body', (_, response) => void response.writeHead(304).end(), {}, 304],
		['an expectation', page, { headers: { expect: 'miracle' } }, 417]
	])('%s', async (_, handler, question, status) => {
		const { ask } = await serve(handler);
		const answer = await ask(question);
		expect(answer.status).toBe(status);
		expect(answer.headers).toMatchObject(onEveryAnswer);
	});

	test.each([
		['what is no request', 'HELLO\r\n\r\n', '400'],
		['a request without host', 'GET / HTTP/1.1\r\n\r\n', '421'],
		['a head that is too long', `GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, '431']
	])('the answer to %s', async (_, words, status) => {
		const { port } = await serve();
		const answer = (
			await speak(port, words.replace(/\r\n\r\n$/, '\r\nConnection: close\r\n\r\n'))
		).toLowerCase();
		expect(answer).toMatch(new RegExp(`^http/1.1 ${status} `));
		for (const name of Object.keys(onEveryAnswer)) expect(answer).toContain(`\r\n${name}: `);
	});
});

describe('an answer', () => {
	test('4.1.1 keeps the policy the app gave it, and says how its letters are written', async () => {
		const { ask } = await serve();
		const { headers } = await ask();
		expect(headers['content-security-policy']).toBe("script-src 'nonce-1'");
		expect(headers['content-type']).toBe('text/html; charset=utf-8');
		expect(headers['cache-control']).toBe('no-store');
	});

	test('1.3.4 that is a drawing runs nothing, and may be kept while it is current', async () => {
		const { ask } = await serve(file);
		const { headers } = await ask();
		expect(headers['content-security-policy']).toContain("default-src 'none'");
		expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
		expect(headers['cache-control']).toBe('no-cache');
		expect(headers['content-type']).toBe('image/svg+xml; charset=utf-8');
	});

	test('may be kept as long as the app says', async () => {
		const { ask } = await serve((_, response) => {
			response.writeHead(200, 'OK', ['Cache-Control', 'public,max-age=31536000,immutable']);
			response.end();
		});
		expect((await ask()).headers['cache-control']).toBe('public,max-age=31536000,immutable');
	});

	test('has the text as its body that the app hands over', async () => {
		const text: RequestHandler = (request, response) => {
			response.setHeader('Content-Type', 'text/html');
			findTaker(request)?.takeText(['<p>Få', ' – og ', 'ro</p>']);
			response.writeHead(200);
			response.end();
		};
		const { ask } = await serve(text);
		const { body, headers } = await ask();
		expect(body).toBe('<p>Få – og ro</p>');
		expect(headers['content-length']).toBe(`${Buffer.byteLength(body)}`);
		expect(headers).toMatchObject(onEveryAnswer);
		const { body: none, headers: same } = await ask({ method: 'HEAD' });
		expect(none).toBe('');
		expect(same['content-length']).toBe(headers['content-length']);
	});

	test.each<[string, (response: ServerResponse) => unknown]>([
		['written', (response) => (response.write(' and'), response.end(' more'))],
		[
			'written after the head',
			(response) => response.writeHead(200).write(' and more') && response.end()
		],
		['given at the end', (response) => response.writeHead(200).end(' and more')]
	])('has the text once, before what is %s', async (_, finish) => {
		const { ask } = await serve((request, response) => {
			findTaker(request)?.takeText(['<p>', 'text']);
			finish(response);
		});
		const { body, headers } = await ask();
		expect(body).toBe('<p>text and more');
		expect(headers['content-length'] ?? '16').toBe('16');
		expect(headers).toMatchObject(onEveryAnswer);
	});

	test('is no page where something fails after one was handed over', async () => {
		const { ask } = await serve((request) => {
			findTaker(request)?.takeText(['<p>half a page']);
			throw new Error('bug');
		});
		expect(await ask()).toMatchObject({
			status: 500,
			body: expect.not.stringContaining('half a page')
		});
	});

	test('of JSON stays JSON', async () => {
		const { ask } = await serve((_, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
		});
		expect((await ask()).headers['content-type']).toBe('application/json');
	});

	test('over http promises no https', async () => {
		const { ask, port } = await serve(page, { origin: 'http://localhost:3000' });
		const answer = await ask({ headers: { host: 'localhost:3000' } });
		expect(port).not.toBe(3000);
		expect(answer.status).toBe(200);
		expect(answer.headers['strict-transport-security']).toBeUndefined();
	});

	test('16.5.1 to a fault tells the log about it and the asker nothing', async () => {
		const faults: unknown[] = [];
		const { ask } = await serve(() => Promise.reject(new Error('secret')), {
			onFault: (fault) => void faults.push(fault)
		});
		expect((await ask()).body).not.toContain('secret');
		expect(faults).toEqual([new Error('secret')]);
	});
});

describe('a request for', () => {
	test.each([
		['another host', site, 'evil.example', 421],
		['our host with a port of its own', site, 'learn.example.dk:8443', 421],
		['our host with the usual port', site, 'learn.example.dk:443', 200],
		['our host in capitals', site, 'LEARN.example.dk', 200],
		['the machine itself, from outside', site, 'localhost', 421],
		['the machine by its name', 'http://localhost:3000', 'localhost:3000', 200],
		['the machine by its address', 'http://localhost:3000', '127.0.0.1:3000', 200],
		['the machine by its newer address', 'http://localhost:3000', '[::1]:3000', 200],
		['another port of the machine', 'http://localhost:3000', 'localhost:3001', 421],
		['a host dressed up as ours', site, 'learn.example.dk@evil.example', 421],
		['a host with a path', site, 'learn.example.dk/evil', 421]
	])('%s', async (_, origin, host, status) => {
		const { ask } = await serve(page, { origin });
		expect((await ask({ headers: { host } })).status).toBe(status);
	});

	test('an address that is no path is not understood', async () => {
		const { ask } = await serve();
		expect((await ask({ path: 'http://evil.example/' })).status).toBe(400);
	});

	test('13.4.4 a trace is not answered', async () => {
		const { ask } = await serve();
		expect(await ask({ method: 'TRACE' })).toMatchObject({
			status: 405,
			headers: { allow: expect.stringContaining('GET') }
		});
	});
});

describe('3.5.1, 3.5.2 a change', () => {
	const json = { 'content-type': 'application/json' };
	test.each<[string, Record<string, string>, number]>([
		['from our own page', { ...json, origin: site, 'sec-fetch-site': 'same-origin' }, 200],
		['from a program, which says nothing', json, 200],
		['from our own page by an old browser', { ...json, origin: site }, 200],
		[
			'from our page that names no referrer',
			{ ...json, origin: 'null', 'sec-fetch-site': 'same-origin' },
			200
		],
		['from another site', { ...json, 'sec-fetch-site': 'cross-site' }, 403],
		['from a neighbour', { ...json, 'sec-fetch-site': 'same-site' }, 403],
		['from another origin', { ...json, origin: 'https://evil.example' }, 403],
		['from our host over http', { ...json, origin: 'http://learn.example.dk' }, 403],
		['from a frame without origin', { ...json, origin: 'null' }, 403],
		[
			'from another site that pretends our origin',
			{ ...json, origin: site, 'sec-fetch-site': 'cross-site' },
			403
		],
		['without content type', {}, 403],
		['as plain text', { 'content-type': 'Text/Plain; charset=utf-8' }, 403],
		[
			'as plain text from our own page',
			{ 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin' },
			200
		],
		['without content type from our own page', { origin: site }, 200]
	])('%s', async (_, headers, status) => {
		const { ask } = await serve();
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
			expect((await ask({ method, headers, body: '{}' })).status).toBe(status);
		}
	});

	test('from another name of the machine reaches the app as from its own origin', async () => {
		const origin = 'http://localhost:3000';
		const { ask } = await serve(page, { origin });
		const answer = await ask({
			method: 'POST',
			headers: { ...json, host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }
		});
		expect(JSON.parse(answer.body)).toMatchObject({ origin });
	});

	test('may be asked for from anywhere as long as it is only a question', async () => {
		const { ask } = await serve();
		expect((await ask({ headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200);
	});
});

describe('who asks', () => {
	const forwarded = {
		'x-forwarded-for': '198.51.100.9, 192.0.2.44',
		'x-forwarded-proto': 'https',
		'x-forwarded-host': 'evil.example',
		forwarded: 'for=192.0.2.1',
		'x-real-ip': '192.0.2.2',
		[addressHeader]: '192.0.2.3'
	};

	test('4.1.3 is the other end of the connection, whatever the request says', async () => {
		const { ask } = await serve();
		const heard = JSON.parse((await ask({ headers: forwarded })).body);
		expect(heard).toMatchObject({ [addressHeader]: '127.0.0.1' });
		expect(Object.keys(heard).filter((name) => /forwarded|real-ip/.test(name))).toEqual([]);
	});

	test.each([
		['the last one a trusted proxy names', ['127.0.0.1'], '192.0.2.44'],
		['the last one not itself a trusted proxy', ['127.0.0.0/8', '192.0.2.0/24'], '198.51.100.9'],
		['the connection, when only others are trusted', ['10.0.0.0/8'], '127.0.0.1']
	])('is %s', async (_, trustedProxies, address) => {
		const { ask } = await serve(page, { trustedProxies });
		const heard = JSON.parse((await ask({ headers: forwarded })).body);
		expect(heard).toMatchObject({ [addressHeader]: address });
	});
});

describe('the server', () => {
	test('waits for no head that never comes', async () => {
		const { port } = await serve(page, { headersTimeout: 20, requestTimeout: 40 });
		const answer = await speak(port, 'GET / HTTP/1.1\r\nHost: learn.example.dk\r\nX-Slow: ');
		expect(answer).toMatch(/^HTTP\/1.1 408 /);
		expect(answer).toMatch(/x-content-type-options: nosniff/i);
	});

	test('finishes what is under way when it stops, and takes nothing more', async () => {
		const [begun, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
		const { entry, ask } = await serve(async (_, response) => {
			begun.resolve();
			await finish.promise;
			response.end('done');
		});
		const answer = ask();
		await begun.promise;
		const stopped = entry.stop(10_000);
		await expect(ask()).rejects.toThrow('ECONNREFUSED');
		finish.resolve();
		expect((await answer).body).toBe('done');
		await stopped;
	});

	test('cuts off what does not end by itself', async () => {
		const begun = Promise.withResolvers<void>();
		const { entry, ask } = await serve((_, response) => {
			response.write('data: 1\n\n');
			begun.resolve();
		});
		const answer = ask();
		const cut = expect(answer).rejects.toThrow();
		await begun.promise;
		await entry.stop(20);
		await cut;
	});
});
