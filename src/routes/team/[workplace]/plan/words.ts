import type { Locale } from '#lib/content/localised.ts';
import * as m from '#lib/ui/messages/messages.js';
import type { EntryKind } from '#lib/workplaces/plan-entry.ts';

const names: Readonly<
	Record<EntryKind, (inputs: object, options?: { locale?: Locale }) => string>
> = {
	supervision: m.plan_supervision,
	meeting: m.plan_meeting,
	'theme-day': m.plan_theme_day,
	'follow-up': m.plan_follow_up,
	task: m.plan_task
};

/** What stands in the calendar, in words; in the language of the page unless another is asked for. */
export function entryKindName(kind: EntryKind, locale?: Locale): string {
	return names[kind]({}, locale && { locale });
}
