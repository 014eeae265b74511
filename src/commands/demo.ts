/** `npm run demo -- --staff N [--workplaces M]`: a large demonstration in an empty DATA_DIR. */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadLibrary } from '#lib/scenario/library.server.ts';
import { enterFolder } from '#lib/server/backup/enter-folder.server.ts';
import { readEnvironment, type Environment } from '#lib/server/environment.server.ts';
import { readOrMakeSecretKey } from '#lib/server/secret-key.server.ts';
import { StartRefused } from '#lib/server/start-refused.ts';
import { dayOf } from '#lib/time.ts';
import { demonstrationAccounts, demonstrationPassword } from '../demonstration/accounts.ts';
import { fillLarge, type Made } from '../demonstration/large/fill.server.ts';
import { fewestStaff, housesFor, type Size } from '../demonstration/large/places.ts';
import { leaderAccounts } from '../demonstration/large/posts.ts';

const usage = 'Usage: npm run demo -- --staff NUMBER [--workplaces NUMBER] [--seed TEXT]';
const mostStaff = 500_000;

/** The arguments make no sense; the sentence says which. */
class Misused extends Error {
	override readonly name = 'Misused';
}

interface Wanted extends Size {
	seed: string;
}

try {
	await run(readArguments(process.argv.slice(2)), readEnvironment(process.env));
} catch (thrown) {
	const isKnown = thrown instanceof Misused || thrown instanceof StartRefused;
	const sentences = thrown instanceof StartRefused ? thrown.sentences : [String(thrown)];
	for (const sentence of thrown instanceof Misused ? [thrown.message, usage] : sentences)
		console.error(isKnown ? sentence : `This did not work: ${sentence}`);
	process.exitCode = thrown instanceof Misused ? 2 : 1;
}

function readArguments(args: string[]): Wanted {
	const option = { type: 'string' } as const;
	let values;
	try {
		const options = { staff: option, workplaces: option, seed: option };
		({ values } = parseArgs({ args, allowPositionals: false, options }));
	} catch (cause) {
		throw new Misused((cause as Error).message, { cause }); // parseArgs throws nothing else
	}
	if (values.staff === undefined) throw new Misused('--staff is missing.');
	const staff = readNumber('--staff', values.staff, fewestStaff, mostStaff);
	const most = Math.floor(staff / 5);
	const workplaces =
		values.workplaces === undefined
			? housesFor(staff)
			: readNumber('--workplaces', values.workplaces, 3, most);
	return { staff, workplaces, seed: values.seed ?? 'holdepunkt' };
}

function readNumber(name: string, text: string, least: number, most: number): number {
	const number = Number(text);
	if (/^\d{1,9}$/.test(text) && number >= least && number <= most) return number;
	throw new Misused(`${name} must be a whole number from ${least} to ${most}, and is “${text}”.`);
}

async function run({ seed, ...size }: Wanted, environment: Environment): Promise<void> {
	const { dataDir, coursesDirs, secretKey } = environment;
	requireEmpty(dataDir);
	// Alone: a server that started on it would take stores that are being filled for its own.
	const leave = enterFolder(dataDir, 'alone');
	const began = performance.now();
	const tell = (sentence: string) => console.log(`${seconds(began).padStart(6)} s  ${sentence}`);
	const { library } = loadLibrary(coursesDirs);
	tell('the courses are read');
	let made: Made;
	try {
		made = await fillLarge({
			...size,
			dataDir,
			migrations: resolve('drizzle'),
			library,
			secretKey: readOrMakeSecretKey(dataDir, secretKey),
			seed,
			today: dayOf(new Date()),
			tell
		});
	} catch (error) {
		for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name));
		throw error;
	} finally {
		leave();
	}
	for (const line of describe(made, size, dataDir, seconds(began))) console.log(line);
}

function seconds(began: number): string {
	return ((performance.now() - began) / 1000).toFixed(1);
}

function requireEmpty(dataDir: string): void {
	if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
		throw new StartRefused(
			`DATA_DIR=${dataDir} is not empty. A large demonstration is made in a folder of its own: name one that is empty or not there yet.`
		);
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
}

function describe(made: Made, { workplaces }: Size, dataDir: string, took: string): string[] {
	const count = (number: number) => number.toLocaleString('en-GB');
	const { progress, attempts, moves } = made.private;
	const events = progress + attempts + moves;
	const files = ['platform', 'private', 'keys'].map((name) => {
		const { size } = statSync(join(dataDir, `${name}.db`));
		return `${name}.db ${count(Math.round(size / 1_000_000))} MB`;
	});
	return [
		'',
		`${count(made.people)} people at ${count(workplaces)} workplaces, ${count(made.left)} who have left, two years: ${took} s.`,
		`${count(events)} private events: ${count(progress)} steps, ${count(attempts)} attempts, ${count(moves)} moves.`,
		files.join(', '),
		'',
		`Serve it on this machine: DATA_DIR=${dataDir} npm start`,
		`Sign in with the password ${demonstrationPassword}:`,
		...demonstrationAccounts.map(({ email, role }) => `  ${email}  ${describeRole(role)}`),
		...leaderAccounts.map(({ email, leads }) => `  ${email}  leads ${leads}`),
		'Anybody else comes in by a letter: admin@demo.example finds them under /admin/people and prints one.'
	];
}

function describeRole(role: string): string {
	return role === 'leader' ? 'leads the whole country' : role;
}
