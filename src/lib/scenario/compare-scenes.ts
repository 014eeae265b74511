import type { Localised } from '#lib/content/localised.ts';
import type { Path } from '#lib/content/source.ts';
import type { Change } from './change.ts';
import {
	changed,
	compareBlocks,
	compareTexts,
	isSame,
	nameRenamed,
	sortGuard
} from './compare-values.ts';
import { matchRenamed } from './match-renamed.ts';
import type { Auto, Choice, DecisionScene, Effect, Facilitator, Scene } from './model.ts';
import { isEnding } from './scenes.ts';

type Scenes = Readonly<Record<string, Scene>>;

/** What has changed in the scenes, those of the older version being named as in the newer one. */
export function compareScenes(before: Scenes, after: Scenes): Change[] {
	return compareBlocks(
		{ added: 'scene-added', removed: 'scene-removed', reordered: 'scenes-reordered' },
		['scenes'],
		before,
		after,
		compareScene
	);
}

/** Everything that is read in a scene, by which it is recognised under another name. */
export function listSceneTexts(scene: Scene): string[] {
	const own: (Localised | undefined)[] = [scene.text, scene.says?.text];
	if (isEnding(scene)) return listTexts([...own, scene.takeaway]);
	return [...listTexts(own), ...Object.values(scene.choices).flatMap(listChoiceTexts)];
}

function listChoiceTexts({ text, consequence, why }: Choice): string[] {
	return listTexts([text, consequence, why]);
}

function listTexts(texts: readonly (Localised | undefined)[]): string[] {
	return texts.flatMap((text) => (text ? [text.da, text.en] : []));
}

function compareScene(path: Path, before: Scene, after: Scene): Change[] {
	return [
		...compareTexts('scene-reworded', [...path, 'text'], before.text, after.text),
		...compareSpeech([...path, 'says'], before.says, after.says),
		...compareFlags([...path, 'flag'], before.flag, after.flag),
		...compareContents(path, before, after),
		...changed(
			'facilitator-notes-changed',
			[...path, 'facilitator'],
			orderNotes(before.facilitator),
			orderNotes(after.facilitator)
		)
	];
}

/** What one chooses there, or how the story ends there. */
function compareContents(path: Path, before: Scene, after: Scene): Change[] {
	const here = [...path, 'ending'];
	if (isEnding(before)) {
		if (!isEnding(after)) {
			return changed('scene-became-decision', here, before.ending, undefined);
		}
		return [
			...changed('ending-kind-changed', here, before.ending, after.ending),
			...compareTexts('takeaway-reworded', [...path, 'takeaway'], before.takeaway, after.takeaway)
		];
	}
	if (isEnding(after)) return changed('scene-became-ending', here, undefined, after.ending);
	return [
		...compareWays([...path, 'auto'], before.auto ?? [], after.auto ?? []),
		...compareChoices([...path, 'choices'], before, after)
	];
}

function compareSpeech(path: Path, before: Scene['says'], after: Scene['says']): Change[] {
	if (before === undefined) return changed('speech-added', path, undefined, after);
	if (after === undefined) return changed('speech-removed', path, before, undefined);
	return [
		...changed('speaker-changed', [...path, 'who'], before.who, after.who),
		...compareTexts('speech-reworded', path, before.text, after.text)
	];
}

function compareFlags(path: Path, before: Scene['flag'], after: Scene['flag']): Change[] {
	if (before === undefined) return changed('flag-added', path, undefined, after);
	if (after === undefined) return changed('flag-removed', path, before, undefined);
	return [
		...changed('theme-changed', [...path, 'theme'], before.theme, after.theme),
		...changed(
			'alternative-changed',
			[...path, 'alternative'],
			before.alternative,
			after.alternative
		)
	];
}

function orderNotes(notes: Facilitator | undefined): Facilitator | undefined {
	return notes && { minutes: notes.minutes, ask: notes.ask.map(({ da, en }) => ({ da, en })) };
}

/** Ways have no names: they are recognised whole, then by where they lead, then by their guard. */
function compareWays(path: Path, before: readonly Auto[], after: readonly Auto[]): Change[] {
	const pairs = new Map<Auto, Auto>();
	const match = (isLike: (one: Auto, other: Auto) => boolean) => {
		const taken = new Set(pairs.values());
		for (const way of after) {
			if (pairs.has(way)) continue;
			const known = before.find((other) => !taken.has(other) && isLike(way, other));
			if (known === undefined) continue;
			pairs.set(way, known);
			taken.add(known);
		}
	};
	const isGuardLike = (one: Auto, other: Auto) =>
		isSame(sortGuard(one.when), sortGuard(other.when));
	match((one, other) => one.to === other.to && isGuardLike(one, other));
	match((one, other) => one.to === other.to);
	match(isGuardLike);

	const matched = new Set(pairs.values());
	const order = {
		before: before.filter((way) => matched.has(way)),
		after: after.flatMap((way) => pairs.get(way) ?? [])
	};
	return [
		...after.flatMap((way, index) => compareWay([...path, index], pairs.get(way), way)),
		...before.flatMap((way, index) =>
			matched.has(way) ? [] : changed('way-removed', [...path, index], way, undefined)
		),
		...changed('ways-reordered', path, order.before, order.after)
	];
}

function compareWay(path: Path, before: Auto | undefined, after: Auto): Change[] {
	if (before === undefined) return changed('way-added', path, undefined, after);
	return [
		...changed(
			'way-guard-changed',
			[...path, 'when'],
			sortGuard(before.when),
			sortGuard(after.when)
		),
		...changed('way-target-changed', [...path, 'to'], before.to, after.to)
	];
}

function compareChoices(path: Path, before: DecisionScene, after: DecisionScene): Change[] {
	const renamed = matchRenamed(before.choices, after.choices, listChoiceTexts);
	const known = Object.fromEntries(
		Object.entries(before.choices).map(([id, choice]) => [renamed.get(id) ?? id, choice])
	);
	return [
		...nameRenamed('choice-renamed', path, renamed),
		...compareBlocks(
			{ added: 'choice-added', removed: 'choice-removed', reordered: 'choices-reordered' },
			path,
			known,
			after.choices,
			compareChoice
		)
	];
}

function compareChoice(path: Path, before: Choice, after: Choice): Change[] {
	return [
		...compareTexts('choice-reworded', [...path, 'text'], before.text, after.text),
		...changed('kind-changed', [...path, 'kind'], before.kind, after.kind),
		...compareEffects([...path, 'effect'], before.effect, after.effect),
		...changed('guard-changed', [...path, 'when'], sortGuard(before.when), sortGuard(after.when)),
		...changed(
			'choice-outcomes-changed',
			[...path, 'outcomes'],
			before.outcomes ?? [],
			after.outcomes ?? []
		),
		...compareTexts(
			'consequence-reworded',
			[...path, 'consequence'],
			before.consequence,
			after.consequence
		),
		...compareTexts('reason-reworded', [...path, 'why'], before.why, after.why),
		...changed('target-changed', [...path, 'to'], before.to, after.to)
	];
}

function compareEffects(path: Path, before: Effect = {}, after: Effect = {}): Change[] {
	const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
	return [...new Set([...now.keys(), ...old.keys()])].flatMap((gauge) =>
		changed('effect-changed', [...path, gauge], old.get(gauge), now.get(gauge))
	);
}
