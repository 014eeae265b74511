/**
 * What no backup of the platform store carries along. Who is in a room and what they vote and suggest is
 * gone when the session ends, and must not live on in a copy; a session lets somebody in; a mail that
 * waits would be sent twice, once from here and once from where the copy is restored.
 */
export const leftOutOfBackups: readonly { table: string; where?: string }[] = [
	{ table: 'plenary_votes' },
	{ table: 'plenary_backings' },
	{ table: 'plenary_suggestions' },
	{ table: 'plenary_seats' },
	{ table: 'sessions' },
	{ table: 'jobs', where: "state = 'waiting' AND subscriber LIKE 'mail to %'" }
];
