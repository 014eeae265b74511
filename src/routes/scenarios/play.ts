import type { ExercisePlace } from '#lib/scenario/exercise.ts';
import type { Scenario } from '#lib/scenario/model.ts';

/** What a page needs to let somebody play a scenario in one language. */
export interface PlayView {
	/** Its texts are HTML where the format says Markdown; facilitators' notes are left out. */
	scenario: Scenario<string>;
	/** The person's newest attempt, which the scenario above is pinned to; null before the first. */
	attempt: {
		id: string;
		ordinal: number;
		moves: readonly string[];
		/** What the platform calls the person towards this browser. */
		owner: string;
	} | null;
	/** Where two of one's own ways stand side by side, once another than this one has come to an ending. */
	compareHref?: string;
	/** What the person has written for themselves after it. */
	note: string;
	/** Where the person stands in the exercise, with what the address asks for. */
	place: ExercisePlace;
	/** Names of the themes it flags, by slug. */
	themes: Readonly<Record<string, string>>;
	/** What its choices train, in words, by the framework's ids. */
	outcomes: Readonly<Record<string, string>>;
	/** True when what the person had begun was withdrawn by an author: what there is now is another story. */
	isWithdrawn: boolean;
	/** True when the scenario has changed since the attempt began: the person chooses which to go on with. */
	hasNewerVersion: boolean;
}
