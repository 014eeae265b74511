import { localise, type Locale } from '#lib/content/localised.ts';
import type { Tool, Toolbox } from '#lib/content/toolbox.ts';

export interface LinkView {
	url: string;
	title: string;
	awaits: string;
	/** The name of the site; null for a page of our own. */
	host: string | null;
}

/** A card, in one language. */
export interface ToolView {
	slug: string;
	name: string;
	/** The language of the name, where it is not that of the page. */
	nameLanguage: Locale | null;
	gloss: string | null;
	kind: Tool['kind'];
	purpose: string;
	who: string;
	language: string;
	terms: string;
	care: string | null;
	links: LinkView[];
	works: { title: string; language: Locale; awaits: string }[];
	source: string;
}

export interface ToolGroupView {
	slug: string;
	title: string;
	tools: ToolView[];
}

/** The cards by their groups; a group without a card is left out. */
export function listToolbox({ groups, tools }: Toolbox, locale: Locale): ToolGroupView[] {
	return groups
		.map(({ slug, title }) => ({
			slug,
			title: localise(title, locale),
			tools: tools.filter(({ group }) => group === slug).map((tool) => describe(tool, locale))
		}))
		.filter((group) => group.tools.length > 0);
}

function describe(tool: Tool, locale: Locale): ToolView {
	const { slug, kind, nameLanguage, gloss, care, links, works } = tool;
	return {
		slug,
		kind,
		name: localise(tool.name, locale),
		nameLanguage: nameLanguage && nameLanguage !== locale ? nameLanguage : null,
		gloss: gloss ? localise(gloss, locale) : null,
		purpose: localise(tool.purpose, locale),
		who: localise(tool.who, locale),
		language: localise(tool.language, locale),
		terms: localise(tool.terms, locale),
		care: care ? localise(care, locale) : null,
		links: links.map(({ url, title, awaits }) => ({
			url,
			title: localise(title, locale),
			awaits: localise(awaits, locale),
			host: url.startsWith('/') ? null : new URL(url).hostname.replace(/^www\./u, '')
		})),
		works: works.map(({ title, language, awaits }) => ({
			title,
			language,
			awaits: localise(awaits, locale)
		})),
		source: localise(tool.source, locale)
	};
}
