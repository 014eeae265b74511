import { randomBytes, randomUUID } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
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
	const front = await openFront(() => (ahead === null ? ports : [ahead, ...ports]), tidyUp);
	return {
		origin: front,
		async startNode() {
			const port = await findFreePort();
			const node = await startServer({
				dataDir: makeFolder(tidyUp),
				port,
				env: { ...env, ORIGIN: front }
			});
			tidyUp(() => node.kill());
			ports.push(port);
			return node;
		},
		putAhead: (node) => (ahead = node ? Number(new URL(node.origin).port) : null),
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

/** Passes connections on to the first of the ports where somebody answers. */
async function openFront(listPorts: () => readonly number[], tidyUp: TidyUp): Promise<string> {
	const open = new Set<Socket>();
	const server = createServer((incoming) => {
		open.add(incoming);
		incoming.on('close', () => open.delete(incoming));
		incoming.on('error', () => undefined);
		const tryAt = ([port, ...others]: readonly number[]) => {
			if (port === undefined) return incoming.destroy();
			const outgoing = connect(port, '127.0.0.1', () => {
				incoming.pipe(outgoing).pipe(incoming);
				outgoing.on('close', () => incoming.destroy());
				incoming.on('close', () => outgoing.destroy());
			});
			outgoing.on('error', () => {
				if (outgoing.connecting || outgoing.bytesRead === 0) tryAt(others);
				else incoming.destroy();
			});
		};
		tryAt(listPorts());
	});
	const port = await findFreePort();
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	tidyUp(() => {
		for (const socket of open) socket.destroy();
		server.close();
	});
	return `http://localhost:${port}`;
}
