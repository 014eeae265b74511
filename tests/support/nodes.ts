import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import pg from 'pg';
import { makeFolder, type TidyUp } from './folder.ts';
import { addressOf, askCluster } from './postgres-cluster.ts';
import { findFreePort, startServer, type Server } from './server.ts';

/** An installation on a PostgreSQL server: three databases, and nodes that are started on them. */
export interface Installation {
	/** The same address for every node, as behind a proxy; each new connection goes to the one that is ahead. */
	readonly origin: string;
	/** Starts a node of its own folder; the first one loads the demonstration. */
	startNode(): Promise<Server>;
	/** A node without the proxy before it, and what a request to it must carry to be taken for one from there. */
	direct(node: Server): { origin: string; headers: Readonly<Record<string, string>> };
	/** Sends new connections to this node, or back to any that answers. */
	putAhead(node: Server | null): void;
	ask(store: 'platform' | 'private' | 'keys', text: string, values?: unknown[]): Promise<unknown[]>;
}

/** Makes databases of its own on `cluster`, and an address before the nodes. */
export async function makeInstallation(cluster: string, tidyUp: TidyUp): Promise<Installation> {
	const id = randomUUID().replaceAll('-', '').slice(0, 12);
	const databases = { platform: '', private: '', keys: '' };
	for (const store of ['platform', 'private', 'keys'] as const) {
		const name = `nodes_${store}_${id}`;
		await askCluster(cluster, `CREATE DATABASE ${name}`);
		tidyUp(() => askCluster(cluster, `DROP DATABASE ${name} WITH (FORCE)`));
		databases[store] = addressOf(cluster, name);
	}
	const env = {
		DATABASE_URL: databases.platform,
		PRIVATE_DATABASE_URL: databases.private,
		KEYS_DATABASE_URL: databases.keys,
		SECRET_KEY: randomBytes(32).toString('hex'),
		LOG_LEVEL: 'warn'
	};
	const ports: number[] = [];
	let ahead: number | null = null;
	const front: string = await openFront(
		() => (ahead === null ? ports : [ahead, ...ports]),
		() => front,
		tidyUp
	);
	return {
		origin: front,
		async startNode() {
			const port = await findFreePort();
			const node = await startServer({
				dataDir: makeFolder(tidyUp),
				port,
				// Each refuses whoever asks for another address than the one that all of them have.
				address: await openFront(
					() => [port],
					() => front,
					tidyUp
				),
				env: { ...env, ORIGIN: front }
			});
			tidyUp(() => node.kill());
			ports.push(port);
			portOf.set(node, port);
			return node;
		},
		direct: (node) => ({
			origin: `http://localhost:${portOf.get(node)}`,
			headers: { host: new URL(front).host }
		}),
		putAhead: (node) => (ahead = node ? (portOf.get(node) ?? null) : null),
		async ask(store, text, values = []) {
			const client = new pg.Client(databases[store]);
			await client.connect();
			try {
				return (await client.query(text, values)).rows;
			} finally {
				await client.end();
			}
		}
	};
}

const portOf = new WeakMap<Server, number>();

/**
 * An address that passes requests on to the first of the ports where somebody answers, as if they had
 * been for `origin`.
 */
async function openFront(
	listPorts: () => readonly number[],
	origin: () => string,
	tidyUp: TidyUp
): Promise<string> {
	const server = createServer((incoming, answer) => {
		const parts: Buffer[] = [];
		incoming.on('data', (part: Buffer) => parts.push(part));
		incoming.on('end', () => passOn(listPorts(), incoming, Buffer.concat(parts), answer));
		const passOn = (
			[port, ...others]: readonly number[],
			{ url, method, headers }: IncomingMessage,
			body: Buffer,
			to: ServerResponse
		) => {
			if (port === undefined) return to.destroy();
			const own = { ...headers, host: new URL(origin()).host };
			if (headers.origin) Object.assign(own, { origin: origin() });
			const asked = request({
				host: '127.0.0.1',
				port,
				path: url,
				method,
				headers: own,
				agent: false
			});
			asked.on('response', (response) => {
				to.writeHead(response.statusCode ?? 502, response.headers);
				to.flushHeaders();
				response.pipe(to);
				response.on('close', () => response.complete || to.destroy());
			});
			asked.on('error', (fault) => {
				// Where nobody listens nothing has been sent yet.
				if ('code' in fault && fault.code === 'ECONNREFUSED') passOn(others, incoming, body, to);
				else to.destroy();
			});
			to.on('close', () => asked.destroy());
			asked.end(body);
		};
	});
	const port = await findFreePort();
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	tidyUp(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://localhost:${port}`;
}
