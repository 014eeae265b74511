import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';
import { listOwnReminders, type OwnReminder } from '#lib/notifications/own-reminders.server.ts';
import { writeDay } from '#lib/time.ts';
import * as m from '#lib/ui/messages/messages.js';

/** What one was reminded of lately, for one's own pages: that it was sent, and nothing of dates. */
export async function describeNotes(app: App, actor: Actor, locale: Locale) {
	const found = await listOwnReminders(app.db.read, actor.person, app.now());
	return found.flatMap((reminder) => {
		const told = tell(app, reminder, locale);
		return told ? [{ id: reminder.id, ...told }] : [];
	});
}

function tell(app: App, { kind, course, workplace, on }: OwnReminder, locale: Locale) {
	const day = writeDay(on, locale);
	if (kind === 'digest') return { text: m.reminder_note_digest({ day }), href: '/team' };
	const title = course && app.library.catalogue.course(course)?.title[locale];
	if (!title) return null;
	if (kind === 'follow-up')
		return { text: m.reminder_note_follow_up({ title }), href: `/team/${workplace}/plan` };
	return { text: m.reminder_note({ day, title }), href: `/learn/${course}` };
}
