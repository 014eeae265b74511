import type { App } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';

const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What kinds of workplaces there are, to choose from. */
export function listSettings(app: App, locale: Locale): { value: string; name: string }[] {
	return app.library.catalogue.settings.map((setting) => ({
		value: setting.slug,
		name: capitalise(setting[locale])
	}));
}

/** What kind a workplace is, in words; null where it is of none. */
export function writeSetting(app: App, slug: string | null, locale: Locale): string | null {
	const found = app.library.catalogue.settings.find((setting) => setting.slug === slug);
	return found ? capitalise(found[locale]) : null;
}
