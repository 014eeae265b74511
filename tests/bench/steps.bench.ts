import { demonstrationAccounts } from '../../src/demonstration/accounts.ts';
import { readPlay, scenario } from '#tests/support/player.ts';
import { Visitor } from '#tests/support/visitor.ts';
import { countMoves, findWay, prepareMoves } from './attempts.ts';
import type { Figure } from './figure.ts';
import type { Ground, Measure } from './ground.ts';
import { openPlatform } from './in-process.ts';
import { countInserts } from './inserts.ts';
import { combine, post, writeLoad, type Load } from './load.ts';

const rounds = 3;
const seconds = 2;
const connections = 10;
/** Steps that each connection records in a round. */
const share = 120;

/** Rates of durably recorded steps, in turn with a bare loop of durable inserts on the same disk. */
export const measure: Measure = async (ground) => {
	const http = await prepareHttp(ground);
	const inside = await openPlatform(ground);
	const bare: number[] = [];
	const found = { http: [] as Load[], one: [] as number[], ten: [] as number[] };
	await http();
	await inside.record(share, 1);
	for (let round = 0; round < rounds; round += 1) {
		bare.push(countInserts(inside.dataDir, seconds));
		found.http.push(await http());
		bare.push(countInserts(inside.dataDir, seconds));
		found.one.push(await inside.record(share * 5, 1));
		found.ten.push(await inside.record(share * 5, connections));
	}
	const beside = mean(bare);
	const inserts = `bare loop ${beside.toFixed(0)} inserts a second`;
	const over = combine(found.http);
	const figure = (what: string, rate: number, words: string): Figure => ({
		what,
		found: `${words}; ${inserts}`,
		value: rate / beside,
		unit: 'share',
		budget: 'step'
	});
	return [
		figure('step over HTTP', over.rate, writeLoad(over)),
		figure('step in process', mean(found.one), `${mean(found.one).toFixed(0)} a second`),
		figure('ten at a time', mean(found.ten), `${mean(found.ten).toFixed(0)} a second`)
	];
};

const mean = (values: readonly number[]) =>
	values.reduce((sum, value) => sum + value, 0) / values.length;

/** Has learners at the beginning of the scenario, and gives a round of recording over HTTP. */
async function prepareHttp(ground: Ground): Promise<() => Promise<Load>> {
	const { origin, dataDir } = await ground.serve();
	const learners: { headers: Record<string, string>; attempt: string; way: string[] }[] = [];
	for (const { email } of demonstrationAccounts) {
		const visitor = await new Visitor(origin).signIn(email);
		await visitor.submit(`/scenarios/${scenario}?/begin`, { again: '1' });
		const play = await readPlay(visitor);
		const attempt = play.attempt.id;
		learners.push({ headers: visitor.headers, attempt, way: findWay(play.scenario) });
	}
	return async () => {
		const shares = Array.from({ length: connections }, (_, index) => {
			const { headers, attempt, way } = pick(learners, index);
			return { headers, bodies: prepareMoves(dataDir, attempt, way, share) };
		});
		const before = countMoves(dataDir);
		const load = await post(`${origin}/scenarios/${scenario}/moves`, shares);
		const kept = countMoves(dataDir) - before;
		if (kept !== connections * share) throw new Error(`${kept} steps were kept`);
		return load;
	};
}

function pick<T>(list: readonly T[], index: number): T {
	const found = list[index % list.length];
	if (found === undefined) throw new RangeError('there is nothing to pick from');
	return found;
}
