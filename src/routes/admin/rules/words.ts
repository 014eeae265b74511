import { bounds, type RuleFault } from '#lib/completion/rule.ts';
import * as m from '#lib/ui/messages/messages.js';

const faults: Readonly<Record<RuleFault, { at: string; say: () => string }>> = {
	'due-days': { at: 'dueDays', say: () => m.settings_days_between(bounds.dueDays) },
	'grace-days': { at: 'graceDays', say: () => m.settings_days_between(bounds.graceDays) },
	months: { at: 'months', say: () => m.rules_fault_months(bounds.months) },
	'window-day': { at: 'months', say: m.rules_fault_window },
	'no-refresher': { at: 'by', say: m.rules_fault_refresher },
	'rule-there': { at: 'course', say: m.rules_fault_there }
};

/** What to do about a field of a rule; nothing where it is in order. */
export function faultAt(
	name: 'course' | 'dueDays' | 'graceDays' | 'months' | 'by',
	fault: RuleFault | undefined
): string | undefined {
	return fault && faults[fault].at === name ? faults[fault].say() : undefined;
}
