import type { Coverage } from '#lib/completion/coverage.server.ts';
import type { Locale } from '#lib/content/localised.ts';
import { writeDay } from '#lib/time.ts';

/** How far a workplace is covered, in one language. */
export function viewCoverage({ asOf, people, levels }: Coverage, locale: Locale) {
	return {
		asOf: writeDay(asOf, locale),
		people,
		levels: levels.map(({ slug, title, shares, areas, untaught }) => ({
			slug,
			title: title[locale],
			shares,
			areas: areas.map((area) => ({
				slug: `${slug}-${area.slug}`,
				title: area.title[locale],
				outcomes: area.outcomes.map(({ id, text, shares: own }) => ({
					id,
					text: text[locale],
					shares: own
				}))
			})),
			untaught: untaught.map(({ id, text }) => ({ id, text: text[locale] }))
		}))
	};
}

export type CoverageView = ReturnType<typeof viewCoverage>;
