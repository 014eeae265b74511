import type { Measure } from './ground.ts';
import { measureBrowser } from './scenario-browser.ts';
import { measureChecks, measureRuns } from './scenario-engine.ts';

/** The scenario: what its engine does in a given time, and what is felt and carried in a browser. */
export const measure: Measure = async (ground) => [
	...measureChecks(),
	...measureRuns(),
	...(await measureBrowser(ground))
];
