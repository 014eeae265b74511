import type { Scenario } from '#lib/scenario/model.ts';
import { writeFields } from '#lib/scenario/written.ts';
import { headPart } from './review.ts';

/**
 * What each part of a scenario says, in one form: two parts are the same exactly when their texts are.
 * The number of the version and the order in which the scenes stand belong to none.
 */
export function splitParts(scenario: Scenario): Record<string, string> {
	const fields = writeFields(scenario);
	const head = Object.fromEntries(
		Object.entries(fields).filter(([key]) => key !== 'version' && key !== 'scenes')
	);
	const scenes = Object.entries(fields['scenes'] as Record<string, unknown>); // as the format has them
	return Object.fromEntries([
		[headPart, JSON.stringify(head)],
		...scenes.map(([name, scene]) => [name, JSON.stringify(scene)] as const)
	]);
}
