import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/commands/install.mjs';
import { describeServer } from '../../src/commands/server.mjs';

export interface TestServer {
	/** The folder of its stores. */
	dataDir: string;
	origin: string;
	/** Stops and starts again with the same stores and address, and other settings. */
	restart(settings: Readonly<Record<string, string>>): Promise<void>;
	/** Ends as a power cut ends it, and starts again with the same stores, address and settings. */
	crash(): Promise<void>;
	/** Resolves when it has ended; its folder stays. */
	end(): Promise<void>;
	/** Resolves when it has ended and its folder is gone. */
	stop(): Promise<void>;
}

/** Names the folder of a platform with nothing but its demonstration, see demonstration.ts. */
export const madeDemonstration = 'HOLDEPUNKT_E2E_DEMONSTRATION';

/**
 * Starts the built platform on a free port with its demonstration; with a folder of courses, those stand
 * beside ours, and with other settings those hold. What the folder begins with was made before the first
 * test, where it is the usual; otherwise it is empty, so that the demonstration loads.
 */
export async function startServer(
	moreCourses?: string,
	others: Readonly<Record<string, string>> = {}
): Promise<TestServer> {
	const dataDir = mkdtempSync(join(tmpdir(), 'holdepunkt-e2e-'));
	const made = process.env[madeDemonstration];
	const isUsual = !moreCourses && Object.keys(others).length === 0;
	if (made && isUsual) cpSync(made, dataDir, { recursive: true });
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
		end: () => end(),
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
	const { program, parameters, env } = describeServer();
	const { PATH, TZ } = process.env;
	const server = spawn(program, parameters, {
		cwd: root,
		// Nothing of what is set on this machine for another Holdepunkt.
		env: { ...env, PATH, TZ, LOG_LEVEL: 'silent', ...settings },
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
