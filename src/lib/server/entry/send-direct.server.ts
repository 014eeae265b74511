import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DirectRoute } from './direct.ts';

/** As much as one answer may be told; a move is a few hundred bytes. */
const mostBytes = 16_384;

/**
 * Has a direct route answer.
 *
 * @throws whatever the route throws; nothing has been sent then.
 */
export async function sendDirect(
	{ route, parameter }: { route: DirectRoute; parameter: string },
	request: IncomingMessage,
	response: ServerResponse
): Promise<void> {
	const text = await readText(request);
	if (text === undefined) {
		response.setHeader('Connection', 'close');
		return send(response, 413, { reason: 'too-large' });
	}
	const { status, data, cookie } = await route.answer({
		parameter,
		cookies: request.headers.cookie,
		body: route.takes === 'form' ? parseForm(text) : parse(text)
	});
	if (cookie) response.setHeader('Set-Cookie', cookie);
	send(response, status, data);
}

function send(response: ServerResponse, status: number, data: unknown): void {
	const body = JSON.stringify(data);
	response.setHeader('Content-Length', Buffer.byteLength(body));
	response.writeHead(status, { 'Content-Type': 'application/json' });
	response.end(body);
}

/** Undefined where there is too much of it. */
function readText(request: IncomingMessage): Promise<string | undefined> {
	const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
	const chunks: Buffer[] = [];
	let bytes = 0;
	request.on('data', (chunk: Buffer) => {
		bytes += chunk.length;
		if (bytes > mostBytes) return resolve(undefined);
		chunks.push(chunk);
	});
	request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
	request.on('error', reject);
	return promise;
}

/** Each name once; a null prototype, so that no name means anything of its own. */
function parseForm(text: string): unknown {
	return Object.assign(Object.create(null), Object.fromEntries(new URLSearchParams(text)));
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
