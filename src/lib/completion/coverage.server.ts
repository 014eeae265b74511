import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import type { Localised } from '#lib/content/localised.ts';
import type { Library } from '#lib/scenario/library.server.ts';
import { findPlace, type Workplace } from '#lib/workplaces/tree.server.ts';
import { listGains, ways, type Shares, type Span, type Way } from './coverage.ts';
import { publishIfMissing } from './publish.server.ts';
import { readPublishedCoverage } from './published.server.ts';
import { settleForPage } from './stale.server.ts';
import { trainedBy } from './trained.server.ts';

/** Between which whole percents; null where no module does that for the outcome. */
export type CoverageShares = Readonly<Record<Way, Span | null>>;

/** How far the outcomes of a level reach the people of a workplace. */
export interface CoverageLevel {
	slug: string;
	title: Localised;
	/** The mean over its outcomes of those that a module is there for. */
	shares: CoverageShares;
	areas: readonly {
		slug: string;
		title: Localised;
		outcomes: readonly { id: string; text: Localised; shares: CoverageShares }[];
	}[];
	/** Outcomes that no module teaches. */
	untaught: readonly { id: string; text: Localised }[];
}

export interface Coverage {
	/** The earliest day on which any part of it was counted. */
	asOf: string;
	people: number;
	levels: readonly CoverageLevel[];
}

/**
 * How far a workplace is covered, as it is published; null where it has too few people to tell.
 *
 * @throws {DomainError} `forbidden` to who leads nothing, `not-found` for a workplace out of reach.
 */
export async function readCoverage(
	app: App,
	actor: Actor,
	workplace: string
): Promise<{ workplace: Workplace; coverage: Coverage | null }> {
	const place = await findPlace(app.db.read, workplace);
	authorise(actor, 'team.read', place);
	await settleForPage(app);
	await publishIfMissing(app, actor.organisation);
	if (!place) throw new Error('a place that is allowed is there');
	return { workplace: place.workplace, coverage: await describeCoverage(app, workplace) };
}

/** The same for who has seen to the right, and to what is published. */
export async function describeCoverage(app: App, workplace: string): Promise<Coverage | null> {
	const published = await readPublishedCoverage(app.db.read, workplace);
	const { outcomes } = app.library.catalogue.framework;
	// Until the night a framework that has changed has nothing to show.
	if (!published || published.shares.taught.length !== outcomes.length) return null;
	const { asOf, people, shares } = published;
	return { asOf, people, levels: listLevels(app.library, shares) };
}

/** Which ways there are to each outcome, by its index. */
const offered = new WeakMap<Library, Readonly<Record<Way, ReadonlySet<number>>>>();

function findOffered(library: Library) {
	const known = offered.get(library);
	if (known) return known;
	const gains = [...listGains(library.catalogue, trainedBy(library)).values()];
	const of = (way: Way) => new Set(gains.flatMap((one) => one[way]));
	const found = {
		taught: of('taught'),
		practised: of('practised'),
		refreshed: of('refreshed')
	};
	offered.set(library, found);
	return found;
}

function listLevels(library: Library, shares: Shares): CoverageLevel[] {
	const { framework } = library.catalogue;
	const isOffered = findOffered(library);
	const all = framework.outcomes.map(({ id, text, level, area, kind }, at) => {
		const pick = (way: Way) => (isOffered[way].has(at) ? (shares[way][at] ?? null) : null);
		// Knowledge is not trained.
		const practised = kind === 'knowledge' ? null : pick('practised');
		const own: CoverageShares = {
			taught: pick('taught'),
			practised,
			refreshed: pick('refreshed')
		};
		return { id, text, level, area, shares: own };
	});
	return framework.levels.flatMap(({ slug, title }) => {
		const own = all.filter(({ level }) => level === slug);
		const taught = own.filter((one) => one.shares.taught !== null);
		if (taught.length === 0) return [];
		return [
			{
				slug,
				title,
				shares: meanOf(taught.map((one) => one.shares)),
				areas: framework.areas.flatMap((area) => {
					const outcomes = taught
						.filter((one) => one.area === area.slug)
						.map((one) => ({ id: one.id, text: one.text, shares: one.shares }));
					return outcomes.length > 0 ? [{ slug: area.slug, title: area.title, outcomes }] : [];
				}),
				untaught: own
					.filter((one) => one.shares.taught === null)
					.map(({ id, text }) => ({ id, text }))
			}
		];
	});
}

function meanOf(all: readonly CoverageShares[]): CoverageShares {
	const mean = (way: Way): Span | null => {
		const own = all.flatMap(({ [way]: span }) => (span ? [span] : []));
		if (own.length === 0) return null;
		const sum = (at: 0 | 1) => own.reduce((total, span) => total + span[at], 0) / own.length;
		return [Math.round(sum(0)), Math.round(sum(1))];
	};
	const [taught, practised, refreshed] = ways.map(mean);
	return { taught: taught ?? null, practised: practised ?? null, refreshed: refreshed ?? null };
}
