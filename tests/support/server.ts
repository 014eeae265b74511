import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../../src/commands/install.mjs';
import { describeServer } from '../../src/commands/server.mjs';

/** The platform as people get it: what was built, in a process of its own. */
export interface Server {
	readonly origin: string;
	readonly dataDir: string;
	readonly pid: number;
	/** All that it has printed so far. */
	printed(): string;
	/** Asks it to end, as Ctrl-C does where nothing else is said; resolves with its exit code. */
	stop(signal?: NodeJS.Signals): Promise<number | null>;
	/** Ends it as a power cut does, in the middle of whatever it is doing. */
	kill(): Promise<void>;
}

export interface ServerOptions {
	dataDir: string;
	port: number;
	/** Where it is reached, where that is not its port on this machine. */
	address?: string;
	/** Variables besides those of the installation. */
	env?: Readonly<Record<string, string>>;
	/** What to run instead of the server itself; it must serve on the port it is given. */
	command?: readonly [program: string, ...parameters: string[]];
	/** False where what is printed is to go nowhere, as fast as it can. */
	keepsOutput?: boolean;
}

/** A port that nobody listens on just now. */
export async function findFreePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo; // it listens on a port, not on a path
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/**
 * Starts the platform on `dataDir` and resolves with its first answer that it is well.
 *
 * @throws {Error} with what it printed, where it ends instead.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
	const { dataDir, port, env, keepsOutput = true } = options;
	const own = describeServer();
	const [program, ...parameters] = options.command ?? [own.program, ...own.parameters];
	const output = keepsOutput ? 'pipe' : 'ignore';
	const child = spawn(program, parameters, {
		cwd: root,
		stdio: ['ignore', output, output],
		env: { ...own.env, ...installation(), PORT: `${port}`, DATA_DIR: dataDir, ...env }
	});
	let printed = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk));
	const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
	const failed = new Promise<never>((_, reject) => child.on('error', reject));
	const origin = options.address ?? `http://localhost:${port}`;
	const isOver = () => child.exitCode !== null || child.signalCode !== null;
	const answered = answers(`${origin}/healthz`, isOver);
	if (!(await Promise.race([failed, answered])))
		throw new Error(`The platform ended before it answered:\n${printed}`);

	const end = (signal: NodeJS.Signals) => {
		child.kill(signal);
		return ended;
	};
	return {
		origin,
		dataDir,
		pid: child.pid ?? 0,
		printed: () => printed,
		stop: (signal = 'SIGINT') => end(signal),
		kill: async () => void (await end('SIGKILL'))
	};
}

/** The environment without what this machine's own installation, or a test runner, says in it. */
function installation(): NodeJS.ProcessEnv {
	const ours =
		/^(NODE_ENV|HOST|ORIGIN|ALLOW_HTTP|TRUSTED_PROXY|COURSES_DIR|SECRET_KEY|SMTP_URL|MAIL_FROM|DEMO|BACKUP_DIR|BACKUP_DAYS|METRICS_PORT|LOG_LEVEL|((PRIVATE|KEYS)_)?DATABASE_URL|VITEST(_.*)?)$/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

/** True once the address answers that all is well; false where there is nobody left to answer. */
async function answers(address: string, isOver: () => boolean): Promise<boolean> {
	while (!isOver()) {
		const answer = await fetch(address).catch(() => undefined);
		await answer?.body?.cancel();
		if (answer?.ok) return true;
		await wait(20);
	}
	return false;
}
