import type { Permission, Role } from './roles.ts';

/** Roles that can be given: everybody who belongs to a workplace is `staff` there anyway. */
export const givenRoles = [
	'contact-staff',
	'key-staff',
	'peer-supporter',
	'leader',
	'editor',
	'administrator'
] as const satisfies readonly Role[];

export type GivenRole = (typeof givenRoles)[number];

/** Roles that a leader gives and takes among their own people. */
export const namedRoles = [
	'contact-staff',
	'key-staff',
	'peer-supporter'
] as const satisfies readonly GivenRole[];

/** What one must be allowed to do in order to give or take this role. */
export function permissionToGive(role: Role): Permission {
	return namedRoles.some((named) => named === role) ? 'roles.name' : 'roles.grant';
}
