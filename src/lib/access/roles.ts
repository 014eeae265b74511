/**
 * What a person can be at a workplace. Everybody who belongs to one is `staff` there; `contact-staff`,
 * who meet service users every day, are told apart for what they are asked to learn, and may no more.
 */
export const roles = [
	'staff',
	'contact-staff',
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
	| 'plan.write'
	/** Find the people of a workplace, with what is needed to reach them. */
	| 'people.read'
	/** Add somebody to a workplace, invite them and print their letter; note that they are away or gone. */
	| 'people.add'
	/** Change who somebody is and where they work. */
	| 'people.manage'
	/** Name contact staff, key staff and peer supporters. */
	| 'roles.name'
	/** Give and take every role. */
	| 'roles.grant'
	/** Decide that somebody need not take a course, or that earlier training counts as it. */
	| 'learning.excuse'
	/** Decide who is asked to take which course. */
	| 'rules.manage'
	/** Change the tree of workplaces. */
	| 'workplaces.manage'
	/** Bring whole lists, and take them back. */
	| 'people.import'
	/** Decide for the organisation: languages, times of keeping, what leaders see. */
	| 'organisation.manage'
	/** Read who did what. */
	| 'audit.read'
	/** Write scenarios together with others. */
	| 'scenarios.write'
	/** Offer somebody a key to reviews, publish what both keys have approved, and retire it. */
	| 'scenarios.publish'
	/** Plan and lead the house's sessions, and keep its agreements. */
	| 'plenary.lead';

/** The one table of rights; a role that is not named may not. */
export const rolesThatMay: Readonly<Record<Permission, readonly Role[]>> = {
	'team.read': ['leader'],
	'plan.read': ['leader', 'key-staff'],
	'plan.write': ['leader', 'key-staff'],
	'people.read': ['leader', 'administrator'],
	'people.add': ['leader', 'administrator'],
	'people.manage': ['administrator'],
	'roles.name': ['leader', 'administrator'],
	'roles.grant': ['administrator'],
	'learning.excuse': ['leader', 'administrator'],
	'rules.manage': ['administrator'],
	'workplaces.manage': ['administrator'],
	'people.import': ['administrator'],
	'organisation.manage': ['administrator'],
	'audit.read': ['administrator'],
	'scenarios.write': ['peer-supporter', 'key-staff', 'editor'],
	'scenarios.publish': ['editor'],
	'plenary.lead': ['key-staff']
};
