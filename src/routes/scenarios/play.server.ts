import type { App } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';
import { DomainError } from '#lib/errors.ts';
import {
	beginAttempt,
	findLatestAttempt,
	findVersionOfAttempt,
	recordMove
} from '#lib/practice/attempts.server.ts';
import type { LibraryScenario } from '#lib/scenario/library.server.ts';
import { findScenarioVersion, keepVersion } from '#lib/scenario/versions.server.ts';
import { listMemberships } from '#lib/workplaces/tree.server.ts';
import type { PlayView } from './play.ts';

/** The scenario of that name as it is now. @throws {DomainError} `not-found` where there is none. */
export function requireScenario(app: App, slug: string): LibraryScenario {
	const scenario = app.library.scenario(slug);
	if (!scenario) throw new DomainError('not-found', 'scenario');
	return scenario;
}

/** What the page needs to go on with the person's newest attempt, or to begin one. */
export async function describePlay(
	app: App,
	person: string,
	slug: string,
	locale: Locale
): Promise<PlayView> {
	const current = requireScenario(app, slug);
	const latest = await findLatestAttempt(app.learning, person, slug);
	if (!latest)
		return { ...describeStory(app, current, locale), attempt: null, hasNewerVersion: false };
	const pinned = await findScenarioVersion(app, slug, latest.version);
	const { id, ordinal, moves } = latest;
	return {
		...describeStory(app, pinned, locale),
		attempt: { id, ordinal, moves },
		hasNewerVersion: latest.state === 'open' && pinned.hash !== current.hash
	};
}

/** The scenario with the words of what it names, in one language. */
function describeStory(
	app: App,
	{ presented }: LibraryScenario,
	locale: Locale
): Pick<PlayView, 'scenario' | 'themes' | 'outcomes'> {
	const scenario = presented[locale];
	const { themes, framework } = app.library.catalogue;
	const flagged = Object.values(scenario.scenes).flatMap(({ flag }) => flag?.theme ?? []);
	return {
		scenario,
		themes: Object.fromEntries(
			themes.filter(({ slug }) => flagged.includes(slug)).map((one) => [one.slug, one[locale]])
		),
		outcomes: Object.fromEntries(
			framework.outcomes
				.filter(({ id }) => scenario.outcomes.includes(id))
				.map(({ id, text }) => [id, text[locale]])
		)
	};
}

/** Begins an attempt at the scenario as it is now, unless one is open and no new one is asked for. */
export async function beginPlay(
	app: App,
	person: string,
	slug: string,
	{ again = false } = {}
): Promise<void> {
	const { hash, source } = requireScenario(app, slug);
	const latest = await findLatestAttempt(app.learning, person, slug);
	if (latest?.state === 'open' && !again) return;
	await keepVersion(app, { hash, kind: 'scenario', slug, body: source });
	const [workplace] = await listMemberships(app.db.read, person);
	const version = { slug, version: hash };
	await beginAttempt(app.learning, person, version, workplace?.id ?? null, app.now());
}

/**
 * Records a move of the person's own attempt; true when the story has ended with it.
 *
 * @throws {DomainError} `not-found` for an attempt that is not theirs, `conflict` for a move that is
 * not offered or comes too late.
 */
export async function recordPlay(
	app: App,
	person: string,
	slug: string,
	{ attempt, position, move }: { attempt: string; position: number; move: string }
): Promise<boolean> {
	const version = await findVersionOfAttempt(app.learning, person, slug, attempt);
	const { scenario } = await findScenarioVersion(app, slug, version);
	return recordMove(app.learning, scenario, attempt, position, move);
}
