import type { GuidedQuestion } from '#lib/authoring/guided.ts';
import type { EndingKind } from '#lib/scenario/model.ts';
import * as m from '#lib/ui/messages/messages.js';

type Words<Key extends string> = Readonly<Record<Key, typeof m.author_title>>;

export const questionNames: Words<GuidedQuestion> = {
	where: m.author_guided_where,
	who: m.author_guided_who,
	trigger: m.author_guided_what,
	choices: m.author_guided_choices,
	happens: m.author_guided_happens,
	ending: m.author_guided_well
};

/** What helps to answer, in a sentence or two. */
export const questionHints: Words<GuidedQuestion> = {
	where: m.author_guided_where_hint,
	who: m.author_guided_who_hint,
	trigger: m.author_guided_what_hint,
	choices: m.author_guided_choices_hint,
	happens: m.author_guided_happens_hint,
	ending: m.author_guided_well_hint
};

export const endingNames: Words<EndingKind> = {
	calm: m.author_ending_calm,
	agreement: m.author_ending_agreement,
	help: m.author_ending_help,
	repaired: m.author_ending_repaired
};
