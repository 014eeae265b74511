import { createHash } from 'node:crypto';
import { and, asc, count, eq, gt, isNotNull, isNull, like, lt, lte, not, or } from 'drizzle-orm';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { addDays } from '#lib/time.ts';
import { longestDelay, retryDelay, maxAttempts } from './retry.ts';
import { jobs } from './tables.server.ts';
import type { Payload } from './tables.server.ts';

/** A job as its worker holds it, under a lease. */
export interface ClaimedJob {
	id: string;
	event: string;
	subscriber: string;
	payload: Payload;
	/** How many times it has been begun, this time included. */
	attempts: number;
}

const daysKept = { done: 7, dead: 30 };

/** The id of a piece of work, the same for the same parts, so that it can be there only once. */
export function jobId(...parts: readonly string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A payload as text, whatever the order in which its keys were written. */
export function canonical(payload: Payload): string {
	return JSON.stringify(Object.entries(payload).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Adds a job; one that is there already, also as done or dead, is left as it is. */
export async function insertJob(
	tx: Writer,
	job: { id: string; event: string; subscriber: string; payload: Payload; dueAt: Date }
): Promise<void> {
	await tx
		.insert(jobs)
		.values({ ...job, state: 'waiting', attempts: 0 })
		.onConflictDoNothing();
}

/** No lease is longer than this. */
const longestLease = 60 * 60_000;
const isOfSchedule = like(jobs.event, 'schedule:%');

/**
 * What may be begun. Where the clock was ahead and has been set right, jobs were put off, and leases
 * taken, until long after any that are put off or taken now; they do not wait for that.
 */
function isDue(now: Date) {
	const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
	return and(
		eq(jobs.state, 'waiting'),
		or(lte(jobs.dueAt, now), and(gt(jobs.dueAt, later(longestDelay)), not(isOfSchedule))),
		or(
			isNull(jobs.leasedUntil),
			lte(jobs.leasedUntil, now),
			gt(jobs.leasedUntil, later(longestLease))
		)
	);
}

/** How many jobs are due, have failed and wait, and are dead; and how many mails have not gone out. */
export async function countJobs(read: Reader, now: Date) {
	const countWhere = async (where: ReturnType<typeof and>) => {
		const [found] = await read.select({ jobs: count() }).from(jobs).where(where);
		return found?.jobs ?? 0;
	};
	const isWaiting = eq(jobs.state, 'waiting');
	return {
		waiting: await countWhere(isDue(now)),
		failed: await countWhere(and(isWaiting, isNotNull(jobs.fault))),
		dead: await countWhere(eq(jobs.state, 'dead')),
		mails: await countWhere(and(isWaiting, like(jobs.subscriber, 'mail to %')))
	};
}

/** True when some job is due; asked before the writer is bothered. */
export async function hasDueJob(read: Reader, now: Date): Promise<boolean> {
	const found = await read.select({ id: jobs.id }).from(jobs).where(isDue(now)).limit(1);
	return found.length > 0;
}

/**
 * Takes up to `limit` due jobs under a lease, the one longest due first. A job that has used up its
 * attempts without an answer (its worker died each time) is buried here instead.
 */
export async function claimJobs(
	tx: Writer,
	claim: { worker: string; now: Date; leasedUntil: Date; limit: number }
): Promise<ClaimedJob[]> {
	const due = await tx
		.select({
			id: jobs.id,
			event: jobs.event,
			subscriber: jobs.subscriber,
			payload: jobs.payload,
			attempts: jobs.attempts
		})
		.from(jobs)
		.where(isDue(claim.now))
		.orderBy(asc(jobs.dueAt), asc(jobs.id))
		.limit(claim.limit);
	const claimed: ClaimedJob[] = [];
	for (const job of due) {
		if (job.attempts >= maxAttempts) {
			await buryJob(tx, job.id, 'worker-lost', claim.now);
			continue;
		}
		const attempts = job.attempts + 1;
		await tx
			.update(jobs)
			.set({ attempts, leasedUntil: claim.leasedUntil, leasedBy: claim.worker })
			.where(eq(jobs.id, job.id));
		claimed.push({ ...job, attempts });
	}
	return claimed;
}

/** Records that a job is done, if its lease is still this worker's. */
export async function finishJob(
	tx: Writer,
	job: ClaimedJob,
	worker: string,
	now: Date
): Promise<void> {
	await tx
		.update(jobs)
		.set({ ...finished(now), state: 'done', fault: null })
		.where(and(eq(jobs.id, job.id), eq(jobs.leasedBy, worker)));
}

/** Records a failure: the job waits longer each time, and is dead after the last attempt. */
export async function failJob(
	tx: Writer,
	job: ClaimedJob,
	failure: { worker: string; now: Date; fault: string }
): Promise<'waiting' | 'dead'> {
	const [held] = await tx
		.select({ id: jobs.id })
		.from(jobs)
		.where(and(eq(jobs.id, job.id), eq(jobs.leasedBy, failure.worker)));
	if (held && job.attempts >= maxAttempts) {
		await buryJob(tx, job.id, failure.fault, failure.now);
		return 'dead';
	}
	if (held) {
		const dueAt = new Date(failure.now.getTime() + retryDelay(job.attempts));
		await tx
			.update(jobs)
			.set({ dueAt, leasedUntil: null, leasedBy: null, fault: failure.fault })
			.where(eq(jobs.id, job.id));
	}
	return 'waiting';
}

async function buryJob(tx: Writer, id: string, fault: string, now: Date): Promise<void> {
	await tx
		.update(jobs)
		.set({ ...finished(now), state: 'dead', fault })
		.where(eq(jobs.id, id));
}

/** A finished job keeps a day and no moment: what it was about may hold no more than a day either. */
function finished(now: Date) {
	const finishedOn = now.toISOString().slice(0, 10);
	return {
		finishedOn,
		dueAt: new Date(`${finishedOn}T00:00:00Z`),
		leasedUntil: null,
		leasedBy: null
	};
}

/** The dead-letter list, newest last. */
export async function listDeadJobs(read: Reader) {
	return read
		.select({
			id: jobs.id,
			event: jobs.event,
			subscriber: jobs.subscriber,
			fault: jobs.fault,
			finishedOn: jobs.finishedOn
		})
		.from(jobs)
		.where(eq(jobs.state, 'dead'))
		.orderBy(asc(jobs.dueAt), asc(jobs.id));
}

/** Gives a dead job all its attempts again, from now on. */
export async function reviveJob(tx: Writer, id: string, now: Date): Promise<void> {
	await tx
		.update(jobs)
		.set({ state: 'waiting', attempts: 0, dueAt: now, finishedOn: null })
		.where(and(eq(jobs.id, id), eq(jobs.state, 'dead')));
}

/** Deletes jobs that have been done for seven days or dead for thirty. */
export async function sweepJobs(tx: Writer, now: Date): Promise<void> {
	const today = now.toISOString().slice(0, 10);
	for (const state of ['done', 'dead'] as const) {
		await tx
			.delete(jobs)
			.where(and(eq(jobs.state, state), lt(jobs.finishedOn, addDays(today, -daysKept[state]))));
	}
}
