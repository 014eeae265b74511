import * as m from '#lib/ui/messages/messages.js';

/** What an error page says: what happened, what to do, and what it means for the person's work. */
export interface ErrorWords {
	title: string;
	text: string;
	saved: string;
	/** The way on, besides the front page and help. */
	way: 'none' | 'sign-in' | 'open-again' | 'try-again' | 'new-link' | 'other-code';
}

type Said = [title: () => string, text: () => string, way: ErrorWords['way'], saved?: () => string];

const byStatus: Readonly<Record<number, Said>> = {
	401: [m.error_sign_in_title, m.error_sign_in_text, 'sign-in'],
	403: [m.error_forbidden_title, m.error_forbidden_text, 'none'],
	404: [m.error_missing_title, m.error_missing_text, 'none'],
	409: [m.error_moved_on_title, m.error_moved_on_text, 'open-again'],
	413: [m.error_too_large_title, m.error_too_large_text, 'none', m.error_earlier_saved],
	422: [m.error_invalid_title, m.error_invalid_text, 'open-again'],
	429: [m.error_slow_down_title, m.error_slow_down_text, 'try-again'],
	503: [m.error_locked_title, m.error_locked_text, 'try-again', m.error_earlier_saved]
};

const byReason: Readonly<Record<NonNullable<App.Error['reason']>, Said>> = {
	'not-offered': [m.error_not_offered_title, m.error_not_offered_text, 'open-again'],
	'no-leader': [m.error_no_leader_title, m.error_no_leader_text, 'none'],
	'entry-over': [m.invitation_over_title, m.invitation_over, 'new-link', m.invitation_over_else],
	'certificate-unknown': [
		m.verify_unknown_title,
		m.verify_unknown_text,
		'other-code',
		m.verify_unknown_else
	],
	cpr: [m.held_title, m.held_text, 'none', m.held_saved],
	'counts-only': [m.error_counts_only_title, m.error_counts_only_text, 'none'],
	'moved-on': [m.error_moved_on_title, m.error_moved_on_text, 'open-again'],
	locked: [m.error_locked_title, m.error_locked_text, 'try-again', m.error_earlier_saved],
	unreachable: [m.error_locked_title, m.error_locked_text, 'try-again', m.error_earlier_saved],
	full: [m.error_full_title, m.error_full_text, 'try-again', m.error_earlier_saved],
	'not-writable': [
		m.error_not_writable_title,
		m.error_not_writable_text,
		'try-again',
		m.error_earlier_saved
	],
	damaged: [m.error_damaged_title, m.error_damaged_text, 'none', m.error_damaged_saved]
};

const unexpected: Said = [
	m.error_unexpected_title,
	m.error_unexpected_text,
	'try-again',
	m.error_earlier_saved
];
const other: Said = [m.error_other_title, m.error_other_text, 'open-again'];

/** Finds the words for an HTTP status, more exact ones where the kind of trouble is known. */
export function findErrorWords(status: number, reason: App.Error['reason']): ErrorWords {
	const said =
		(reason && byReason[reason]) ?? byStatus[status] ?? (status >= 500 ? unexpected : other);
	const [title, text, way, saved = m.error_saved] = said;
	return { title: title(), text: text(), way, saved: saved() };
}
