import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import fc from 'fast-check';
import { readMoves } from './moves.ts';
import { Player, scenario, scenarioModule } from './player.ts';
import { findFreePort, startServer, type Server } from './server.ts';
import { Visitor } from './visitor.ts';

/** With the run in which each finishes the module; the last two put the others behind them before. */
const learners = [
	{ account: 'staff@demo.example', finishesIn: 1, finishesCourse: false },
	{ account: 'admin@demo.example', finishesIn: 4, finishesCourse: false },
	{ account: 'leader@demo.example', finishesIn: 2, finishesCourse: true },
	{ account: 'peer2@demo.example', finishesIn: 6, finishesCourse: true }
];
/** What others look at meanwhile. */
const pages = ['/', '/learn', '/team', '/me', '/plenary', '/author'];
const lookers = ['key@demo.example', 'editor@demo.example', 'leader@demo.example'];

export interface Survival {
	kills: number;
	/** In how many of them some step was on its way. */
	inTheMiddle: number;
	acknowledged: number;
	/** Acknowledged steps that are in the store. */
	found: number;
	/** What should not have happened, in sentences. */
	faults: string[];
	pages: number;
}

/**
 * Has four learners play and three others look around, kills the server at random points of that, starts
 * it again each time, and compares what it holds with what it acknowledged.
 */
export async function survive(options: {
	dataDir: string;
	kills: number;
	seed: number;
	/** Told after each kill. */
	onkill?(done: number): void;
}): Promise<Survival> {
	const { dataDir, kills, seed } = options;
	const port = await findFreePort();
	const start = () => startServer({ dataDir, port, env: { LOG_LEVEL: 'warn' } });
	const blows = fc.sample(
		fc.record({ steps: fc.integer({ min: 1, max: 5 }), after: fc.integer({ min: 0, max: 12 }) }),
		{ numRuns: kills, seed }
	);
	const found: Survival = {
		kills: 0,
		inTheMiddle: 0,
		acknowledged: 0,
		found: 0,
		faults: [],
		pages: 0
	};
	let server: Server = await start();
	let isBack = Promise.resolve();
	let isStruck = false;
	let nextBlow = blows[0]?.steps ?? Infinity;
	let isOver = false;
	const players: Player[] = [];

	const strike = async ({ after }: { after: number }) => {
		await wait(after);
		if (players.some(({ isWaiting }) => isWaiting)) found.inTheMiddle += 1;
		await server.kill();
		complain(server);
		found.faults.push(...judge(dataDir, players).faults);
		server = await start();
		found.kills += 1;
		nextBlow = found.acknowledged + (blows[found.kills]?.steps ?? Infinity);
		isStruck = false;
		options.onkill?.(found.kills);
	};
	const complain = ({ printed }: Server) => {
		if (printed().includes('"level"')) found.faults.push(`it said: ${printed()}`);
	};
	const onacknowledged = () => {
		found.acknowledged += 1;
		const blow = blows[found.kills];
		if (!blow || isStruck || found.acknowledged < nextBlow) return;
		isStruck = true;
		isBack = strike(blow);
	};
	const mayMove = () => found.kills < kills || players.some(({ finished }) => finished !== 'yes');

	for (const { account, finishesIn, finishesCourse } of learners) {
		const visitor = await new Visitor(server.origin).signIn(account);
		if (finishesCourse) await skipTheOthers(visitor);
		const ways = { account, finishesIn, mayMove, isBack: () => isBack, onacknowledged };
		players.push(await Player.enter(visitor, ways));
	}
	// They come in before the first blow.
	const inside: Visitor[] = [];
	for (const account of lookers) inside.push(await new Visitor(server.origin).signIn(account));
	const looking = inside.map(async (visitor, index) => {
		for (let at = index; !isOver; at += 1) {
			try {
				const html = await visitor.open(pages[at % pages.length] ?? '/');
				if (!html.includes('</html>')) found.faults.push('a page was no page');
				found.pages += 1;
			} catch (fault) {
				// What fetch raises for a connection that broke.
				if (!(fault instanceof TypeError)) throw fault;
				await isBack;
			}
			await wait(20);
		}
	});
	try {
		await Promise.all(players.map((player) => player.play()));
		await isBack;
		isOver = true;
		await Promise.all(looking);
		if ((await server.stop()) !== 0) found.faults.push('it did not stop by itself');
	} finally {
		isOver = true;
		await server.kill();
	}
	complain(server);
	const { faults, kept } = judge(dataDir, players);
	found.found = kept;
	found.faults.push(...faults, ...judgeEnd(dataDir, players));
	return found;
}

/** Leaves the module with the scenario as the only one that is left of its course. */
async function skipTheOthers(visitor: Visitor): Promise<void> {
	const path = `/learn/${scenarioModule.course}`;
	const page = await visitor.open(path);
	const modules = page.matchAll(new RegExp(`href="${path}/([\\w-]+)"`, 'g'));
	for (const [, slug] of modules) {
		if (slug === scenarioModule.module) continue;
		await visitor.submit(`${path}/${slug}?/skip`, {});
	}
}

/** What the stores hold, compared with what the learners were told. */
function judge(dataDir: string, players: readonly Player[]) {
	const moves = readMoves(dataDir);
	const faults: string[] = [];
	let kept = 0;
	for (const run of players.flatMap(({ runs }) => runs)) {
		const there = moves.get(run.attempt) ?? [];
		moves.delete(run.attempt);
		// The one under way may have arrived, whole; nothing else may.
		const rest = there.slice(run.moves.length);
		const isRest = rest.length === 0 || (rest.length === 1 && rest[0] === run.underway);
		const same = run.moves.filter((move, at) => there[at] === move).length;
		kept += same;
		if (same < run.moves.length || !isRest)
			faults.push(`${run.moves.join(' ')} was acknowledged, ${there.join(' ')} is there`);
	}
	for (const there of moves.values())
		if (there.length > 0) faults.push(`nobody sent ${there.join(' ')}`);
	for (const { account, finished } of players) {
		const completions = countCompletions(dataDir, 'module_completions', account);
		if (finished === 'unknown' ? completions > 1 : completions !== (finished === 'yes' ? 1 : 0))
			faults.push(`${completions} completions of ${account}, who has finished: ${finished}`);
	}
	return { faults, kept };
}

function judgeEnd(dataDir: string, players: readonly Player[]): string[] {
	const faults: string[] = [];
	for (const { account, finishesCourse } of learners)
		if (countCompletions(dataDir, 'course_completions', account) !== (finishesCourse ? 1 : 0))
			faults.push(`the courses of ${account}`);
	const begun = players.reduce((sum, { runs }) => sum + runs.length, 0);
	const there = ask(dataDir, 'private', 'SELECT id FROM attempts WHERE scenario = ?', scenario);
	if (there.length !== begun) faults.push(`${there.length} attempts are there, of ${begun} begun`);
	for (const store of ['platform', 'private', 'keys'] as const) {
		const said = JSON.stringify(ask(dataDir, store, 'PRAGMA integrity_check'));
		if (said !== '[{"integrity_check":"ok"}]') faults.push(`the ${store} store: ${said}`);
	}
	return faults;
}

function ask(
	dataDir: string,
	store: 'platform' | 'private' | 'keys',
	query: string,
	...parameters: string[]
): unknown[] {
	const file = new SqliteDatabase(join(dataDir, `${store}.db`), { readonly: true });
	try {
		return file.prepare(query).all(...parameters);
	} finally {
		file.close();
	}
}

function countCompletions(
	dataDir: string,
	table: 'module_completions' | 'course_completions',
	account: string
): number {
	const ofModule = table === 'module_completions' ? `AND module = '${scenarioModule.module}'` : '';
	return ask(
		dataDir,
		'platform',
		`SELECT 1 FROM ${table} WHERE person = (SELECT id FROM people WHERE email = ?) ${ofModule}`,
		account
	).length;
}
