/** `npm run preview`, and the last step of `npm start`: serves what was built, on Node 24. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameKeptLibrary } from '#lib/scenario/kept-library.server.ts';
import { createEntry } from '#lib/server/entry/entry.server.ts';
import type { RequestHandler } from '#lib/server/entry/entry.server.ts';
import { loadBuiltApp } from '../built-app.server.ts';
import { readEnvironment } from '#lib/server/environment.server.ts';
import type { Environment } from '#lib/server/environment.server.ts';
import { createLog } from '#lib/server/log.server.ts';
import { listSaid } from '#lib/server/said-at-start.server.ts';
import { announceStop, closeAll } from '#lib/server/shutdown.server.ts';
import { StartRefused } from '#lib/server/start-refused.ts';
import { readStamp } from './build.mjs';
import { root } from './install.mjs';

const patience = 10_000;
const cache = join(root, 'node_modules', '.cache', 'holdepunkt');
const demonstrationPassword = 'holdepunkt-demo';

try {
	await serve(readEnvironment(process.env));
} catch (error) {
	for (const sentence of explain(error)) console.error(sentence);
	process.exit(1);
}

async function serve(environment: Environment) {
	const { host, port, origin, trustedProxies } = environment;
	const log = createLog(environment.logLevel);
	makeDataDir(environment.dataDir);
	passOn(environment);
	await keepLibrary(environment);
	const handler = await loadHandler(environment);
	const server = createEntry({
		handler,
		origin,
		trustedProxies,
		onFault: (err) => log.error({ err }, 'a request failed')
	});
	try {
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, host, () => resolve());
		});
	} catch (error) {
		await closeAll();
		throw error;
	}
	let isStopping = false;
	const stop = async () => {
		// A terminal sends Ctrl-C to npm, to us and to whoever started us: repeats say nothing new.
		if (isStopping) return;
		isStopping = true;
		announceStop();
		await server.stop(patience);
		// A job that does not end in time runs again after the next start.
		setTimeout(() => process.exit(0), patience / 2);
		await closeAll().catch((err: unknown) => log.error({ err }, 'not everything could be closed'));
		process.exit(0);
	};
	for (const occasion of ['SIGINT', 'SIGTERM', 'disconnect']) process.on(occasion, stop);
	for (const line of welcome(environment)) console.log(line);
}

function makeDataDir(dataDir: string) {
	try {
		mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	} catch (cause) {
		throw new StartRefused(`DATA_DIR=${dataDir} cannot be made: ${String(cause)}.`, { cause });
	}
}

/** Tells the built app, which reads the environment again, what has been made of it. */
function passOn({ host, port, origin, dataDir }: Environment) {
	Object.assign(process.env, {
		NODE_ENV: process.env.NODE_ENV ?? 'production',
		HOST: host,
		PORT: String(port),
		ORIGIN: origin,
		DATA_DIR: dataDir
	});
}

/**
 * Has the courses read in a process of its own where they or the code have changed, and tells the app
 * where to find them. Whatever goes wrong here is left to the app, which then reads them itself.
 */
async function keepLibrary({ coursesDirs }: Environment): Promise<void> {
	try {
		const file = nameKeptLibrary(cache, coursesDirs, readStamp(root));
		if (!existsSync(file)) {
			const keeper = join(import.meta.dirname, 'courses-keep.ts');
			const program = spawn(process.execPath, [keeper, file, ...coursesDirs], { stdio: 'ignore' });
			await once(program, 'exit');
		}
		if (existsSync(file)) process.env.KEPT_LIBRARY = file;
	} catch {
		delete process.env.KEPT_LIBRARY;
	}
}

/** Resolves when the app has started: stores open and up to date, courses read. */
async function loadHandler({ origin }: Environment): Promise<RequestHandler> {
	const folder = join(root, 'build');
	if (!existsSync(join(folder, 'server', 'manifest.js')))
		throw new StartRefused('Nothing has been built yet: “npm start” builds and serves.');
	return loadBuiltApp(folder, origin);
}

function welcome({ origin, isHttps, trustedProxies, dataDir }: Environment): string[] {
	const lines = [`Holdepunkt is running at ${origin} – Ctrl-C stops it.`];
	if (isHttps && trustedProxies.length === 0) {
		lines.push(
			'TRUSTED_PROXY is not set: everybody behind the proxy counts as one network when sign-ins fail.'
		);
	}
	lines.push(...listSaid());
	const accounts = readAccounts(dataDir);
	if (accounts.length > 0) {
		lines.push(
			'',
			`This is a demonstration. Sign in with one of these addresses and the password ${demonstrationPassword}:`,
			...accounts.map((account) => `  ${account}`),
			''
		);
	}
	return lines;
}

/** The accounts of a demonstration, one a line, as the app wrote them when it loaded one. */
function readAccounts(dataDir: string): string[] {
	const file = join(dataDir, 'demonstration');
	if (!existsSync(file)) return [];
	return readFileSync(file, 'utf8')
		.split('\n')
		.filter((line) => line.includes('@'));
}

/**
 * What went wrong, for whoever runs the platform. The app is bundled, so that its errors are known
 * by their looks and not by their class.
 */
function explain(error: unknown): string[] {
	const fault = error instanceof Error ? error : new Error(String(error));
	const isExplained = 'sentence' in fault || 'sentences' in fault;
	const lines = [sentenceFor(fault)];
	if (!isExplained && /^(debug|trace)$/.test(process.env.LOG_LEVEL ?? '')) {
		lines.push(fault.stack ?? '');
	}
	return lines;
}

function sentenceFor(fault: Error): string {
	if ('sentence' in fault && typeof fault.sentence === 'string') return fault.sentence;
	const code = 'code' in fault ? fault.code : undefined;
	const { PORT, HOST, DATA_DIR } = process.env;
	if (code === 'EADDRINUSE') {
		return `PORT=${PORT}: something else listens there already. Stop it, or choose another PORT.`;
	}
	if (code === 'EACCES')
		return `PORT=${PORT}: this user may not listen there. Choose one above 1023.`;
	if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
		return `HOST=${HOST}: this machine has no such address.`;
	}
	if (fault.name === 'StoreUnavailable') {
		if (process.env.DATABASE_URL?.trim())
			return `DATABASE_URL, PRIVATE_DATABASE_URL, KEYS_DATABASE_URL: the data there cannot be used, because ${fault.message}${why(fault)}.`;
		return `DATA_DIR=${DATA_DIR}: the data there cannot be used, because ${fault.message}.`;
	}
	return `Holdepunkt could not start: ${fault.message}`;
}

/** What a database server says itself, which holds no password. */
function why({ cause }: Error): string {
	return cause instanceof Error && cause.message ? `: ${cause.message}` : '';
}
