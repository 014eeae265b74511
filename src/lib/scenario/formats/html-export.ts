import { renderMarkdown } from '#lib/content/markdown.ts';
import { inEachLocale, locales, type Locale, type Localised } from '#lib/content/localised.ts';
import type { TermNote } from '#lib/content/markdown.ts';
import type { Scenario } from '../model.ts';
import { presentScenario } from '../present.ts';
import { escapeHtml } from './html-text.ts';
import type { ScriptContact } from './script.ts';
import { storyWords } from './story-words.ts';

/** What the player of a story page is given; plain data, which stands in the page as JSON. */
export interface StoryData {
	/** The language the page begins in. */
	locale: Locale;
	scenario: Localised<Scenario<string>>;
	/** Names of themes, by slug. */
	themes: Localised<Readonly<Record<string, string>>>;
	/** What choices can train, in words, by the framework's ids. */
	outcomes: Localised<Readonly<Record<string, string>>>;
	contacts: Localised<readonly ScriptContact[]>;
	/** The drawing of the place, as a data address; without it none is shown. */
	drawing?: string | undefined;
}

/** What makes a story page come alive. */
export interface StoryParts {
	/** JavaScript that plays the story, in one piece. */
	script: string;
	/** Style sheets, with whatever they need as data addresses. */
	styles: string;
	/** SHA-256 of a text as the policy of a page names it: base64, without a prefix. */
	hash: (text: string) => string;
}

/**
 * A story as one HTML file that plays from a memory stick: it asks nothing of anybody (its policy
 * forbids it to), needs no server, and keeps nothing. Without scripts the short text stands there in
 * both languages.
 */
export function writeStoryPage(story: StoryData, { script, styles, hash }: StoryParts): string {
	const code = guardScript(script);
	const policy = [
		"default-src 'none'",
		`script-src 'sha256-${hash(code)}'`,
		`style-src 'sha256-${hash(styles)}'`,
		"style-src-attr 'unsafe-inline'",
		'img-src data:',
		'font-src data:',
		"base-uri 'none'",
		"form-action 'none'"
	].join('; ');
	const { title } = story.scenario[story.locale];
	return `<!doctype html>
<html lang="${story.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${styles}</style>
</head>
<body>
<div id="story"></div>
<noscript>
<main>
${locales.map((locale) => writeTextVersion(story, locale)).join('\n')}
</main>
</noscript>
<script type="application/json" id="story-data">${JSON.stringify(story).replaceAll('<', '\\u003c')}</script>
<script>${code}</script>
</body>
</html>
`;
}

/** The story in both languages, as the player shows it; explained words open with what they mean. */
export function presentStory(
	scenario: Scenario,
	terms: ReadonlyMap<string, TermNote>
): Localised<Scenario<string>> {
	let texts = 0;
	return inEachLocale((locale) =>
		presentScenario(scenario, locale, (markdown) => {
			texts += 1;
			const idPrefix = `text-${texts}`;
			const options = { locale, terms, sources: new Map(), idPrefix, headingShift: 1 };
			return renderMarkdown(markdown, options).html;
		})
	);
}

function writeTextVersion({ scenario, contacts }: StoryData, locale: Locale): string {
	const { title, contentNote, textVersion } = scenario[locale];
	const people = contacts[locale].map(({ name, number, audience }) => {
		const words = [name, number, audience].filter((part) => part !== undefined);
		return `<li>${words.map(escapeHtml).join(' · ')}</li>`;
	});
	return `<article lang="${locale}">
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(storyWords.noScript[locale])}</p>
<p>${escapeHtml(contentNote)}</p>
${textVersion}
<h2>${escapeHtml(storyWords.contacts[locale])}</h2>
<ul>${people.join('')}</ul>
</article>`;
}

// Within a script element these would end it, or begin a comment.
function guardScript(code: string): string {
	return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}
