import type { Localised } from '#lib/content/localised.ts';
import type { Path } from '#lib/content/source.ts';
import type { Change } from './change.ts';
import { compareScenes, listSceneTexts } from './compare-scenes.ts';
import { changed, compareBlocks, compareTexts, isSame, nameRenamed } from './compare-values.ts';
import { matchRenamed } from './match-renamed.ts';
import type { Gauge, Person, Scenario } from './model.ts';
import { renameParts } from './rename-parts.ts';

/**
 * What has changed from one version of a scenario to another, in the order of the newer file. What the
 * canonical form does not tell apart is no change, nor is the order of gauges within an effect or a
 * guard. A scene, choice, person or gauge under a new name is recognised by its texts, at least half of
 * which must have stayed; what refers to it counts as unchanged.
 */
export function compare(before: Scenario, after: Scenario): Change[] {
	const renamed = {
		people: matchRenamed(before.people, after.people, listPersonTexts),
		gauges: matchRenamed(before.gauges, after.gauges, listGaugeTexts),
		scenes: matchRenamed(before.scenes, after.scenes, listSceneTexts)
	};
	const known = renameParts(before, renamed);
	return [
		...compareHead(known, after),
		...nameRenamed('person-renamed', ['people'], renamed.people),
		...compareBlocks(
			{ added: 'person-added', removed: 'person-removed', reordered: 'people-reordered' },
			['people'],
			known.people,
			after.people,
			comparePeople
		),
		...nameRenamed('gauge-renamed', ['gauges'], renamed.gauges),
		...compareBlocks(
			{ added: 'gauge-added', removed: 'gauge-removed', reordered: 'gauges-reordered' },
			['gauges'],
			known.gauges,
			after.gauges,
			compareGauges
		),
		...changed('start-changed', ['start'], known.start, after.start),
		...nameRenamed('scene-renamed', ['scenes'], renamed.scenes),
		...compareScenes(known.scenes, after.scenes)
	];
}

function compareHead(before: Scenario, after: Scenario): Change[] {
	const path = (key: keyof Scenario): Path => [key];
	return [
		...changed('id-changed', path('id'), before.id, after.id),
		...changed('version-changed', path('version'), before.version, after.version),
		...compareTexts('title-reworded', path('title'), before.title, after.title),
		...compareTexts('summary-reworded', path('summary'), before.summary, after.summary),
		...changed('minutes-changed', path('minutes'), before.minutes, after.minutes),
		...changed('setting-changed', path('setting'), before.setting, after.setting),
		...changed('audience-changed', path('audience'), before.audience, after.audience),
		...changed('outcomes-changed', path('outcomes'), before.outcomes, after.outcomes),
		...compareTexts(
			'content-note-reworded',
			path('contentNote'),
			before.contentNote,
			after.contentNote
		),
		...compareTexts(
			'text-version-reworded',
			path('textVersion'),
			before.textVersion,
			after.textVersion
		),
		...changed('authors-changed', path('authors'), before.authors, after.authors)
	];
}

function comparePeople(path: Path, before: Person, after: Person): Change[] {
	return [
		...changed('person-name-changed', [...path, 'name'], before.name, after.name),
		...compareTexts('person-reworded', [...path, 'about'], before.about, after.about)
	];
}

function compareGauges(path: Path, before: Gauge, after: Gauge): Change[] {
	const boundsOf = ({ min, max }: Gauge) => ({ min, max });
	const changes: Change[] = [
		...changed('gauge-start-changed', [...path, 'start'], before.start, after.start),
		...changed('gauge-bounds-changed', path, boundsOf(before), boundsOf(after))
	];
	const words = [before.words, after.words] as const;
	if (isSame(...words)) return changes;
	return [
		...changes,
		{
			code: 'gauge-words-changed',
			path: [...path, 'words'],
			before: before.words,
			after: after.words
		}
	];
}

function listPersonTexts({ name, about }: Person): string[] {
	return [name, ...listLanguages(about)];
}

function listGaugeTexts({ words }: Gauge): string[] {
	return words.flatMap(({ word }) => listLanguages(word));
}

function listLanguages({ da, en }: Localised): string[] {
	return [da, en];
}
