import type { State } from '#lib/completion/state.ts';
import * as m from '#lib/ui/messages/messages.js';

const names: Readonly<Record<State, () => string>> = {
	away: m.team_away,
	waived: m.team_waived,
	lapsed: m.team_lapsed,
	overdue: m.team_overdue,
	'due-soon': m.team_due_soon,
	completed: m.team_completed,
	'in-progress': m.team_in_progress,
	'not-started': m.team_not_started
};

/**
 * A state in words, in the language of the page. Where only what was completed since a day is known,
 * nobody can be said not to have begun.
 */
export function stateName(state: State, since: unknown = null): string {
	if (state === 'not-started' && since !== null) return m.team_nothing_since();
	return names[state]();
}
