import da from '../../src/lib/ui/text/da.json' with { type: 'json' };
import en from '../../src/lib/ui/text/en.json' with { type: 'json' };

export type Language = 'da' | 'en';
export const languages: readonly Language[] = ['da', 'en'];
export const nameOf: Readonly<Record<Language, string>> = { da: 'Danish', en: 'English' };

/** The interface's words by language and key. */
export const catalogue = { da, en };

export type Key = keyof typeof da;
export type Say = (key: Key, values?: Record<string, string | number>) => string;

/** What the interface says in a language. */
export function sayIn(language: Language): Say {
	return (key, values = {}) =>
		catalogue[language][key].replaceAll(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
