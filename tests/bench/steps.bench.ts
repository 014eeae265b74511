import type { Figure } from './figure.ts';
import type { Measure } from './ground.ts';
import { openPlatform } from './in-process.ts';
import { countInserts } from './inserts.ts';
import { combine, writeLoad, type Load } from './load.ts';
import { prepareRecording, recordOn } from './recording.ts';

const rounds = 3;
const seconds = 2;
const connections = 10;
/** Steps that each connection records in a round. */
const share = 120;

/** Rates of durably recorded steps, in turn with a bare loop of durable inserts on the same disk. */
export const measure: Measure = async (ground) => {
	const prepare = await prepareRecording(recordOn(await ground.serve()));
	const http = async () => {
		const run = await prepare(share);
		return run();
	};
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
