import * as v from 'valibot';
import { shapeMessage } from './shape-message.ts';

/** The languages in which every text is there, the first being the one that is shown by default. */
export const locales = ['da', 'en'] as const;

export type Locale = (typeof locales)[number];

/** A text in every language of the platform; `T` differs where it is rendered already. */
export interface Localised<T = string> {
	da: T;
	en: T;
}

/** The text in one language. */
export function localise<T>(text: Localised<T>, locale: Locale): T {
	return text[locale];
}

/** Builds a text of every language from a function of the language. */
export function inEachLocale<T>(make: (locale: Locale) => T): Localised<T> {
	return { da: make('da'), en: make('en') };
}

/** Text of which something is left when blanks are taken away. */
export const filledText = v.pipe(
	v.string(),
	v.regex(
		/\S/u,
		shapeMessage('empty-text', {
			da: 'Her mangler en tekst.',
			en: 'there is no text here; write one'
		})
	)
);

/** A filled text in Danish and in English. */
export const localised = v.strictObject({
	da: v.pipe(filledText, v.description('In Danish.')),
	en: v.pipe(filledText, v.description('In English.'))
});
