const first = 30_000;
/** Six hours, in milliseconds: nothing is put off for longer. */
export const longestDelay = 6 * 60 * 60 * 1000;

/** How often a job is begun before it is dead: about fourteen hours, a night without mail server. */
export const maxAttempts = 12;

/** Milliseconds to wait after the `attempt`th try (from 1): twice as long each time, six hours at most. */
export function retryDelay(attempt: number): number {
	return Math.min(first * 2 ** Math.min(attempt - 1, 20), longestDelay);
}
