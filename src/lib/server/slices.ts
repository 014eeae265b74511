import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long a piece of work may keep the process to itself, in milliseconds: no page notices that. */
const slice = 5;

/** Gives the process back to everybody else, where the caller has had it for a while. */
export type Breathe = () => Promise<void>;

/** A way to breathe for one piece of work, which has the process from now on. */
export function createBreathe(milliseconds = slice): Breathe {
	let began = performance.now();
	return async () => {
		if (performance.now() - began < milliseconds) return;
		await nextTurn();
		began = performance.now();
	};
}

/** Runs work that yields where it may be interrupted, a slice at a time; its result. */
export async function inSlices<T>(work: Iterator<unknown, T>, milliseconds = slice): Promise<T> {
	const breathe = createBreathe(milliseconds);
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
		await breathe();
	}
}
