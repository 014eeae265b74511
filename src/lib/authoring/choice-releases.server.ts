import { eq, inArray } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import { contentVersions } from '#lib/scenario/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { choiceReleases, publishedScenarios } from './tables.server.ts';

/** How often a choice was taken, as it may be told. */
export interface ChoiceRelease {
	/** Hash of the version. */
	scenario: string;
	scene: string;
	choice: string;
	/** At least so many people. */
	people: number;
	/** The same of all choices of the scene that are told of. */
	passed: number;
}

/** The versions whose choices are counted: all that were published here and not withdrawn. */
export async function listCountedVersions(app: App): Promise<Map<string, Scenario>> {
	const rows = await app.db.read
		.select({
			hash: publishedScenarios.hash,
			slug: publishedScenarios.slug,
			body: contentVersions.body
		})
		.from(publishedScenarios)
		.innerJoin(contentVersions, eq(contentVersions.hash, publishedScenarios.hash))
		.where(inArray(publishedScenarios.state, ['published', 'superseded', 'retired']));
	return new Map(
		rows.flatMap(({ hash, slug, body }) => {
			const scenario = app.library.prepare(body, slug)?.scenario;
			return scenario ? [[hash, scenario] as const] : [];
		})
	);
}

/** What has been released of all versions. */
export function readReleases(read: Reader): Promise<ChoiceRelease[]> {
	return read.select().from(choiceReleases);
}

/** What has been released of one version. */
export function readReleasesOf(read: Reader, hash: string): Promise<ChoiceRelease[]> {
	return read.select().from(choiceReleases).where(eq(choiceReleases.scenario, hash));
}

/** Keeps what is released from tonight on in place of what was before. */
export async function keepReleases(app: App, releases: readonly ChoiceRelease[]): Promise<void> {
	await app.db.write(async (tx) => {
		for (const one of releases)
			await tx
				.insert(choiceReleases)
				.values(one)
				.onConflictDoUpdate({
					target: [choiceReleases.scenario, choiceReleases.scene, choiceReleases.choice],
					set: { people: one.people, passed: one.passed }
				});
	});
}
