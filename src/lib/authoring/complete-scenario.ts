import type { Scenario } from '#lib/scenario/model.ts';
import type { Draft } from './document/draft.ts';
import { draftFields } from './document/write.ts';

type Fields = Record<string, unknown>;

/**
 * A draft with the shape of a scenario, for forms that need it: texts that are not written are empty.
 * Null where a choice leads nowhere yet, or something else is missing without which there is no story.
 */
export function completeScenario(draft: Draft): Scenario | null {
	const keys = new Set(draft.scenes.map(({ id }) => id));
	const leads = (to: string | null) => to !== null && keys.has(to);
	const isWhole =
		leads(draft.start) &&
		draft.gauges.every(({ start, min, max }) => start !== null && min !== null && max !== null) &&
		draft.scenes.every(
			({ ending, choices, auto, flag, says }) =>
				(flag === null || (flag.theme !== null && leads(flag.alternative))) &&
				(says === null || draft.people.some(({ id }) => id === says.who)) &&
				(ending !== null ||
					(choices.length > 0 &&
						choices.every(({ to, kind }) => leads(to) && kind !== null) &&
						auto.every(({ to }) => leads(to))))
		);
	if (!isWhole) return null;
	const fields = draftFields(draft);
	const scenario = {
		...fields,
		id: draft.slug || 'draft',
		minutes: draft.minutes ?? 0,
		setting: draft.setting ?? '',
		title: draft.title,
		summary: draft.summary,
		contentNote: draft.contentNote,
		textVersion: draft.textVersion,
		people: mapFields(fields['people'], (person) => ({
			name: '',
			...person,
			about: words(person['about'])
		})),
		gauges: mapFields(fields['gauges'], (gauge) => ({
			...gauge,
			words: list(gauge['words']).map(({ upTo, da, en }) => ({ upTo, word: words({ da, en }) }))
		})),
		scenes: mapFields(fields['scenes'], completeScene)
	};
	return scenario as unknown as Scenario; // every field of the model stands above or was asked for
}

function completeScene(scene: Fields): Fields {
	const { says, facilitator } = scene;
	return {
		...scene,
		text: words(scene['text']),
		...(isFields(says) && { says: { who: says['who'], text: words(says) } }),
		...(isFields(facilitator) && {
			facilitator: { minutes: 0, ...facilitator, ask: list(facilitator['ask']).map(words) }
		}),
		...('ending' in scene
			? { takeaway: words(scene['takeaway']) }
			: {
					choices: mapFields(scene['choices'], (choice) => ({
						...choice,
						text: words(choice['text']),
						consequence: words(choice['consequence']),
						why: words(choice['why'])
					}))
				})
	};
}

function words(value: unknown): { da: string; en: string } {
	const { da, en } = isFields(value) ? value : {};
	return { da: typeof da === 'string' ? da : '', en: typeof en === 'string' ? en : '' };
}

function list(value: unknown): Fields[] {
	return Array.isArray(value) ? value.filter(isFields) : [];
}

function mapFields(value: unknown, complete: (fields: Fields) => Fields): Fields {
	if (!isFields(value)) return {};
	return Object.fromEntries(
		Object.entries(value).map(([key, each]) => [key, complete(isFields(each) ? each : {})])
	);
}

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
