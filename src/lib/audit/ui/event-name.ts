import type { AuditEvent } from '../events.ts';
import * as m from '#lib/ui/messages/messages.js';

const names: Readonly<Record<AuditEvent, () => string>> = {
	'sign-in': m.event_sign_in,
	'sign-in.refused': m.event_sign_in_refused,
	'sign-out': m.event_sign_out,
	'session.ended': m.event_session_ended,
	'invitation.made': m.event_invitation_made,
	'letter.made': m.event_letter_made,
	'reset.made': m.event_reset_made,
	'entry.used': m.event_entry_used,
	'password.set': m.event_password_set,
	'person.added': m.event_person_added,
	'person.changed': m.event_person_changed,
	'person.moved': m.event_person_moved,
	'person.left': m.event_person_left,
	'person.returned': m.event_person_returned,
	'person.away': m.event_person_away,
	'person.erased': m.event_person_erased,
	'record.read': m.event_record_read,
	'role.granted': m.event_role_granted,
	'role.withdrawn': m.event_role_withdrawn,
	'workplace.added': m.event_workplace_added,
	'workplace.changed': m.event_workplace_changed,
	'workplace.moved': m.event_workplace_moved,
	'workplace.closed': m.event_workplace_closed,
	'organisation.changed': m.event_organisation_changed,
	'policy.decided': m.event_policy_decided,
	'rule.made': m.event_rule_made,
	'rule.ended': m.event_rule_ended,
	'person.waived': m.event_person_waived,
	'person.credited': m.event_person_credited,
	'import.applied': m.event_import_applied,
	'import.undone': m.event_import_undone,
	'certificate.issued': m.event_certificate_issued,
	'certificate.shown': m.event_certificate_shown,
	'certificate.withdrawn': m.event_certificate_withdrawn,
	'reminder.sent': m.event_reminder_sent,
	'calendar.made': m.event_calendar_made,
	'calendar.stopped': m.event_calendar_stopped,
	'snapshot.made': m.event_snapshot_made,
	'plenary.planned': m.event_plenary_planned,
	'plenary.cancelled': m.event_plenary_cancelled,
	'plenary.invited': m.event_plenary_invited,
	'plenary.held': m.event_plenary_held,
	'plenary.codes-printed': m.event_plenary_codes_printed,
	'agreements.changed': m.event_agreements_changed,
	'data.exported': m.event_data_exported,
	'access.refused': m.event_access_refused
};

/** What happened, in words; what another version of the platform wrote stays as it is. */
export function eventName(event: string): string {
	return Object.hasOwn(names, event) ? names[event as AuditEvent]() : event;
}
