import type { Locale } from '#lib/content/localised.ts';
import * as m from '#lib/ui/messages/messages.js';
import type { DataClassName } from '../data-classes.ts';

type Say = (inputs?: Record<string, never>, options?: { locale?: Locale }) => string;

const names: Readonly<Record<DataClassName, Say>> = {
	record: m.data_class_record,
	ways: m.data_class_ways,
	sessions: m.data_class_sessions,
	entries: m.data_class_entries,
	completed: m.data_class_completed,
	asked: m.data_class_asked,
	absences: m.data_class_absences,
	reminders: m.data_class_reminders,
	imports: m.data_class_imports,
	houseSessions: m.data_class_house_sessions,
	room: m.data_class_room,
	agreements: m.data_class_agreements,
	house: m.data_class_house,
	figures: m.data_class_figures,
	drafts: m.data_class_drafts,
	publications: m.data_class_publications,
	log: m.data_class_log,
	jobs: m.data_class_jobs,
	attempts: m.data_class_attempts,
	reflections: m.data_class_reflections,
	keys: m.data_class_keys
};

/** A class of data in words; in the language of the page unless another is asked for. */
export function writeClassName(name: DataClassName, locale?: Locale): string {
	return names[name]({}, locale ? { locale } : {});
}
