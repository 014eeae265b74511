import type { Scenario } from '#lib/scenario/model.ts';

/** What a page needs to let somebody play a scenario in one language. */
export interface PlayView {
	/** Its texts are HTML where the format says Markdown; facilitators' notes are left out. */
	scenario: Scenario<string>;
	/** The person's newest attempt, which the scenario above is pinned to; null before the first. */
	attempt: { id: string; ordinal: number; moves: readonly string[] } | null;
	/** Names of the themes it flags, by slug. */
	themes: Readonly<Record<string, string>>;
	/** What its choices train, in words, by the framework's ids. */
	outcomes: Readonly<Record<string, string>>;
	/** True when the scenario has changed since the attempt began: the person chooses which to go on with. */
	hasNewerVersion: boolean;
}
