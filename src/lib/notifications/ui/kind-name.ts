import * as m from '#lib/ui/messages/messages.js';
import type { Outcome, ReminderKind } from '../reminder.ts';

const kinds: Readonly<Record<ReminderKind, () => string>> = {
	due: m.reminder_due,
	late: m.reminder_late,
	refresher: m.reminder_refresher,
	digest: m.reminder_digest,
	'follow-up': m.reminder_follow_up,
	'by-hand': m.reminder_by_hand,
	'to-all': m.reminder_to_all
};

/** What a reminder was about, in words. */
export const kindName = (kind: ReminderKind): string => kinds[kind]();

const outcomes: Readonly<Record<Outcome, () => string>> = {
	waiting: m.reminder_waiting,
	sending: m.reminder_sending,
	sent: m.reminder_sent,
	failed: m.reminder_failed,
	unknown: m.reminder_unknown,
	'in-app': m.reminder_in_app,
	dropped: m.reminder_dropped
};

/** What has become of a reminder, in words. */
export const outcomeName = (outcome: Outcome): string => outcomes[outcome]();
