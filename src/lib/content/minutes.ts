/** What a learner meets in a module, on the shortest way through it. */
export interface Workload {
	/** In lessons and scenario texts. */
	words: number;
	checks: number;
	/** Choices to be made in scenarios. */
	decisions: number;
	/** Reflections and tasks. */
	prompts: number;
	landings: number;
}

/** Minutes a module takes: 150 words a minute, 0.5 a check, 0.3 a decision, 1 a reflection or task, 0.5 the landing. */
export function estimateMinutes({ words, checks, decisions, prompts, landings }: Workload): number {
	return words / 150 + 0.5 * checks + 0.3 * decisions + prompts + 0.5 * landings;
}

/** Whether stated minutes are within a quarter of the estimate, or within the half minute that rounding takes. */
export function areMinutesFair(stated: number, estimated: number): boolean {
	return Math.abs(stated - estimated) <= Math.max(estimated / 4, 0.5);
}
