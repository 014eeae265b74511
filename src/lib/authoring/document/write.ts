import type * as Y from 'yjs';
import type { Localised } from '#lib/content/localised.ts';
import { writeDraft } from '#lib/scenario/canonical.ts';
import type { WrittenScenario } from '#lib/scenario/written.ts';
import type {
	Draft,
	DraftAuto,
	DraftBounds,
	DraftChoice,
	DraftGauge,
	DraftScene
} from './draft.ts';
import { readDraft } from './read.ts';

/** The canonical text of the file as the draft stands; what is missing in the draft is missing in it. */
export function writeYaml(doc: Y.Doc): string {
	return writeDraft(draftFields(readDraft(doc)), []);
}

/**
 * A draft as its file would have it, in the order of the format. What is not there yet has no field, so
 * that the check tells of it.
 */
export function draftFields(draft: Draft): WrittenScenario {
	const names = new Names(draft);
	return present({
		format: 1,
		id: draft.slug === '' ? undefined : draft.slug,
		version: draft.version,
		title: writeWords(draft.title),
		summary: writeWords(draft.summary),
		minutes: draft.minutes,
		setting: draft.setting,
		audience: draft.audience,
		outcomes: draft.outcomes,
		contentNote: writeWords(draft.contentNote),
		textVersion: writeWords(draft.textVersion),
		authors: draft.authors,
		people: byKey(draft.people, ({ name, about }) =>
			present({ name: name === '' ? undefined : name, about: writeWords(about) })
		),
		gauges: byKey(draft.gauges, writeGauge),
		start: names.scene(draft.start),
		scenes: byKey(draft.scenes, (scene) => writeScene(scene, names))
	});
}

function writeGauge({ start, min, max, words }: DraftGauge) {
	return present({
		start,
		min,
		max,
		words: words.map(({ upTo, text }) => present({ upTo, ...writeWords(text) }))
	});
}

function writeScene(scene: DraftScene, names: Names) {
	const says =
		scene.says && present({ who: names.person(scene.says.who), ...writeWords(scene.says.text) });
	const flag =
		scene.flag &&
		present({ theme: scene.flag.theme, alternative: names.scene(scene.flag.alternative) });
	const facilitator =
		scene.facilitator &&
		present({
			minutes: scene.facilitator.minutes,
			ask: scene.facilitator.ask.map(({ text }) => writeWords(text))
		});
	const text = writeWords(scene.text);
	if (scene.ending !== null) {
		const takeaway = writeWords(scene.takeaway);
		return present({ ending: scene.ending, text, says, flag, takeaway, facilitator });
	}
	const auto = scene.auto.length === 0 ? undefined : scene.auto.map((one) => writeAuto(one, names));
	const choices = byKey(scene.choices, (choice) => writeChoice(choice, names));
	return present({ text, says, flag, auto, choices, facilitator });
}

function writeAuto({ when, to }: DraftAuto, names: Names) {
	return present({ when: writeGuard(when, names), to: names.scene(to) });
}

function writeChoice(choice: DraftChoice, names: Names) {
	const effect = choice.effect.map(({ gauge, by }) => [names.gauge(gauge), by]);
	return present({
		text: writeWords(choice.text),
		kind: choice.kind,
		effect: effect.length === 0 ? undefined : Object.fromEntries(effect),
		when: choice.when.length === 0 ? undefined : writeGuard(choice.when, names),
		outcomes: choice.outcomes.length === 0 ? undefined : choice.outcomes,
		consequence: writeWords(choice.consequence),
		why: writeWords(choice.why),
		to: names.scene(choice.to)
	});
}

function writeGuard(bounds: readonly DraftBounds[], names: Names) {
	return Object.fromEntries(
		bounds.map(({ gauge, min, max }) => [names.gauge(gauge), present({ min, max })])
	);
}

function writeWords({ da, en }: Localised) {
	return present({ da: da === '' ? undefined : da, en: en === '' ? undefined : en });
}

/** What the parts of a draft are called in the file, by id. */
class Names {
	readonly #scenes: Map<string, string>;
	readonly #people: Map<string, string>;
	readonly #gauges: Map<string, string>;
	readonly #former: Readonly<Record<string, string>>;

	constructor({ scenes, people, gauges, formerKeys }: Draft) {
		this.#scenes = new Map(scenes.map(({ id, key }) => [id, key]));
		this.#people = new Map(people.map(({ id, key }) => [id, key]));
		this.#gauges = new Map(gauges.map(({ id, key }) => [id, key]));
		this.#former = formerKeys;
	}

	scene(id: string | null): string | undefined {
		return this.#find(id, this.#scenes);
	}

	person(id: string | null): string | undefined {
		return this.#find(id, this.#people);
	}

	gauge(id: string): string {
		return this.#find(id, this.#gauges) ?? id;
	}

	#find(id: string | null, names: ReadonlyMap<string, string>): string | undefined {
		if (id === null) return undefined;
		const name = names.get(id);
		if (name !== undefined) return name;
		const former = Object.hasOwn(this.#former, id) ? this.#former[id] : undefined;
		if (former === undefined) return id;
		// What refers to a part that is gone must not lead to another that has its name now.
		const taken = new Set(names.values());
		let free = former;
		while (taken.has(free)) free = `${free}-removed`;
		return free;
	}
}

function byKey<Part extends { key: string }, Written>(
	parts: readonly Part[],
	write: (part: Part) => Written
): Record<string, Written> {
	return Object.fromEntries(parts.map((part) => [part.key, write(part)]));
}

function present(fields: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
	);
}
