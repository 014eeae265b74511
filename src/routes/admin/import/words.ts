import type { Role } from '#lib/access/roles.ts';
import * as m from '#lib/ui/messages/messages.js';
import type { ImportKind } from '#lib/workplaces/import-columns.ts';
import type { ImportState, KeptBecause, RowFilter } from '#lib/workplaces/import-preview.ts';
import type { Reason, ReasonCode } from '#lib/workplaces/import-reason.ts';

type Words<Key extends string> = Readonly<Record<Key, () => string>>;

const reasons: Readonly<Record<ReasonCode, (about: { text: string; line: number }) => string>> = {
	empty: () => m.import_reason_empty(),
	'no-columns': () => m.import_reason_no_columns(),
	'missing-column': ({ text }) =>
		text === 'key' ? m.import_reason_missing_key() : m.import_reason_missing_name(),
	'too-many-columns': () => m.import_reason_too_many_columns(),
	'too-many-lines': () => m.import_reason_too_many_lines(),
	'long-line': () => m.import_reason_long_line(),
	'broken-quote': () => m.import_reason_broken_quote(),
	'stray-quote': () => m.import_reason_stray_quote(),
	'extra-cells': () => m.import_reason_extra_cells(),
	unreadable: () => m.import_reason_unreadable(),
	control: () => m.import_reason_control(),
	cpr: () => m.import_reason_cpr(),
	'no-name': () => m.import_reason_no_name(),
	'bad-name': (about) => m.import_reason_bad_name(about),
	'bad-id': (about) => m.import_reason_bad_id(about),
	twice: (about) => m.import_reason_twice(about),
	'out-of-reach': () => m.import_reason_out_of_reach(),
	'no-key': () => m.import_reason_no_key(),
	'bad-email': (about) => m.import_reason_bad_email(about),
	'bad-username': (about) => m.import_reason_bad_username(about),
	'no-workplace': () => m.import_reason_no_workplace(),
	'unknown-workplace': (about) => m.import_reason_unknown_workplace(about),
	'ambiguous-workplace': (about) => m.import_reason_ambiguous_workplace(about),
	'unknown-role': (about) => m.import_reason_unknown_role(about),
	'role-administrator': () => m.import_reason_role_administrator(),
	'unknown-language': (about) => m.import_reason_unknown_language(about),
	'bad-date': (about) => m.import_reason_bad_date(about),
	'dates-reversed': () => m.import_reason_dates_reversed(),
	'not-yet': (about) => m.import_reason_not_yet(about),
	'several-people': () => m.import_reason_several_people(),
	taken: () => m.import_reason_taken(),
	administrator: () => m.import_reason_administrator(),
	'unknown-person': () => m.import_reason_unknown_person(),
	'unknown-parent': (about) => m.import_reason_unknown_parent(about),
	'ambiguous-parent': (about) => m.import_reason_ambiguous_workplace(about),
	cycle: () => m.import_reason_cycle(),
	'too-deep': () => m.import_reason_too_deep(),
	'unknown-setting': (about) => m.import_reason_unknown_setting(about),
	'bad-closed': (about) => m.import_reason_bad_closed(about),
	'no-top': () => m.import_reason_no_top(),
	'is-top': () => m.import_reason_is_top(),
	'in-use': () => m.import_reason_in_use(),
	'has-below': () => m.import_reason_has_below(),
	'same-name': () => m.import_reason_same_name()
};

/** Why a line is refused and what to do about it, in a sentence or two. */
export function reasonWords({ code, text = '', line = 0 }: Reason): string {
	return reasons[code]({ text, line });
}

const filters: Words<RowFilter> = {
	new: m.import_new,
	changed: m.import_changed,
	moved: m.import_moved,
	ended: m.import_ended,
	same: m.import_same,
	refused: m.import_refused,
	kept: m.import_kept
};

/** What becomes of a row, in a word. */
export const outcomeName = (outcome: RowFilter): string => filters[outcome]();

const keptWords: Words<KeptBecause> = {
	'changed-since': m.import_kept_changed_since,
	taken: m.import_kept_taken,
	'in-use': m.import_kept_in_use
};

/** Why a row was not taken back. */
export const keptName = (because: KeptBecause): string => keptWords[because]();

const kinds: Words<ImportKind> = {
	people: m.import_kind_people,
	workplaces: m.import_kind_workplaces
};

/** What a list holds. */
export const kindName = (kind: ImportKind): string => kinds[kind]();

const states: Words<ImportState> = {
	reading: m.import_state_reading,
	previewed: m.import_state_previewed,
	refused: m.import_state_refused,
	failed: m.import_state_failed,
	applied: m.import_state_applied,
	stale: m.import_state_stale,
	undone: m.import_state_undone
};

/** How far an import has come, in a word or two. */
export const stateName = (state: ImportState): string => states[state]();

const roleNames: Words<Role> = {
	staff: m.sign_in_role_staff,
	'contact-staff': m.sign_in_role_contact_staff,
	'key-staff': m.sign_in_role_key_staff,
	leader: m.sign_in_role_leader,
	'peer-supporter': m.sign_in_role_peer_supporter,
	editor: m.sign_in_role_editor,
	administrator: m.sign_in_role_administrator
};

/** A role in words, in the language of the page. */
export const roleName = (role: Role): string => roleNames[role]();
