import { setTimeout as wait } from 'node:timers/promises';
import type { Visitor } from '#tests/support/visitor.ts';

export interface Watched {
	/** In milliseconds, like the others. */
	took: number;
	p99: number;
	longest: number;
}

/** How long somebody else waits for a page while something is done. */
export async function watch(visitor: Visitor, work: () => Promise<unknown>): Promise<Watched> {
	const waits: number[] = [];
	let isOver = false;
	const looking = (async () => {
		while (!isOver) {
			const asked = performance.now();
			await visitor.open('/learn');
			waits.push(performance.now() - asked);
			await wait(20);
		}
	})();
	const began = performance.now();
	await work();
	const took = performance.now() - began;
	isOver = true;
	await looking;
	waits.sort((a, b) => a - b);
	return { took, p99: waits[Math.floor(waits.length * 0.99)] ?? NaN, longest: waits.at(-1) ?? NaN };
}
