import type {
	HelperRole,
	PlanFault,
	SessionKind,
	SessionState
} from '#lib/plenary/session-plan.ts';
import * as m from '#lib/ui/messages/messages.js';

const states: Readonly<Record<SessionState, () => string>> = {
	planned: m.plenary_state_planned,
	open: m.plenary_state_open,
	ended: m.plenary_state_ended,
	cancelled: m.plenary_state_cancelled
};

const faults: Readonly<Record<PlanFault, () => string>> = {
	title: m.plenary_fault_title,
	place: m.plenary_fault_place,
	time: m.plenary_fault_time,
	minutes: m.plenary_fault_minutes,
	'run-sheet': m.plenary_fault_run_sheet,
	scenario: m.plenary_fault_scenario,
	modules: m.plenary_fault_modules,
	helpers: m.plenary_fault_helpers
};

const kinds: Readonly<Record<SessionKind, () => string>> = {
	'theme-day': m.plenary_kind_theme_day,
	exercise: m.plenary_kind_exercise,
	sparring: m.plenary_kind_sparring,
	'follow-up': m.plenary_kind_follow_up
};

export const kindName = (kind: SessionKind) => kinds[kind]();
export const stateName = (state: SessionState) => states[state]();
export const faultWords = (fault: PlanFault) => faults[fault]();
export const helperName = (role: HelperRole) =>
	role === 'observer' ? m.plenary_observer() : m.plenary_co_facilitator();
