import * as v from 'valibot';
import { filledText } from './localised.ts';
import { slug } from './slug.ts';

const setting = v.strictObject({
	slug,
	da: filledText,
	en: filledText,
	/** Stem of the drawing's file name. */
	illustration: slug
});

const theme = v.strictObject({
	slug,
	da: filledText,
	en: filledText,
	/** Wherever the theme is met, the scene carries a flag and a gentler alternative. */
	mustFlag: v.optional(v.boolean(), false)
});

/** settings.yaml: where scenarios take place. */
export const settingsFile = v.strictObject({ settings: v.array(setting) });

/** themes.yaml: what a person may want to choose about before meeting it. */
export const themesFile = v.strictObject({ themes: v.array(theme) });

export type Setting = v.InferOutput<typeof setting>;
export type Theme = v.InferOutput<typeof theme>;
