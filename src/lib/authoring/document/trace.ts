import type { Problem } from '#lib/content/problem.ts';
import { checkSource } from '#lib/scenario/check.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import type { Vocabulary } from '#lib/scenario/vocabulary.ts';
import type { Place } from './place.ts';
import type { Draft } from './draft.ts';
import { draftFields } from './write.ts';

/** Something to be mended, and where in the draft. */
export interface DraftProblem extends Problem {
	place: Place;
}

/**
 * Checks a draft as its file would be checked. `scenario` is null while it has not the shape of one;
 * it can be played only without errors.
 */
export function checkDraft(
	draft: Draft,
	vocabulary: Vocabulary
): { scenario: Scenario | null; problems: DraftProblem[] } {
	const file = `${draft.slug === '' ? 'draft' : draft.slug}.yaml`;
	const value = draftFields(draft);
	const source = { file, value, lineOf: () => 1, lineOfText: () => 1 };
	const { scenario, problems } = checkSource(source, vocabulary);
	const trace = traceDraft(draft);
	return {
		scenario,
		problems: problems.map((problem) => ({ ...problem, place: trace.placeOf(problem.path) }))
	};
}

export interface Trace {
	/** The place of what a path of the file leads to; where it leads nowhere, of the nearest part around it. */
	placeOf(path: string): Place;
	/** The path in the file, keys joined by dots, of a place; undefined where it is not in the file. */
	pathOf(place: Place): string | undefined;
}

/** Which path in the file is which place in the draft, for as long as the draft is what it is now. */
export function traceDraft(draft: Draft): Trace {
	const pairs = listPairs(draft);
	const byPath = new Map(pairs);
	const byPlace = new Map(pairs.map(([path, place]) => [place, path]));
	const gaugeIds = new Map(draft.gauges.map(({ id, key }) => [key, id]));
	const gaugeKeys = new Map(draft.gauges.map(({ id, key }) => [id, key]));
	return {
		placeOf: (path) => {
			const steps = path.split('.').filter((step) => step !== '');
			const [known, rest] = findLongest(steps, '.', byPath);
			const place = known ?? 'scenario';
			const first = steps.length - rest.length > 0 || steps.length === 0 ? rest : steps;
			return [place, ...renameGauge(first, gaugeIds, encodeURIComponent)].join('/');
		},
		pathOf: (place) => {
			const steps = place.split('/');
			const [known, rest] = findLongest(steps, '/', byPlace);
			if (known !== undefined) {
				const tail = renameGauge(rest, gaugeKeys, decodeURIComponent);
				return [known, ...tail].filter((step) => step !== '').join('.');
			}
			return undefined;
		}
	};
}

function findLongest(
	steps: readonly string[],
	joint: string,
	known: ReadonlyMap<string, string>
): [string | undefined, string[]] {
	for (let count = steps.length; count > 0; count--) {
		const found = known.get(steps.slice(0, count).join(joint));
		if (found !== undefined) return [found, steps.slice(count)];
	}
	return [undefined, [...steps]];
}

/** In effects and guards a gauge stands by its name in the file and by its id in the draft. */
function renameGauge(
	steps: readonly string[],
	names: ReadonlyMap<string, string>,
	otherwise: (name: string) => string
): string[] {
	const [list = '', gauge, ...rest] = steps;
	if ((list !== 'effect' && list !== 'when') || gauge === undefined) return [...steps];
	return [list, names.get(gauge) ?? otherwise(gauge), ...rest];
}

function listPairs(draft: Draft): [path: string, place: Place][] {
	const scenario = [
		...['id', 'version', 'title', 'summary', 'minutes', 'setting', 'audience', 'outcomes'],
		...['contentNote', 'textVersion', 'authors', 'people', 'gauges', 'start', 'scenes']
	].map((name): [string, Place] => [name, `scenario/${name === 'id' ? 'slug' : name}`]);
	const people = draft.people.map(({ key, place }): [string, Place] => [`people.${key}`, place]);
	const gauges = draft.gauges.flatMap(({ key, place, words }): [string, Place][] => [
		[`gauges.${key}`, place],
		...words.flatMap((word, index) => flatText(`gauges.${key}.words.${index}`, word.place))
	]);
	const scenes = draft.scenes.flatMap((scene): [string, Place][] => {
		const path = `scenes.${scene.key}`;
		return [
			[path, scene.place],
			...scene.auto.map((auto, index): [string, Place] => [`${path}.auto.${index}`, auto.place]),
			...scene.choices.map(({ key, place }): [string, Place] => [`${path}.choices.${key}`, place]),
			...(scene.facilitator?.ask ?? []).flatMap((ask, index) =>
				flatText(`${path}.facilitator.ask.${index}`, ask.place)
			)
		];
	});
	return [...scenario, ...people, ...gauges, ...scenes];
}

/** Parts whose languages stand in the file beside their other keys, or directly in a list. */
function flatText(path: string, place: Place): [string, Place][] {
	return [
		[path, place],
		[`${path}.da`, `${place}/text/da`],
		[`${path}.en`, `${place}/text/en`]
	];
}
