import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Server, SSRManifest } from '@sveltejs/kit';
import { createReadableStream, getRequest, setResponse } from '@sveltejs/kit/node';
import sirv from 'sirv';
import type { Answer } from '#lib/server/entry/answer.server.ts';
import { addressHeader } from '#lib/server/entry/forwarded.server.ts';
import { readingRequest } from '#lib/server/entry/reading-request.server.ts';

/** The longest body, in bytes, that is read for a form; what takes larger ones reads the request itself. */
const bodyLimit = 512 * 1024;

/** What the folder `server` of a build brings. */
interface Built {
	Server: new (manifest: SSRManifest) => Server;
	manifest: SSRManifest;
}

/**
 * The app that was built into `folder`, started: its files, sent as they are, and its pages. Resolves when the
 * stores are open and the courses read.
 */
export async function loadBuiltApp(folder: string, origin: string) {
	const load = (file: string) => import(pathToFileURL(join(folder, 'server', file)).href);
	const built: Built = { ...(await load('index.js')), ...(await load('manifest.js')) };
	const client = join(folder, 'client');
	const app = new built.Server(built.manifest);
	await app.init({
		env: process.env as Record<string, string>, // without the names that have no value
		read: (file) => createReadableStream(join(client, file))
	});
	const lasting = `/${built.manifest.appPath}/immutable/`;
	const sendFile = sirv(client, {
		etag: true,
		gzip: true,
		brotli: true,
		setHeaders(response, path) {
			if (path.startsWith(lasting) && response.statusCode === 200)
				response.setHeader('cache-control', 'public,max-age=31536000,immutable');
		}
	});

	return (request: IncomingMessage, response: Answer): Promise<void> | void => {
		let isAnswered: Promise<void> | undefined;
		sendFile(request, response, () => {
			isAnswered = answer(app, origin, request, response);
		});
		return isAnswered;
	};
}

async function answer(
	app: Server,
	origin: string,
	incoming: IncomingMessage,
	outgoing: Answer
): Promise<void> {
	let request: Request;
	try {
		request = await readRequest(incoming, origin);
	} catch {
		outgoing.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8' });
		outgoing.end('The address cannot be read.\n');
		return;
	}
	const response = await app.respond(request, {
		platform: { req: incoming },
		getClientAddress: () => String(incoming.headers[addressHeader] ?? '')
	});
	if (!outgoing.hasText) return setResponse(outgoing, response);
	sendHead(outgoing, response);
	outgoing.end();
}

function readRequest(incoming: IncomingMessage, origin: string): Request | Promise<Request> {
	const { method } = incoming;
	if (method === 'GET' || method === 'HEAD') return readingRequest(incoming, origin);
	return getRequest({ request: incoming, base: origin, bodySizeLimit: bodyLimit });
}

/** The body is the text that was left with the answer. */
function sendHead(outgoing: ServerResponse, { status, headers }: Response): void {
	for (const [name, value] of headers)
		outgoing.setHeader(name, name === 'set-cookie' ? headers.getSetCookie() : value);
	outgoing.writeHead(status);
}
