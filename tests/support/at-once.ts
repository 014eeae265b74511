/** Runs work that yields where it may be interrupted to its end, without a pause; its result. */
export function atOnce<T>(work: Iterator<unknown, T>): T {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}
