import { localise, type Locale } from '#lib/content/localised.ts';
import type { Vocabularies } from '#lib/content/vocabulary-files.ts';
import type { Scenario } from '../model.ts';
import type { ScriptContact, Surroundings } from './script.ts';

/**
 * What an exported scenario tells that stands in other files: names of its setting, themes and
 * outcomes, and whom to talk to. Of the contacts, the workplace's own people come first; then those for
 * the whole country that a source confirms, where they are for everybody or for a theme of the story.
 */
export function gatherSurroundings(
	scenario: Pick<Scenario<unknown>, 'setting' | 'scenes'>,
	{
		settings,
		themes,
		framework,
		contacts
	}: Pick<Vocabularies, 'settings' | 'themes' | 'framework' | 'contacts'>,
	locale: Locale
): Required<Surroundings> {
	const flagged = new Set(Object.values(scenario.scenes).flatMap(({ flag }) => flag?.theme ?? []));
	const setting = settings.find(({ slug }) => slug === scenario.setting);
	const chosen = contacts.contacts.filter(
		({ status, region, themes: own }) =>
			status === 'C' &&
			region === undefined &&
			(own.length === 0 || own.some((theme) => flagged.has(theme)))
	);
	// Some are never shown without certain others.
	const shown = new Set(chosen.flatMap(({ slug, with: others }) => [slug, ...others]));
	const national = contacts.contacts.filter(({ slug }) => shown.has(slug));
	return {
		setting: setting?.[locale] ?? scenario.setting,
		themes: Object.fromEntries(themes.map((theme) => [theme.slug, theme[locale]])),
		outcomes: Object.fromEntries(
			framework.outcomes.map(({ id, text }) => [id, localise(text, locale)])
		),
		contacts: [...contacts.local, ...national].map(
			({ name, number, hours, audience, note }): ScriptContact => ({
				name: localise(name, locale),
				// Some are called by their number.
				number: number !== undefined && name[locale].includes(number) ? undefined : number,
				hours: hours && localise(hours, locale),
				audience: [audience, note]
					.flatMap((text) => (text ? [localise(text, locale)] : []))
					.join(' ')
			})
		)
	};
}
