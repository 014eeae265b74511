import type { Permission, Role } from './roles.ts';

/** Roles that can be given: everybody who belongs to a workplace is `staff` there anyway. */
export const givenRoles = [
	'key-staff',
	'peer-supporter',
	'leader',
	'editor',
	'administrator'
] as const satisfies readonly Role[];

export type GivenRole = (typeof givenRoles)[number];

/** What one must be allowed to do in order to give or take this role. */
export function permissionToGive(role: Role): Permission {
	return role === 'key-staff' || role === 'peer-supporter' ? 'roles.name' : 'roles.grant';
}
