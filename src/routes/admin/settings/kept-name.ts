import type { RetentionClass } from '#lib/access/retention.ts';
import * as m from '#lib/ui/messages/messages.js';

const names: Readonly<Partial<Record<RetentionClass, () => string>>> = {
	privateAfterLeaving: m.settings_keep_private,
	completions: m.settings_keep_completions,
	absences: m.settings_keep_absences,
	imports: m.settings_keep_imports
};

/** A class of data in words that a choice of days follows. */
export function keptName(name: RetentionClass): string {
	return names[name]?.() ?? name;
}
