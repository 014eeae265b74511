/** What a person can be at a workplace. Everybody who belongs to one is `staff` there. */
export const roles = [
	'staff',
	'key-staff',
	'leader',
	'peer-supporter',
	'editor',
	'administrator'
] as const;

export type Role = (typeof roles)[number];

/** What one may be allowed to do. Learning needs no permission: it is every signed-in person's own. */
export type Permission =
	/** See who at a workplace has finished what: never what they chose or wrote. */
	| 'team.read'
	/** Read what a workplace has written in the forms of its tasks. */
	| 'plan.read'
	/** Write in them. */
	| 'plan.write';

/** The one table of rights; a role that is not named may not. */
export const rolesThatMay: Readonly<Record<Permission, readonly Role[]>> = {
	'team.read': ['leader'],
	'plan.read': ['leader', 'key-staff'],
	'plan.write': ['leader', 'key-staff']
};
