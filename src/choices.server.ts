/**
 * Where what authors may know of choices comes from the private side, and the only place: numbers by the
 * rule of `releaseChoices`, without anybody's house or name. By night, from start-up.
 */
import type { App } from '#lib/app.ts';
import {
	keepReleases,
	listCountedVersions,
	readReleases
} from '#lib/authoring/choice-releases.server.ts';
import { countChoices } from '#lib/practice/choice-counts.server.ts';
import { releaseChoices } from '#lib/practice/choice-release.ts';

/** Publishes anew how often choices were taken, as far as the rule lets it be told. */
export async function publishChoices(app: App): Promise<void> {
	const counted = await countChoices(app.learning, await listCountedVersions(app));
	await keepReleases(app, releaseChoices(await readReleases(app.db.read), counted));
}
