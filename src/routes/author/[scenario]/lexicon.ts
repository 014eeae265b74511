import type { Lexicon } from '#lib/authoring/ui/lexicon.ts';
import type { Catalogue } from '#lib/content/catalogue.ts';
import { listTaughtWords } from '#lib/content/glossary.ts';
import type { Locale } from '#lib/content/localised.ts';
import { tracks } from '#lib/content/track.ts';

/** What a draft may name, in the language of the page. */
export function makeLexicon(catalogue: Catalogue, locale: Locale): Lexicon {
	const { framework, settings, themes, glossary } = catalogue;
	const levels = new Map(framework.levels.map(({ slug, title }) => [slug, title[locale]]));
	return {
		outcomes: framework.outcomes.map(({ id, level, text }) => ({
			id,
			level: levels.get(level) ?? level,
			text: text[locale]
		})),
		settings: settings.map((setting) => ({ slug: setting.slug, name: setting[locale] })),
		themes: themes.map((theme) => ({
			slug: theme.slug,
			name: theme[locale],
			mustFlag: theme.mustFlag
		})),
		audiences: tracks.map((slug) => ({
			slug,
			name: catalogue.course(slug)?.title[locale] ?? slug
		})),
		terms: glossary.terms.map(({ slug }) => slug),
		taught: listTaughtWords(glossary)
	};
}
