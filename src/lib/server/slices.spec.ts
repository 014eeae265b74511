import { expect, test } from 'vitest';
import { createBreathe, inSlices } from './slices.ts';

/** Keeps the process busy, as reading a large file does. */
function* work(steps: number): Generator<undefined, string> {
	for (let step = 0; step < steps; step += 1) {
		const until = performance.now() + 2;
		while (performance.now() < until);
		yield;
	}
	return 'done';
}

test('work in slices comes to its end, and lets others have their turns meanwhile', async () => {
	let turns = 0;
	let isOver = false;
	const others = () => {
		turns += 1;
		if (!isOver) setImmediate(others);
	};
	setImmediate(others);
	expect(await inSlices(work(20))).toBe('done');
	isOver = true;
	expect(turns).toBeGreaterThan(3);
});

test('nobody waits for breath that is not needed yet', async () => {
	let turns = 0;
	const counting = setImmediate(() => (turns += 1));
	const breathe = createBreathe(60_000);
	for (let time = 0; time < 100; time += 1) await breathe();
	expect(turns).toBe(0);
	clearImmediate(counting);
});

test('what goes wrong in a slice is told', async () => {
	function* failing(): Generator<undefined, never> {
		yield;
		throw new Error('no');
	}
	await expect(inSlices(failing())).rejects.toThrow('no');
});
