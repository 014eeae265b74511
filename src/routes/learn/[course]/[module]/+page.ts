import type { PageLoad } from './$types';

/** Fetches what plays a scenario only where there is one to play: a lesson stays a small page. */
export const load: PageLoad = async ({ data }) => {
	const isScenario = data.module.step?.kind === 'scenario';
	const scenarioStep = isScenario ? (await import('./ScenarioStep.svelte')).default : null;
	return { ...data, scenarioStep };
};
