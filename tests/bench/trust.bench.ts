import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { makeInstallation } from '#tests/support/nodes.ts';
import { survive } from '#tests/support/survival.ts';
import { writeStaff, writeTree } from '#tests/support/staff-list.ts';
import { Visitor } from '#tests/support/visitor.ts';
import { findNode, root } from '../../src/commands/install.mjs';
import { openStepDatabase } from './attempts.ts';
import { serveBare } from './bare.ts';
import type { BudgetName } from './budgets.ts';
import type { Figure } from './figure.ts';
import type { Ground, Measure } from './ground.ts';
import { applyList, bringList } from './lists.ts';
import { combine, askFor, writeLoad, type Load } from './load.ts';
import { reaches, serveService, type Service } from './national.ts';
import { askSteadily } from './pace.ts';
import { prepareRecording, recordOn, type Recorder } from './recording.ts';
import { watch } from './watch.ts';

/** How much of each: smaller numbers show that it works. */
const {
	BENCH_KILLS = '1000',
	BENCH_SIZES = '1000,20000',
	BENCH_ROWS = '20000',
	BENCH_REPORT_STAFF = '20000'
} = process.env;
const kills = Number(BENCH_KILLS);
const sizes = BENCH_SIZES.split(',').map(Number);
const rows = Number(BENCH_ROWS);
const staff = Number(BENCH_REPORT_STAFF);

const rounds = 3;
const seconds = 3;

/** An installation that serves: one node, or several on one database. */
interface Serving {
	name: string;
	/** Steps are recorded on the first, pages are asked of all. */
	recorder: Recorder;
	nodes: readonly NonNullable<Recorder['direct']>[];
	budget?: BudgetName;
}

/** That nothing acknowledged is lost, and what it costs others that it is kept safe. */
export const measure: Measure = async (ground) => [
	...(await measureKills(ground)),
	...(await measureRestores(ground)),
	...(await measureMixed(ground)),
	...(await measureOthers(ground))
];

async function measureKills(ground: Ground): Promise<Figure[]> {
	const began = performance.now();
	const found = await survive({
		dataDir: ground.makeFolder(),
		kills,
		seed: 2,
		onkill: (done) => done % 100 === 0 && console.log(`  ${done} kills`)
	});
	for (const fault of found.faults) console.log(`  ${fault}`);
	const took = (performance.now() - began) / 1000;
	return [
		{
			what: 'kills survived',
			found: `${found.kills} of ${kills}, ${found.inTheMiddle} in the middle of a step, beside ${found.pages} pages; ${took.toFixed(0)} s`,
			value: found.faults.length,
			unit: 'faults',
			budget: 'faults'
		},
		{
			what: 'steps acknowledged and found',
			found: `${found.acknowledged} acknowledged, ${found.found} found`,
			value: found.acknowledged - found.found,
			unit: 'faults',
			budget: 'lostSteps'
		}
	];
}

/** Backup and restore of installations of several sizes, each on its own folder. */
async function measureRestores(ground: Ground): Promise<Figure[]> {
	const figures: Figure[] = [];
	for (const people of sizes) {
		const folder = join(ground.makeFolder(), 'data');
		await command('demo', folder, ['--staff', `${people}`]);
		const size = ['platform', 'private', 'keys'].reduce(
			(sum, store) => sum + statSync(join(folder, `${store}.db`)).size,
			0
		);
		const file = join(ground.makeFolder(), 'copy.backup');
		const backup = await command('backup', folder, [file]);
		const restore = await command('restore', folder, [file]);
		const packed = statSync(file).size + statSync(`${file}.keys`).size;
		const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
		figures.push({
			what: `restoring ${people} people`,
			found: `${mb(size)} of stores, ${mb(packed)} packed; backup ${backup.toFixed(1)} s, restore with all checks ${restore.toFixed(1)} s`,
			value: restore / (size / 1e8),
			unit: 's',
			budget: 'restore'
		});
	}
	return figures;
}

/** Runs one of our commands; the seconds it took. */
async function command(name: string, dataDir: string, parameters: readonly string[]) {
	const began = performance.now();
	await promisify(execFile)(findNode(), [`src/commands/${name}.ts`, ...parameters], {
		cwd: root,
		env: { ...process.env, DATA_DIR: dataDir, DEMO: '' }
	});
	return (performance.now() - began) / 1000;
}

/** The same demonstration on each engine; on PostgreSQL where `TEST_POSTGRES` names a server. */
async function serveAll(ground: Ground): Promise<Serving[]> {
	const server = await ground.serve();
	const sqlite = { origin: server.origin, headers: {} };
	const all: Serving[] = [
		{ name: 'SQLite', recorder: recordOn(server), nodes: [sqlite], budget: 'mixed' }
	];
	const cluster = process.env.TEST_POSTGRES;
	if (!cluster) {
		console.log('  without PostgreSQL: TEST_POSTGRES names no server');
		return all;
	}
	const installation = await makeInstallation(cluster, ground.tidyUp);
	const { origin, ask } = installation;
	const first = installation.direct(await installation.startNode());
	const second = installation.direct(await installation.startNode());
	const recorder = { origin, direct: first, store: openStepDatabase(ask) };
	return [
		...all,
		{ name: 'one node with PostgreSQL', recorder, nodes: [first] },
		{ name: 'two nodes with PostgreSQL', recorder, nodes: [first, second] }
	];
}

/** Seven pages and three steps of ten, as a share of what a bare server sends of the same pages. */
async function measureMixed(ground: Ground): Promise<Figure[]> {
	const figures: Figure[] = [];
	for (const serving of await serveAll(ground)) figures.push(await measureMix(ground, serving));
	return figures;
}

async function measureMix(
	ground: Ground,
	{ name, recorder, nodes, budget }: Serving
): Promise<Figure> {
	const visitor = await new Visitor(recorder.origin).signIn('staff@demo.example');
	const bare = await serveBare(ground, await visitor.open('/'));
	const prepare = await prepareRecording(recorder);
	const asked = nodes.map(({ origin, headers }) => ({
		url: `${origin}/`,
		headers: { ...visitor.headers, ...headers }
	}));
	const mix = async (): Promise<{ pages: Load; steps: Load }> => {
		// Alone first, to know how many of each make seven to three.
		const alone = await Promise.all(asked.map(({ url, headers }) => askFor(url, headers, 1)));
		const pace = alone.reduce((sum, { rate }) => sum + rate, 0) / 2;
		const record = await prepare(Math.ceil((pace * (3 / 7) * seconds) / 10), pace * (3 / 7));
		const [steps, ...pages] = await Promise.all([
			record(),
			...asked.map(({ url, headers }) => askSteadily(url, headers, seconds, pace / asked.length))
		]);
		const rate = pages.reduce((sum, each) => sum + each.rate, 0);
		return { pages: { rate, p99: Math.max(...pages.map(({ p99 }) => p99)) }, steps };
	};
	await askFor(bare, {}, 1);
	await mix();
	const found: Record<'bare' | 'pages' | 'steps', Load[]> = { bare: [], pages: [], steps: [] };
	for (let round = 0; round < rounds; round += 1) {
		found.bare.push(await askFor(bare, {}, seconds));
		const { pages, steps } = await mix();
		found.pages.push(pages);
		found.steps.push(steps);
	}
	const beside = combine(found.bare);
	const pages = combine(found.pages);
	const steps = combine(found.steps);
	return {
		what: `mixed load on ${name}`,
		found: `pages ${writeLoad(pages)}; steps ${writeLoad(steps)}; bare ${writeLoad(beside)}`,
		value: (pages.rate + steps.rate) / beside.rate,
		unit: 'share',
		...(budget && { budget })
	};
}

/** How long others wait while much is done at once: a backup, a list that is brought, a report. */
async function measureOthers(ground: Ground): Promise<Figure[]> {
	const service = await serveService(ground, staff, undefined);
	const { server, leaders } = service;
	const other = await new Visitor(server.origin).signIn('key@demo.example');
	const admin = await new Visitor(server.origin).signIn('admin@demo.example');
	await applyList(admin, await bringList(server.origin, admin, 'workplaces', writeTree()));
	const idle = await watch(other, () => wait(2000));
	const file = join(ground.makeFolder(), 'copy.backup');
	const busy = await watch(other, () =>
		Promise.all([
			command('backup', server.dataDir, [file]),
			(async () =>
				applyList(admin, await bringList(server.origin, admin, 'people', writeStaff(rows))))(),
			openReport(service, leaders.municipality)
		])
	);
	return [
		{
			what: `a page while a backup, ${rows} new people and a report of a municipality run`,
			found: `${(busy.took / 1000).toFixed(1)} s, longest ${busy.longest.toFixed(0)} ms; by itself p99 ${idle.p99.toFixed(0)} ms`,
			value: busy.p99,
			unit: 'ms',
			budget: 'pageWhileAll'
		}
	];
}

async function openReport({ municipality }: Service, leader: Visitor): Promise<void> {
	const list = await leader.open(`/team/${municipality}/report.csv`);
	if (list.split('\n').length < 10) throw new Error(`${reaches.municipality} got no report`);
}
