import * as v from 'valibot';

/** What an author draws on: chosen by themselves, and by nobody else. */
export const voices = ['professional', 'lived-experience'] as const;

export type Voice = (typeof voices)[number];

/** How an author wants to be told, as a form holds it: a voice once it is chosen, and a name or none. */
export const authorshipForm = {
	voice: v.optional(v.picklist(['', ...voices]), ''),
	penName: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(60)), '')
} as const;
