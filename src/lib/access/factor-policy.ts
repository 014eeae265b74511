import type { Actor } from './actor.ts';
import { givenRoles, type GivenRole } from './naming.ts';

/** Of whom an organisation demands a second factor. */
export interface FactorPolicy {
	roles: readonly GivenRole[];
	/** The last day on which those who have none yet may put it off; null where they may not. */
	until: string | null;
}

/** Who can see or change what concerns others: OWASP ASVS 5.0, 6.3.3. */
export const defaultFactorPolicy: FactorPolicy = {
	roles: ['leader', 'editor', 'administrator'],
	until: null
};

/** Roles that no organisation can excuse: what they may change reaches everybody. */
export const alwaysDemanded: readonly GivenRole[] = ['administrator'];

/** What is asked of somebody who has shown no second factor. */
export type Demand = 'none' | 'can-wait' | 'now';

/** True where some policy could demand something of this person at all. */
export function mayBeDemanded({ grants }: Actor): boolean {
	return grants.some(({ role }) => givenRoles.some((given) => given === role));
}

/** What a policy asks on a day of somebody with these roles. */
export function findDemand(
	{ grants }: Pick<Actor, 'grants'>,
	policy: FactorPolicy,
	today: string
): Demand {
	const isNamed = grants.some(({ role }) =>
		[...policy.roles, ...alwaysDemanded].some((named) => named === role)
	);
	if (!isNamed) return 'none';
	return policy.until !== null && today <= policy.until ? 'can-wait' : 'now';
}
