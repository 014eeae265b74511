import type { Course } from '#lib/content/course.ts';
import type { Locale } from '#lib/content/localised.ts';
import * as m from '#lib/ui/messages/messages.js';
import type { Viewing } from '#lib/workplaces/view-policy.ts';
import { writeDay } from '#lib/time.ts';

/** A mail in words. */
export interface Words {
	subject: string;
	text: string;
}

/** What a reminder of a course says of the course and of who gets it. */
export interface CourseReminder {
	locale: Locale;
	/** To whom it is written. */
	name: string;
	course: Course;
	/** Whether the short refresher is asked for. */
	isRefresher: boolean;
	/** Null where there is no date. */
	dueOn: string | null;
	/** What the leader sees of staff. */
	shows: Viewing;
	/** Where it goes on. */
	link: string;
	/** Where reminders are stopped. */
	stop: string;
}

/** By what a reminder of a course comes: the date, or a leader. */
export type Cause =
	| { kind: 'due' | 'late' | 'refresher' }
	/** A leader who sends it, and to all of which workplace, if to all. */
	| { kind: 'by-hand'; leader: string }
	| { kind: 'to-all'; leader: string; workplace: string };

/** The text of a reminder of a course: the same for a preview as for the mail. */
export function writeCourseReminder(cause: Cause, about: CourseReminder): Words {
	const { locale, name, course, shows, link, stop } = about;
	const seen = shows === 'names' ? m.mail_reminder_seen : m.mail_reminder_seen_counts;
	const core = writeCore(cause, about);
	return {
		subject: writeSubject(cause, about),
		text: m.mail_reminder_text(
			{ name, core, time: writeTime(about), link, seen: seen({}, { locale }), stop },
			{ locale }
		)
	};

	function writeTime({ isRefresher }: CourseReminder): string {
		if (isRefresher)
			return m.mail_reminder_refresher_minutes(
				{ minutes: course.refresher?.minutes ?? 10 },
				{ locale }
			);
		return m.mail_reminder_module_minutes({ minutes: averageMinutes(course) }, { locale });
	}
}

function averageMinutes({ modules }: Course): number {
	const whole = modules.reduce((sum, { minutes }) => sum + minutes, 0);
	return Math.max(5, Math.round(whole / Math.max(1, modules.length)));
}

function writeSubject({ kind }: Cause, { locale, course, dueOn, isRefresher }: CourseReminder) {
	const title = course.title[locale];
	if (kind === 'refresher') return m.mail_reminder_subject_refresher({ title }, { locale });
	if (kind === 'due' && dueOn) {
		const day = writeDay(dueOn, locale);
		const subject = isRefresher ? m.mail_reminder_subject_due_again : m.mail_reminder_subject_due;
		return subject({ title, day }, { locale });
	}
	return m.mail_reminder_subject({ title }, { locale });
}

function writeCore(cause: Cause, { locale, course, dueOn, isRefresher }: CourseReminder): string {
	const title = course.title[locale];
	const day = dueOn ? writeDay(dueOn, locale) : '';
	const options = { locale };
	switch (cause.kind) {
		case 'due':
			return isRefresher
				? m.mail_reminder_due_again({ title, day }, options)
				: m.mail_reminder_due({ title, day }, options);
		case 'late':
			return isRefresher
				? m.mail_reminder_late_again({ title, day }, options)
				: m.mail_reminder_late({ title, day }, options);
		case 'refresher':
			return m.mail_reminder_refresher({ title, day }, options);
		case 'to-all':
			return m.mail_reminder_to_all(
				{ leader: cause.leader, workplace: cause.workplace, title },
				options
			);
		case 'by-hand':
			return dueOn
				? m.mail_reminder_by_hand_due({ leader: cause.leader, title, day }, options)
				: m.mail_reminder_by_hand({ leader: cause.leader, title }, options);
	}
}

/** Somebody with a due date, as a digest names them. */
export interface DueLine {
	name: string;
	title: string;
	dueOn: string;
}

/** How many names a digest holds; the page holds them all. */
const longest = 20;

/** What a leader is told once a week. */
export function writeDigest(
	lines: readonly DueLine[],
	to: { locale: Locale; name: string; link: string; stop: string }
): Words {
	const { locale, name, link, stop } = to;
	const shown = lines
		.slice(0, longest)
		.map(({ dueOn, ...line }) =>
			m.mail_digest_line({ ...line, day: writeDay(dueOn, locale) }, { locale })
		);
	const more = lines.length - shown.length;
	if (more > 0) shown.push(m.mail_digest_more({ count: more }, { locale }));
	return {
		subject: m.mail_digest_subject({}, { locale }),
		text: m.mail_digest_text({ name, list: shown.join('\n'), link, stop }, { locale })
	};
}

/** What a leader is told some months after the house has learnt. */
export function writeFollowUp(
	about: { workplace: string; title: string },
	to: { locale: Locale; name: string; link: string; stop: string }
): Words {
	const { locale, ...rest } = to;
	return {
		subject: m.mail_follow_up_subject(about, { locale }),
		text: m.mail_follow_up_text({ ...about, ...rest }, { locale })
	};
}
