import { execFileSync } from 'node:child_process';
import type { Measure } from './ground.ts';
import { learner, pages } from './learner.ts';
import { askFor } from './load.ts';

const seconds = 4;

/** What the server's process holds in memory once it has been busy with every page. */
export const measure: Measure = async (ground) => {
	const visitor = await learner(ground);
	const { origin, pid } = await ground.serve();
	const before = readMemory(pid);
	for (const { path } of pages) await askFor(`${origin}${path}`, visitor.headers, seconds);
	return [
		{
			what: 'memory after load',
			found: `${before.toFixed(0)} MB before`,
			value: readMemory(pid),
			unit: 'MB',
			budget: 'memory'
		}
	];
};

/** Resident memory of a process in MB. */
export function readMemory(pid: number): number {
	return Number(execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' })) / 1000;
}
