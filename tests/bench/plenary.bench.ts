import type { Figure } from './figure.ts';
import type { Ground, Measure } from './ground.ts';
import { countInserts } from './inserts.ts';
import { readMemory } from './memory.bench.ts';
import { joinBenchPhone, openBenchRoom, type BenchPhone } from './room-phones.ts';

/** How many come or vote at the same moment. */
const atOnce = 20;

/**
 * A room of 200 and one of 2,000 phones: how long until the last hears of a reveal, what each costs in
 * memory, and how many votes are durably in each second beside a bare loop of durable inserts.
 */
export const measure: Measure = async (ground) => {
	const inserts = countInserts(ground.makeFolder(), 2);
	const figures: Figure[] = [];
	for (const size of [200, 2000] as const)
		figures.push(...(await measureRoom(ground, size, inserts)));
	return figures;
};

async function measureRoom(ground: Ground, size: 200 | 2000, inserts: number): Promise<Figure[]> {
	const server = await ground.serve();
	const room = await openBenchRoom(server);
	const before = readMemory(server.pid);
	const phones: BenchPhone[] = [];
	await inPortions(Array.from({ length: size }), async () => {
		phones.push(await joinBenchPhone(server, room.code));
	});
	const each = (1000 * (readMemory(server.pid) - before)) / size;
	for (const step of ['0', '1', '2']) await room.press('steer', { step, event: 'next' });
	await room.press('steer', { step: '3', event: 'ask' });
	let isIn = 0;
	const began = performance.now();
	await inPortions(phones, async (phone) => {
		if (await phone.vote(1, 'greet')) isIn += 1;
	});
	const rate = size / ((performance.now() - began) / 1000);
	if (isIn !== size) throw new Error(`${size - isIn} votes were not taken.`);
	const heard = phones.map((phone) => phone.hears());
	const pressed = performance.now();
	await room.press('reveal', { step: '4' });
	const times = (await Promise.all(heard)).map((at) => at - pressed).sort((a, b) => a - b);
	for (const phone of phones) phone.hangUp();
	const [half = 0, last = 0] = [times[Math.floor(size / 2)], times.at(-1)];
	return [
		{
			what: `reveal to ${size} phones`,
			found: `half after ${half.toFixed(0)} ms, the last after ${last.toFixed(0)} ms`,
			value: last,
			unit: 'ms',
			budget: size === 200 ? 'revealToHouse' : 'revealToHall'
		},
		{
			what: `a phone of ${size}`,
			found: `${before.toFixed(0)} MB without phones`,
			value: each,
			unit: 'kB',
			...(size === 2000 && { budget: 'phoneMemory' as const })
		},
		{
			what: `votes of ${size}`,
			found: `${rate.toFixed(0)} a second; bare loop ${inserts.toFixed(0)} inserts a second`,
			value: rate / inserts,
			unit: 'share',
			...(size === 200 && { budget: 'vote' as const })
		}
	];
}

/** Does something for each, some at a time. */
async function inPortions<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
	const left = [...all];
	const worker = async () => {
		while (left.length > 0) {
			const [one] = left.splice(0, 1);
			await work(one as T); // there was one left
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}
