import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { newPrivateId } from '#lib/id.ts';
import type { Log } from '../log.server.ts';
import { relayThrough, ringAllHere, ringHere, whisperHere } from './ring.ts';

/** What goes from one node to the others. Without a channel: look everywhere. */
interface Told {
	from: string;
	channel?: string;
	/** There for a whisper alone. */
	data?: unknown;
}

const name = 'holdepunkt';
/** What NOTIFY carries (PostgreSQL: less than 8000 bytes); a whisper that is longer is lost. */
const mostBytes = 7900;
/** How long until it is tried again to reach the server, in milliseconds. */
const pause = 1000;
/**
 * How often everybody looks without being told, in milliseconds: a node that is killed may have kept
 * something that it has told nobody.
 */
const lookEvery = 5000;

/**
 * Carries rings and whispers between the nodes of an installation by LISTEN and NOTIFY. What was kept is
 * read from the tables by whoever is rung, so that a ring that is lost delays and loses nothing.
 */
export async function openRelay(url: string, log: Log): Promise<{ close(): Promise<void> }> {
	const { default: pg } = await import('pg');
	const from = newPrivateId();
	let client: Client | undefined;
	let isClosed = false;

	function send(told: Omit<Told, 'from'>): void {
		const text = JSON.stringify({ from, ...told } satisfies Told);
		if (!client || Buffer.byteLength(text) > mostBytes) return;
		// Where the connection is gone everybody looks once it is back.
		client.query('SELECT pg_notify($1, $2)', [name, text]).catch(() => undefined);
	}

	function hear(text: string | undefined): void {
		const told = JSON.parse(text ?? '{}') as Told; // written above, on this node or another
		if (told.from === from) return;
		if (told.channel === undefined) ringAllHere();
		else if ('data' in told) whisperHere(told.channel, told.data);
		else ringHere(told.channel);
	}

	async function connect(): Promise<void> {
		const next = new pg.Client({
			connectionString: url,
			application_name: 'holdepunkt bell',
			keepAlive: true,
			connectionTimeoutMillis: 5000
		});
		next.on('error', () => undefined);
		next.on('notification', ({ payload }) => hear(payload));
		await next.connect();
		await next.query(`LISTEN ${name}`);
		next.on('end', () => {
			client = undefined;
			if (!isClosed) void reconnect();
		});
		client = next;
	}

	async function reconnect(): Promise<void> {
		log.warn('the bell between nodes is silent');
		while (!isClosed && !client) {
			await wait(pause, undefined, { ref: false });
			await connect().catch(() => undefined);
		}
		ringAllHere();
		send({});
	}

	await connect();
	relayThrough({
		ring: (channel) => send({ channel }),
		whisper: (channel, data) => send({ channel, data: data ?? null })
	});
	const looking = setInterval(ringAllHere, lookEvery);
	looking.unref();
	return {
		async close() {
			isClosed = true;
			clearInterval(looking);
			relayThrough(undefined);
			await client?.end();
		}
	};
}
