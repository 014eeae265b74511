import { states } from '#lib/completion/state.ts';
import type { SnapshotBody } from '#lib/completion/snapshot.ts';
import type { Snapshot } from '#lib/completion/snapshots.server.ts';
import type { Locale } from '#lib/content/localised.ts';
import { writeDay } from '#lib/time.ts';
import { viewCurve } from './curve.ts';

/** A status for the board, in one language. */
export function viewSnapshot({ id, madeOn, body }: Snapshot, locale: Locale) {
	return {
		id,
		day: writeDay(madeOn, locale),
		madeOn,
		workplace: body.workplace,
		organisation: body.organisation,
		shows: body.shows,
		courses: body.courses.map(({ title, counts, asOf, units, curve }) => ({
			title: title[locale],
			counts,
			asOf: writeDay(asOf, locale),
			/** Those in which somebody is. */
			states: states.filter((state) => (counts?.byState[state] ?? 0) > 0),
			units: units.map((unit) => ({ name: unit.name, counts: unit.counts })),
			curve: viewCurve(curve, null, locale)
		})),
		coverage: body.coverage && viewCovered(body.coverage, locale)
	};
}

function viewCovered(
	{ asOf, people, levels }: NonNullable<SnapshotBody['coverage']>,
	locale: Locale
) {
	return {
		asOf: writeDay(asOf, locale),
		people,
		levels: levels.map(({ title, shares, outcomes }) => ({
			title: title[locale],
			shares,
			outcomes: outcomes.map((one) => ({ id: one.id, text: one.text[locale], shares: one.shares }))
		}))
	};
}

export type SnapshotView = ReturnType<typeof viewSnapshot>;
