/** Which story format's markup a passage is written in; `plain` knows links and HTML alone. */
export type Dialect = 'sugarcube' | 'harlowe' | 'chapbook' | 'snowman' | 'plain';

/** What sort of thing it is that a scenario has no place for. */
export type LeftKind =
	'macro' | 'variable' | 'script' | 'style' | 'image' | 'html' | 'comment' | 'link';

/** Whether something holds only under a condition, and which, from the outermost inwards. */
export type Conditions = readonly Condition[];

export interface Condition {
	/** As the story format has it, without its signs; empty for "else". */
	source: string;
	/** All branches of one block share it. */
	block: number;
	/** Counted from 0. */
	branch: number;
}

/** A piece of a passage. Where it begins is counted in characters from 0. */
export type Piece = { at: number; conditions: Conditions } & Content;

export type Content =
	| { kind: 'text'; text: string }
	/** A sign of Markdown: `**` and `*` begin and end strong and emphasised words, others begin a line. */
	| { kind: 'mark'; mark: string }
	/** Begins and ends words that belong together, such as somebody's speech; the name is theirs. */
	| { kind: 'open'; name: string }
	| { kind: 'close' }
	| { kind: 'link'; text: string; target: string }
	/** Leads on without being asked. */
	| { kind: 'jump'; target: string }
	/** Shows another passage in this place. */
	| { kind: 'include'; target: string }
	| { kind: 'left'; what: LeftKind; source: string };
