import type { Role } from '#lib/access/roles.ts';
import type { PersonFault } from '#lib/identity/person-form.ts';
import * as m from '#lib/ui/messages/messages.js';
import type { AbsenceFault } from '#lib/workplaces/absences.server.ts';
import type { WorkplaceFault } from '#lib/workplaces/change-workplace.server.ts';
import type { Duplicate } from '#lib/workplaces/duplicates.server.ts';
import type { LeavingFault } from '#lib/workplaces/leaving.server.ts';

/** What cannot be done as things stand. */
export type Refusal =
	'closed-above' | 'has-left' | 'into-itself' | 'last-administrator' | 'top' | 'works-nowhere';

/** Something that has just been done, as the address of the page says it. */
export const deeds = [
	'absence-noted',
	'absence-struck',
	'added',
	'back',
	'changed',
	'closed',
	'credited',
	'factors-reset',
	'invited',
	'left',
	'moved',
	'reopened',
	'role-given',
	'role-withdrawn',
	'waived',
	'waiver-ended'
] as const;

export type Deed = (typeof deeds)[number];

/** Whether a text names a deed. */
export function isDeed(text: string | null): text is Deed {
	return deeds.some((deed) => deed === text);
}

type Words<Key extends string> = Readonly<Record<Key, () => string>>;

const roleNames: Words<Role> = {
	staff: m.sign_in_role_staff,
	'contact-staff': m.sign_in_role_contact_staff,
	'key-staff': m.sign_in_role_key_staff,
	leader: m.sign_in_role_leader,
	'peer-supporter': m.sign_in_role_peer_supporter,
	editor: m.sign_in_role_editor,
	administrator: m.sign_in_role_administrator
};

const deedWords: Words<Deed> = {
	'absence-noted': m.people_done_absence_noted,
	'absence-struck': m.people_done_absence_struck,
	added: m.people_done_added,
	back: m.people_done_back,
	changed: m.people_done_changed,
	closed: m.admin_done_closed,
	credited: m.credit_done,
	'factors-reset': m.people_done_factors_reset,
	invited: m.people_done_invited,
	left: m.people_done_left,
	moved: m.people_done_moved,
	reopened: m.admin_done_reopened,
	'role-given': m.people_done_role_given,
	'role-withdrawn': m.people_done_role_withdrawn,
	waived: m.waive_done,
	'waiver-ended': m.waive_ended
};

const refusalWords: Words<Refusal> = {
	'closed-above': m.admin_refused_closed_above,
	'has-left': m.admin_refused_has_left,
	'into-itself': m.admin_refused_into_itself,
	'last-administrator': m.admin_refused_last_administrator,
	top: m.admin_refused_top,
	'works-nowhere': m.admin_refused_works_nowhere
};

const faultWords: Words<PersonFault | WorkplaceFault | AbsenceFault | LeavingFault> = {
	'name-missing': m.fault_name_missing,
	'too-long': m.fault_too_long,
	'email-shape': m.fault_email_shape,
	'username-shape': m.fault_username_shape,
	cpr: m.fault_cpr,
	'no-way-in': m.fault_no_way_in,
	'setting-unknown': m.fault_setting_unknown,
	'day-shape': m.fault_day_shape,
	'ends-before': m.fault_ends_before,
	'too-far': m.fault_too_far,
	'day-ahead': m.fault_day_ahead
};

/** A role in words, in the language of the page. */
export const roleName = (role: Role): string => roleNames[role]();

/** What has just been done. */
export const sayDeed = (deed: Deed): string => deedWords[deed]();

/** Why something cannot be done, and what to do first. */
export const sayRefusal = (refusal: Refusal): string => refusalWords[refusal]();

/** What to do about a field; nothing where it is in order. */
export function sayFault(fault: keyof typeof faultWords | null | undefined): string | undefined {
	return fault ? faultWords[fault]() : undefined;
}

/** What stands in the way where somebody is there already, beside the field it is about. */
export function sayDuplicate({ field, whose, name, hasLeft }: Duplicate): string {
	if (whose === 'reached') {
		const words = { name: name ?? '' };
		if (field === 'name') return m.duplicate_name(words);
		return hasLeft ? m.duplicate_left(words) : m.duplicate_reached(words);
	}
	if (field === 'username') return m.duplicate_username();
	return whose === 'colleague' ? m.duplicate_colleague() : m.duplicate_elsewhere();
}

/** From a day until another, or onward, as a line says it. */
export function sayDays(from: string, until: string | null): string {
	return until ? m.people_away_days({ from, until }) : m.people_away_from_on({ from });
}
