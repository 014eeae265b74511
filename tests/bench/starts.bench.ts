import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort, startServer } from '#tests/support/server.ts';
import type { Measure } from './ground.ts';

const rounds = 3;

/** Seconds from `npm start` to the first answer that all is well, with what was built before. */
export const measure: Measure = async (ground) => {
	const port = await findFreePort();
	const dataDir = ground.makeFolder();
	const first = await timeStart(dataDir, port);
	const later: number[] = [];
	for (let round = 0; round < rounds; round += 1) later.push(await timeStart(dataDir, port));
	const all = later.map((seconds) => seconds.toFixed(1)).join(', ');
	return [
		{ what: 'first start', found: 'with an empty DATA_DIR, built before', value: first, unit: 's' },
		{
			what: 'second start',
			found: `the slowest of ${all}`,
			value: Math.max(...later),
			unit: 's',
			budget: 'secondStart'
		}
	];
};

async function timeStart(dataDir: string, port: number): Promise<number> {
	const began = performance.now();
	const server = await startServer({ dataDir, port, command: ['npm', 'start'] });
	const passed = (performance.now() - began) / 1000;
	// Ctrl-C reaches npm's children by way of the terminal; npm itself passes only this one on, and
	// may end before them.
	await server.stop('SIGTERM');
	while (await isThere(server.origin)) await wait(50);
	return passed;
}

function isThere(origin: string): Promise<boolean> {
	return fetch(`${origin}/healthz`).then(
		() => true,
		() => false
	);
}
