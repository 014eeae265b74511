import type { App } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';
import { DomainError } from '#lib/errors.ts';
import {
	beginAttempt,
	countEndedAttempts,
	findLatestAttempt,
	findVersionOfAttempt,
	recordMove,
	scopeOfScenario
} from '#lib/practice/attempts.server.ts';
import { keepReflection, readReflection } from '#lib/practice/reflections.server.ts';
import { advance, openExercise, placeOf, type ExercisePlace } from '#lib/scenario/exercise.ts';
import type { LibraryScenario } from '#lib/scenario/library.server.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import { movesOf, replay } from '#lib/scenario/run.ts';
import { findScenarioVersion, isWithdrawn, keepVersion } from '#lib/scenario/versions.server.ts';
import { listMemberships } from '#lib/workplaces/tree.server.ts';
import type { PlayView } from './play.ts';

const noteStep = 'note';

/** The scenario of that name as it is now. @throws {DomainError} `not-found` where there is none. */
export function requireScenario(app: App, slug: string): LibraryScenario {
	const scenario = app.library.scenario(slug);
	if (!scenario) throw new DomainError('not-found', 'scenario');
	return scenario;
}

/**
 * What the page needs to go on with the person's newest attempt, or to begin one. `asked` is the view
 * that its address names: `text` or `pause`. Where an author has withdrawn what the person had begun, it
 * is as if it had never been begun.
 *
 * @throws {DomainError} `not-found`, with `withdrawn` where that was all there was.
 */
export async function describePlay(
	app: App,
	person: string,
	slug: string,
	locale: Locale,
	asked: string | null = null
): Promise<PlayView> {
	const current = app.library.scenario(slug);
	const newest = await findLatestAttempt(app.learning, person, slug);
	const hasLost = newest !== null && isWithdrawn(app, newest.version);
	if (hasLost && current === undefined) throw new DomainError('not-found', 'withdrawn');
	const latest = hasLost ? null : newest;
	// Of one that is published no more, a way that was begun is gone on with.
	const pinned = latest
		? await findScenarioVersion(app, slug, latest.version)
		: requireScenario(app, slug);
	const story = describeStory(app, pinned, locale);
	const ended = await countEndedAttempts(app.learning, person, slug);
	const others = latest?.state === 'ended' ? ended - 1 : ended;
	return {
		...story,
		attempt: latest && {
			id: latest.id,
			ordinal: latest.ordinal,
			moves: latest.moves,
			owner: latest.owner
		},
		note: (await readReflection(app.learning, person, scopeOfScenario(slug), noteStep)) ?? '',
		...(others > 0 && { compareHref: `/scenarios/${slug}/compare` }),
		place: findPlace(story.scenario, latest?.moves, asked),
		isWithdrawn: hasLost && newest.state === 'open',
		hasNewerVersion:
			latest?.state === 'open' && current !== undefined && pinned.hash !== current.hash
	};
}

/** Where the exercise stands after these moves, and after what the address asks for on top of them. */
function findPlace(
	scenario: Scenario<string>,
	moves: readonly string[] | undefined,
	asked: string | null
): ExercisePlace {
	const exercise = openExercise(scenario, moves);
	if (asked === 'text') return placeOf(advance(scenario, exercise, { type: 'read' }));
	if (asked === 'pause') return placeOf(advance(scenario, exercise, { type: 'pause' }));
	return placeOf(exercise);
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

/** What somebody wishes who begins. */
export interface Beginning {
	/** A new attempt also where one is open. */
	again?: '1' | undefined;
	/** A way that was walked without reaching the server; the new attempt begins with it. */
	moves?: readonly string[] | undefined;
}

/**
 * Begins an attempt at the scenario as it is now, unless one is open and no new one is asked for. Of a
 * way that is given, what the scenario offers is recorded, up to the first move that it does not. True
 * when the story has ended with it.
 */
export async function beginPlay(
	app: App,
	person: string,
	slug: string,
	{ again, moves = [] }: Beginning = {}
): Promise<boolean> {
	const { hash, source, scenario } = requireScenario(app, slug);
	const latest = await findLatestAttempt(app.learning, person, slug);
	const isOpen = latest?.state === 'open' && !isWithdrawn(app, latest.version);
	if (isOpen && again === undefined) return false;
	await keepVersion(app, { hash, kind: 'scenario', slug, body: source });
	const [workplace] = await listMemberships(app.db.read, person);
	const version = { slug, version: hash };
	const house = workplace?.id ?? null;
	const { id } = await beginAttempt(app.learning, person, version, house, app.now());
	const walked = movesOf(replay(scenario, moves).run);
	let ended = false;
	for (const [position, move] of walked.entries()) {
		ended = await recordMove(app.learning, scenario, id, position, move);
	}
	return ended;
}

/** Keeps what the person writes for themselves after a scenario; an empty text takes it away. */
export async function keepNote(
	app: App,
	person: string,
	slug: string,
	note: string
): Promise<void> {
	requireScenario(app, slug);
	const scope = scopeOfScenario(slug);
	await keepReflection(app.learning, person, scope, noteStep, note, app.now());
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
