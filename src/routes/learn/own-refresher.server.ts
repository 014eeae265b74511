import type { App } from '#lib/app.ts';
import type { Course, Module } from '#lib/content/course.ts';
import type { Locale } from '#lib/content/localised.ts';
import { DomainError } from '#lib/errors.ts';
import { chooseRefresher, describeEncounter } from '#lib/practice/choose-refresher.ts';
import { listOwnScopes, listOwnWays } from '#lib/practice/own.server.ts';
import { listPastDecisions, type PastDecision } from '#lib/practice/past-decision.ts';
import { readRefreshers, type OwnRefresher } from '#lib/practice/refreshers.server.ts';
import type { LibraryScenario } from '#lib/scenario/library.server.ts';
import { findScenarioVersion } from '#lib/scenario/versions.server.ts';
import type { OwnOffer } from './own-offer.ts';

/** Whether a refresher of this course can be made for somebody. */
export function hasEncounters(app: App, course: Course): boolean {
	return listBank(app, course).length > 0;
}

function listBank({ library }: App, { slug }: Course): readonly LibraryScenario[] {
	return library.encounters.filter(({ scenario }) => scenario.audience.includes(slug));
}

/**
 * The names of the encounters that a refresher made for the person would hold now, or null where nothing
 * is known of them or nothing new is left.
 */
export async function drawRefresher(
	app: App,
	person: string,
	course: Course
): Promise<string[] | null> {
	const history = await readHistory(app, person);
	const { seen, seed } = await readRefreshers(app.learning, person, course.slug);
	const met = new Set([...seen, ...history.map(({ scenario }) => scenario)]);
	const bank = listBank(app, course).map(({ slug, scenario }) => describeEncounter(slug, scenario));
	return chooseRefresher({ history, bank, seen: met, seed });
}

/** Every decision that the person has made in a story, each in the text that it was made in. */
async function readHistory(app: App, person: string): Promise<PastDecision[]> {
	const ways = await listOwnWays(app.learning, person, listOwnScopes(app.library).scenarios);
	const decisions: PastDecision[] = [];
	for (const { version, ...way } of ways) {
		const pinned = await findVersionIfKept(app, way.scenario, version);
		if (pinned) decisions.push(...listPastDecisions(pinned.scenario, way));
	}
	return decisions;
}

async function findVersionIfKept(app: App, slug: string, hash: string) {
	try {
		return await findScenarioVersion(app, slug, hash);
	} catch (thrown) {
		if (thrown instanceof DomainError && thrown.code === 'not-found') return undefined;
		throw thrown;
	}
}

/** The person's refresher of a course that is not landed yet, without encounters that are gone; or null. */
export async function findOpenRefresher(
	app: App,
	person: string,
	course: Course
): Promise<OwnRefresher | null> {
	const { newest } = await readRefreshers(app.learning, person, course.slug);
	if (!newest || newest.isDone) return null;
	const encounters = newest.encounters.filter(({ slug }) => app.library.scenario(slug));
	return { ...newest, encounters };
}

/** What is offered on the page of a refresher module; null where only the standard one can be given. */
export async function describeOffer(
	app: App,
	person: string,
	course: Course,
	module: Module,
	locale: Locale
): Promise<OwnOffer | null> {
	if (module !== course.refresher || !hasEncounters(app, course)) return null;
	const open = await findOpenRefresher(app, person, course);
	const slugs = open
		? open.encounters.filter(({ isBehind }) => !isBehind).map(({ slug }) => slug)
		: await drawRefresher(app, person, course);
	if (slugs === null) return null;
	const chosen = slugs.flatMap((slug) => app.library.scenario(slug)?.presented[locale] ?? []);
	return {
		isOpen: open !== null,
		notes: chosen.map(({ contentNote }) => contentNote),
		minutes: chosen.reduce((sum, { minutes }) => sum + minutes, 0)
	};
}
