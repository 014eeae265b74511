import type { DraftRole } from '#lib/authoring/draft-rights.server.ts';
import type { Voice } from '#lib/authoring/authorship.ts';
import type { Locale } from '#lib/content/localised.ts';
import * as m from '#lib/ui/messages/messages.js';

/** What a draft is called in a list: in the page's language, else in the other, else that it has no name yet. */
export function titleOf(title: { da: string; en: string }, locale: Locale): string {
	return title[locale] || title.da || title.en || m.author_untitled();
}

const roles: Readonly<Record<DraftRole, () => string>> = {
	owner: m.author_role_owner,
	'co-author': m.author_role_co_author,
	commenter: m.author_role_commenter
};

export function draftRoleName(role: DraftRole): string {
	return roles[role]();
}

const voices: Readonly<Record<Voice, () => string>> = {
	professional: m.author_voice_professional,
	'lived-experience': m.author_voice_lived
};

export function voiceName(voice: Voice | null): string {
	return voice === null ? m.author_voice_none() : voices[voice]();
}
