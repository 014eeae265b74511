import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNode, root } from '../../src/commands/install.mjs';

export interface TestServer {
	/** The folder of its stores. */
	dataDir: string;
	origin: string;
	/** Stops and starts again with the same stores and address, and other settings. */
	restart(settings: Readonly<Record<string, string>>): Promise<void>;
	/** Ends as a power cut ends it, and starts again with the same stores, address and settings. */
	crash(): Promise<void>;
	/** Resolves when it has ended and its folder is gone. */
	stop(): Promise<void>;
}

/**
 * Starts the built platform on a free port with an empty folder, so that the demonstration loads; with
 * a folder of courses, those stand beside ours, and with other settings those hold.
 */
export async function startServer(
	moreCourses?: string,
	others: Readonly<Record<string, string>> = {}
): Promise<TestServer> {
	const dataDir = mkdtempSync(join(tmpdir(), 'holdepunkt-e2e-'));
	const port = await findFreePort();
	const settings = {
		PORT: String(port),
		DATA_DIR: dataDir,
		...(moreCourses && { COURSES_DIR: `courses:${moreCourses}` }),
		...others
	};
	let end = await serve(settings);
	return {
		dataDir,
		origin: `http://localhost:${port}`,
		async restart(other) {
			await end();
			end = await serve({ ...settings, ...other });
		},
		async crash() {
			await end('SIGKILL');
			end = await serve(settings);
		},
		async stop() {
			await end();
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

/** Resolves when it answers, with what ends it. */
async function serve(
	settings: Readonly<Record<string, string>>
): Promise<(signal?: NodeJS.Signals) => Promise<void>> {
	const server = spawn(findNode(), ['src/commands/serve.ts'], {
		cwd: root,
		// Nothing of what is set on this machine for another Holdepunkt.
		env: { PATH: process.env.PATH, TZ: process.env.TZ, LOG_LEVEL: 'silent', ...settings },
		// When whoever runs the tests is gone, the channel breaks and the server stops by itself.
		stdio: ['ignore', 'pipe', 'pipe', 'ipc']
	});
	let said = '';
	const ended = once(server, 'exit');
	await new Promise<void>((resolve, reject) => {
		const listen = (chunk: string) => {
			said += chunk;
			if (said.includes('is running at')) resolve();
		};
		server.stdout?.setEncoding('utf8').on('data', listen);
		server.stderr?.setEncoding('utf8').on('data', listen);
		server.once('error', reject);
		server.once('exit', () => reject(new Error(`The platform did not start:\n${said}`)));
	});
	return async (signal = 'SIGTERM') => {
		server.kill(signal);
		await ended;
	};
}

async function findFreePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo; // it listens on a port, not on a pipe
	probe.close();
	await once(probe, 'close');
	return port;
}
