import type { Figure } from './figure.ts';
import type { Measure } from './ground.ts';
import { measureChecks, measureRuns } from './scenario-engine.ts';

/** The scenario: what its engine does in a given time. */
export const measure: Measure = () => {
	const engine: Figure[] = [...measureChecks(), ...measureRuns()];
	// What is felt and carried in a browser, measured with `ground.serve()`, is added to these.
	return Promise.resolve(engine);
};
