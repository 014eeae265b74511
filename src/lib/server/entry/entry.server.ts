import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createAddressReader } from './forwarded.server.ts';
import { isSentFromUs, refuse } from './gate.ts';
import type { Refusal } from './gate.ts';
import { completeHeaders } from './headers.ts';
import { answersOf, type Answer } from './answer.server.ts';
import { awaitText } from './answer-text.ts';
import { findDirectRoute } from './direct.ts';
import { sendDirect } from './send-direct.server.ts';

/** What answers the requests that are let through: the built app with its static files. */
export type RequestHandler = (request: IncomingMessage, response: Answer) => unknown;

export interface EntryOptions {
	handler: RequestHandler;
	origin: string;
	trustedProxies: readonly string[];
	/** Milliseconds within which a request's head has to be there (ten seconds). */
	headersTimeout?: number;
	/** Milliseconds within which a whole request has to be there (one minute). */
	requestTimeout?: number;
	/** Told of what the handler throws; nothing of it reaches the answer. */
	onFault?(fault: unknown): void;
}

type Entry = Server & {
	/** Takes no more connections, and resolves when the last answer is out or `patience` is over. */
	stop(patience: number): Promise<void>;
};

/**
 * The way in. Every answer, static files and errors included, gets its security headers here, and
 * what comes from elsewhere, or for elsewhere, gets no further.
 */
export function createEntry(options: EntryOptions): Entry {
	const { handler, origin, onFault = () => undefined } = options;
	const settleAddress = createAddressReader(options.trustedProxies);

	const answer = (request: IncomingMessage, response: Answer) => {
		awaitText(request, response);
		const { method = '', url = '', headers } = request;
		const refusal = refuse({ method, url, headers }, origin);
		if (refusal) return sendRefusal(request, response, refusal);
		settleAddress(request);
		// The app compares with this one, and knows none of the platform's other names.
		if (isSentFromUs(headers, origin)) headers.origin = origin;
		const fail = (fault: unknown) => {
			onFault(fault);
			response.dropText();
			if (response.headersSent) response.destroy();
			else send(response, 500, 'Something went wrong on the platform.');
		};
		const direct = findDirectRoute(method, url, headers['content-type']);
		if (direct) return void sendDirect(direct, request, response).catch(fail);
		try {
			Promise.resolve(handler(request, response)).catch(fail);
		} catch (fault) {
			fail(fault);
		}
	};

	const server = createServer(
		{
			ServerResponse: answersOf(origin),
			// Answered by the gate, with our headers.
			requireHostHeader: false,
			headersTimeout: options.headersTimeout ?? 10_000,
			requestTimeout: options.requestTimeout ?? 60_000,
			// Longer than proxies keep theirs, or they would send into connections just closed.
			keepAliveTimeout: 65_000,
			connectionsCheckingInterval: Math.min(5000, options.headersTimeout ?? 5000)
		},
		answer
	);
	server.on('checkExpectation', (_, response: ServerResponse) => {
		send(response, 417, 'This cannot be expected of the platform.');
	});
	server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
		answerUnreadable(error, socket, origin)
	);
	return Object.assign(server, { stop: (patience: number) => stop(server, patience) });
}

/** Nothing more is read of a refused request, so its connection cannot be used again. */
function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
	const hasBody = request.headers['content-length'] ?? request.headers['transfer-encoding'];
	if (hasBody) response.setHeader('Connection', 'close');
	for (const [name, value] of Object.entries(refusal.headers ?? {}))
		response.setHeader(name, value);
	send(response, refusal.status, refusal.sentence);
}

function send(response: ServerResponse, status: number, sentence: string): void {
	response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
	response.end(`${sentence}\n`);
}

const unreadable: Record<string, [number, string]> = {
	ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
	HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
	HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Payload Too Large']
};

/** Answers what is no request at all; there is no response object for it. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex, origin: string): void {
	if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
	const [status, reason] = unreadable[error.code ?? ''] ?? [400, 'Bad Request'];
	const headers = new Headers({ Connection: 'close', 'Content-Length': '0' });
	completeHeaders(
		{
			getHeader: (name) => headers.get(name) ?? undefined,
			setHeader: (name, value) => headers.set(name, value)
		},
		{ origin }
	);
	const lines = [...headers].map(([name, value]) => `${name}: ${value}`);
	socket.end([`HTTP/1.1 ${status} ${reason}`, ...lines, '', ''].join('\r\n'));
}

interface Closing {
	close(done: () => void): unknown;
	closeAllConnections(): void;
	closeIdleConnections(): void;
}

async function stop(server: Closing, patience: number): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	// Connections that become idle would otherwise be kept for the next request, which never comes.
	const idle = setInterval(() => server.closeIdleConnections(), 50);
	const cut = setTimeout(() => server.closeAllConnections(), patience);
	await closed;
	clearInterval(idle);
	clearTimeout(cut);
}
