/** What the log knows of, by name. */
export const auditEvents = [
	'sign-in',
	'sign-in.refused',
	'sign-out',
	'session.ended',
	'invitation.made',
	'letter.made',
	'reset.made',
	'entry.used',
	'password.set',
	'person.added',
	'person.changed',
	'person.moved',
	'person.left',
	'person.returned',
	'person.away',
	'person.erased',
	'record.read',
	'role.granted',
	'role.withdrawn',
	'workplace.added',
	'workplace.changed',
	'workplace.moved',
	'workplace.closed',
	'organisation.changed',
	'policy.decided',
	'import.applied',
	'import.undone',
	'data.exported',
	'access.refused'
] as const;

export type AuditEvent = (typeof auditEvents)[number];
