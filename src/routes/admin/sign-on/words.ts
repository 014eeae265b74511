import type { ProviderFault, RuleFault } from '#lib/identity/provider-form.ts';
import type { ProviderRule } from '#lib/identity/provider-rule.ts';
import * as m from '#lib/ui/messages/messages.js';
import { roleName } from '../words.ts';

const faultWords: Readonly<Record<ProviderFault | RuleFault, () => string>> = {
	missing: m.sign_on_fault_missing,
	'too-long': m.fault_too_long,
	'no-address': m.sign_on_fault_address,
	'no-claim': m.sign_on_fault_claim,
	'one-step': m.sign_on_fault_factor,
	taken: m.sign_on_fault_taken
};

/** What to do about a field; nothing where it is in order. */
export function sayFieldFault(fault: ProviderFault | RuleFault | undefined): string | undefined {
	return fault && faultWords[fault]();
}

/** What a rule does, as somebody would say it. */
export function sayRule(
	{ claim, value, role }: Pick<ProviderRule, 'claim' | 'value' | 'role'>,
	workplace: string | null
): string {
	if (workplace === null) return m.sign_on_rule_gone({ claim, value });
	return role === null
		? m.sign_on_rule_staff({ claim, value, workplace })
		: m.sign_on_rule_role({ claim, value, workplace, role: roleName(role) });
}
