import { day, index, instant, integer, json, table, text } from '#lib/server/db/dialect.ts';

/** What a job is told: ids and plain values, never words about a person. */
export type Payload = Readonly<Record<string, string | number | boolean | null>>;

export type JobState = 'waiting' | 'done' | 'dead';

/**
 * Work that follows from something that happened, one row per subscriber. A row under a lease is
 * still `waiting`: if its worker dies, it is due again when the lease ends.
 */
export const jobs = table(
	'jobs',
	{
		/** Follows from what is to be done (see `jobId`), so that the same work is there once. */
		id: text().primaryKey(),
		event: text().notNull(),
		subscriber: text().notNull(),
		payload: json().$type<Payload>().notNull(),
		state: text().$type<JobState>().notNull(),
		attempts: integer().notNull(),
		/** When it may run next. Once finished only the day is left, so that it tells no moment. */
		dueAt: instant().notNull(),
		leasedUntil: instant(),
		leasedBy: text(),
		finishedOn: day(),
		/** The kind of the last failure, never its message, which may name somebody. */
		fault: text()
	},
	(job) => [index('jobs_due').on(job.state, job.dueAt)]
);
