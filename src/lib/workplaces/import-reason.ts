/** Why a line, or a whole file, is refused. */
export const reasonCodes = [
	// Of the file
	'empty',
	'no-columns',
	'missing-column',
	'too-many-columns',
	'too-many-lines',
	'long-line',
	'broken-quote',
	// Of any line
	'stray-quote',
	'extra-cells',
	'unreadable',
	'control',
	'cpr',
	'no-name',
	'bad-name',
	'bad-id',
	'twice',
	'out-of-reach',
	// Of people
	'no-key',
	'bad-email',
	'bad-username',
	'no-workplace',
	'unknown-workplace',
	'ambiguous-workplace',
	'unknown-role',
	'role-administrator',
	'unknown-language',
	'bad-date',
	'dates-reversed',
	'not-yet',
	'several-people',
	'taken',
	'administrator',
	'unknown-person',
	// Of workplaces
	'unknown-parent',
	'ambiguous-parent',
	'cycle',
	'too-deep',
	'unknown-setting',
	'bad-closed',
	'no-top',
	'is-top',
	'in-use',
	'has-below',
	'same-name'
] as const;

export type ReasonCode = (typeof reasonCodes)[number];

export interface Reason {
	code: ReasonCode;
	/** Another line that it has to do with. */
	line?: number;
	/** What stands in the cell, cut short; never of a line that may hold a CPR number. */
	text?: string;
}

const longestText = 60;

/** A reason with what stands in the cell. */
export function refuse(code: ReasonCode, text?: string): Reason {
	return text === undefined ? { code } : { code, text: cutShort(text) };
}

/** A text short enough to be shown beside others. */
export function cutShort(text: string): string {
	return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}
