import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { findCredentials } from '#lib/identity/people.server.ts';
import { signIn } from '#lib/identity/sign-in.server.ts';
import { closeAll } from '#lib/server/shutdown.server.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';
import { findPeople } from '#lib/workplaces/find-people.server.ts';
import { Importer } from '#tests/support/import.ts';
import { Visitor } from '#tests/support/visitor.ts';
import { demonstrationPassword } from '../../src/demonstration/accounts.ts';
import { startApp } from '../../src/startup.server.ts';
import type { Figure } from './figure.ts';
import type { Ground, Measure } from './ground.ts';
import { applyList, bringList } from './lists.ts';
import { watch, type Watched } from './watch.ts';
import { writeStaff, writeTree } from '#tests/support/staff-list.ts';

const rows = 20_000;
const all = 50_000;

/** Bringing twenty thousand people while others use the platform, and what a large one does then. */
export const measure: Measure = async (ground) => [
	...(await measureOverHttp(ground)),
	...(await measureInProcess(ground))
];

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Through the pages, with somebody else on a page of theirs, asked for every twenty milliseconds. */
async function measureOverHttp(ground: Ground): Promise<Figure[]> {
	const { origin } = await ground.serve();
	const admin = await new Visitor(origin).signIn('admin@demo.example');
	const staff = await new Visitor(origin).signIn('staff@demo.example');
	const bring = (kind: 'workplaces' | 'people', file: string) =>
		bringList(origin, admin, kind, file);
	const apply = (path: string) => applyList(admin, path);
	await apply(await bring('workplaces', writeTree()));

	const idle = await watch(staff, () => wait(2000));
	let path = '';
	const preview = await watch(staff, async () => {
		path = await bring('people', writeStaff(rows));
	});
	const applied = await watch(staff, () => apply(path));
	const figure = (what: string, { took, p99, longest }: Watched): Figure => ({
		what,
		found: `${seconds(took)}; a page meanwhile p99 ${p99.toFixed(0)} ms, longest ${longest.toFixed(0)} ms`
	});
	return [
		{ what: 'a page by itself', found: `p99 ${idle.p99.toFixed(0)} ms` },
		{
			...figure(`preview of ${rows} rows`, preview),
			value: preview.p99,
			unit: 'ms',
			budget: 'pageWhileImporting'
		},
		{
			...figure(`applying ${rows} rows`, applied),
			value: applied.p99,
			unit: 'ms',
			budget: 'pageWhileImporting'
		}
	];
}

/** The same without a server, so that the pauses of the process itself are seen. */
async function measureInProcess(ground: Ground): Promise<Figure[]> {
	Object.assign(process.env, { DATA_DIR: ground.makeFolder(), LOG_LEVEL: 'silent' });
	const app = await startApp(false);
	ground.tidyUp(closeAll);
	const id = (await findCredentials(app.db.read, 'admin@demo.example'))?.person ?? '';
	const admin = await findActor(app.db.read, id);
	if (!admin) throw new Error('the demonstration has an administrator');
	const importer = new Importer(app, admin);
	await importer.bring('workplaces', writeTree());
	const pauses = monitorEventLoopDelay({ resolution: 1 });
	pauses.enable();
	let longestWrite = 0;
	let isOver = false;
	const writing = (async () => {
		while (!isOver) {
			const began = performance.now();
			await app.db.write(async () => undefined);
			longestWrite = Math.max(longestWrite, performance.now() - began);
			await wait(10);
		}
	})();
	const began = performance.now();
	const preview = await importer.preview('people', writeStaff(rows));
	const previewed = performance.now();
	const previewPause = pauses.max / 1e6;
	const previewWrite = longestWrite;
	pauses.reset();
	longestWrite = 0;
	const applied = await importer.apply(preview);
	const took = performance.now() - previewed;
	isOver = true;
	await writing;
	pauses.disable();
	if (applied.import.state !== 'applied') throw new Error(`the import is ${applied.import.state}`);
	const words = (pause: number, write: number) =>
		`longest pause ${pause.toFixed(0)} ms, longest wait of another write ${write.toFixed(0)} ms`;
	return [
		{
			what: 'preview in process',
			found: `${seconds(previewed - began)}; ${words(previewPause, previewWrite)}`
		},
		{
			what: 'applying in process',
			found: `${seconds(took)}; ${words(pauses.max / 1e6, longestWrite)}`
		},
		...(await measureLarge(app, admin, importer))
	];
}

async function measureLarge(app: App, admin: Actor, importer: Importer): Promise<Figure[]> {
	await importer.bring('people', writeStaff(all - rows, rows));
	const queries = ['sorensen', 'åse ø', 'person31', 'holm a', '4711', 'nobody at all'];
	const waits: number[] = [];
	for (let round = 0; round < 5; round += 1)
		for (const query of queries) {
			const began = performance.now();
			await findPeople(app, admin, { query, workplace: null, hasLeft: false, page: 1 });
			waits.push(performance.now() - began);
		}
	waits.sort((a, b) => a - b);
	const middle = waits[Math.floor(waits.length / 2)] ?? NaN;
	const input = { name: 'staff@demo.example', password: demonstrationPassword };
	const entered = await countPerSecond(4, 3, async () => {
		const { outcome } = await signIn(app, input, '127.0.0.1', {});
		if (outcome !== 'signed-in') throw new Error(outcome);
	});
	const { token } = await app.sessions.begin(admin.person, 'password');
	const checked = await countPerSecond(1, 2, async () => {
		if (!(await app.sessions.read(token))) throw new Error('the session is live');
	});
	return [
		{
			what: `search among ${all}`,
			found: `median ${middle.toFixed(0)} ms, longest ${(waits.at(-1) ?? NaN).toFixed(0)} ms`
		},
		{ what: 'sign-in with a password', found: `${entered.toFixed(0)} a second` },
		{ what: 'session check', found: `${checked.toFixed(0)} a second` }
	];
}

/** How often something can be done in a second, so many at a time. */
async function countPerSecond(
	atATime: number,
	duration: number,
	work: () => Promise<void>
): Promise<number> {
	const began = performance.now();
	const until = began + duration * 1000;
	let count = 0;
	const lane = async () => {
		while (performance.now() < until) {
			await work();
			count += 1;
		}
	};
	await Promise.all(Array.from({ length: atATime }, lane));
	return count / ((performance.now() - began) / 1000);
}
