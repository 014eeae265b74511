import { Cron } from 'croner';
import type { Store, Writer } from '#lib/server/db/store.ts';
import { newPrivateId } from '#lib/id.ts';
import { describeError } from '#lib/server/log.server.ts';
import type { Log } from '#lib/server/log.server.ts';
import {
	canonical,
	claimJobs,
	failJob,
	finishJob,
	hasDueJob,
	insertJob,
	jobId,
	sweepJobs
} from './queue.server.ts';
import type { ClaimedJob } from './queue.server.ts';
import type { Payload } from './tables.server.ts';

export type { Payload } from './tables.server.ts';

/** What a handler may know of the job it works on. */
export interface Job {
	/** Stays the same over all attempts: use it to recognise an effect that was had already. */
	id: string;
	attempt: number;
	/** Aborted when the lease is about to end; what goes on after that may run twice at once. */
	signal: AbortSignal;
}

/** Something that follows from an event. It may run more than once, so its effect must bear that. */
export interface Handler<App> {
	event: string;
	subscriber: string;
	handle(app: App, payload: Payload, job: Job): Promise<unknown>;
}

/** Something that happens by the clock, once for all servers of an installation. */
export interface Schedule<App> {
	name: string;
	/** A cron pattern in Danish time, such as `0 3 * * *`. */
	pattern: string;
	/** `slot` is the moment the work was due, which may have passed long ago. */
	handle(app: App, slot: Date, job: Job): Promise<unknown>;
}

export interface JobOptions<App> {
	store: Store;
	now(): Date;
	log: Log;
	handlers: readonly Handler<App>[];
	schedules?: readonly Schedule<App>[];
	/** How long a worker may hold a job, in milliseconds (five minutes). */
	lease?: number;
	/** How many jobs a worker holds at a time (four). */
	lanes?: number;
	/** How often a worker looks for due work unasked, in milliseconds (five seconds). */
	pollEvery?: number;
}

export interface Jobs<App> {
	/**
	 * Writes one job for each subscriber of `event`, in the caller's transaction. The same event with
	 * the same payload is the same work and is there once, unless `key` tells two occasions apart.
	 */
	publish(tx: Writer, event: string, payload: Payload, options?: { key?: string }): Promise<void>;
	/** Writes the job of a schedule for one slot; a slot that is there already is left alone. */
	enqueueAt(tx: Writer, schedule: string, slot: Date): Promise<void>;
	/** Works off everything that is due now, also what that publishes; returns how many were begun. */
	runDue(app: App): Promise<number>;
	/** Starts the worker of this process. */
	start(app: App): void;
	/** Lets the worker finish what it has begun, and no more. */
	stop(): Promise<void>;
}

const sweep = { name: 'jobs.sweep', pattern: '17 3 * * *' };

/** The jobs of an installation: a table that publishers fill and workers empty. */
export function createJobs<App>(options: JobOptions<App>): Jobs<App> {
	const { store, now, log, lease = 5 * 60_000, lanes = 4, pollEvery = 5000 } = options;
	const worker = newPrivateId();
	const schedules: readonly Schedule<App>[] = [
		...(options.schedules ?? []),
		{ ...sweep, handle: () => store.write((tx) => sweepJobs(tx, now())) }
	];
	const clocks = schedules.map(({ name, pattern }) => ({
		name,
		cron: new Cron(pattern, { paused: true, timezone: 'Europe/Copenhagen' }),
		enqueued: 0
	}));
	const handlers = indexHandlers([...options.handlers, ...schedules.map(asHandler)]);
	const bell = createBell();
	let running: Promise<void> | undefined;
	let isStopping = false;

	async function publish(
		tx: Writer,
		event: string,
		payload: Payload,
		{ key = canonical(payload) }: { key?: string } = {}
	) {
		const dueAt = now();
		for (const handler of options.handlers) {
			if (handler.event !== event) continue;
			const { subscriber } = handler;
			await insertJob(tx, { id: jobId(event, key, subscriber), event, subscriber, payload, dueAt });
		}
		bell.ring();
	}

	async function enqueueAt(tx: Writer, schedule: string, slot: Date) {
		await insertJob(tx, {
			id: jobId('schedule', schedule, slot.toISOString()),
			event: eventOf(schedule),
			subscriber: schedule,
			payload: { slot: slot.toISOString() },
			dueAt: slot
		});
	}

	/** The next slot of each schedule lies in the table before it is due, so that none is missed. */
	async function enqueueSlots() {
		for (const clock of clocks) {
			const slot = clock.cron.nextRun(now());
			if (!slot || slot.getTime() === clock.enqueued) continue;
			await store.write((tx) => enqueueAt(tx, clock.name, slot));
			clock.enqueued = slot.getTime();
		}
	}

	async function runDue(app: App) {
		await enqueueSlots();
		let begun = 0;
		while (!isStopping && (await hasDueJob(store.read, now()))) {
			const at = now();
			const leasedUntil = new Date(at.getTime() + lease);
			const claimed = await store.write((tx) =>
				claimJobs(tx, { worker, now: at, leasedUntil, limit: lanes })
			);
			await Promise.all(claimed.map((job) => runJob(app, job)));
			begun += claimed.length;
		}
		return begun;
	}

	async function runJob(app: App, job: ClaimedJob) {
		const { event, subscriber, attempts } = job;
		try {
			await withinLease(lease, async (signal) => {
				const handler = handlers.get(handlerKey(event, subscriber));
				if (!handler) throw new UnknownSubscriber(`nobody called ${subscriber} handles ${event}`);
				await handler.handle(app, job.payload, { id: job.id, attempt: attempts, signal });
			});
			await store.write((tx) => finishJob(tx, job, worker, now()));
		} catch (error) {
			const fault = describeError(error);
			const state = await store.write((tx) =>
				failJob(tx, job, { worker, now: now(), fault: fault.code ?? fault.type })
			);
			log[state === 'dead' ? 'error' : 'warn'](
				{ err: error, event, subscriber, attempts, state },
				'a job failed'
			);
		}
	}

	async function work(app: App) {
		while (!isStopping) {
			try {
				await runDue(app);
			} catch (error) {
				log.error({ err: error }, 'jobs cannot be reached');
			}
			// Awaited here, so that the worker never runs inside a publisher's transaction.
			if (!isStopping) await bell.rings(pollEvery);
		}
	}

	return {
		publish,
		enqueueAt,
		runDue,
		start(app) {
			isStopping = false;
			running ??= work(app);
		},
		async stop() {
			isStopping = true;
			bell.ring();
			await running;
			running = undefined;
		}
	};
}

/** A job waits for somebody who is not in this version, or not yet. */
class UnknownSubscriber extends Error {
	override readonly name = 'UnknownSubscriber';
}

class LeaseEnded extends Error {
	override readonly name = 'LeaseEnded';
}

const eventOf = (schedule: string) => `schedule:${schedule}`;
const handlerKey = (event: string, subscriber: string) => `${event} ${subscriber}`;

function asHandler<App>(schedule: Schedule<App>): Handler<App> {
	return {
		event: eventOf(schedule.name),
		subscriber: schedule.name,
		handle: (app, payload, job) => schedule.handle(app, new Date(String(payload.slot)), job)
	};
}

function indexHandlers<App>(handlers: readonly Handler<App>[]): Map<string, Handler<App>> {
	const index = new Map(
		handlers.map((handler) => [handlerKey(handler.event, handler.subscriber), handler])
	);
	if (index.size < handlers.length) throw new Error('two handlers have one event and subscriber');
	return index;
}

/** Runs `work` until shortly before the lease ends; by then it has failed, and may be tried again. */
async function withinLease(lease: number, work: (signal: AbortSignal) => Promise<unknown>) {
	const ending = new AbortController();
	const { promise: ended, reject } = Promise.withResolvers<never>();
	const timer = setTimeout(() => {
		const reason = new LeaseEnded('the lease ended');
		ending.abort(reason);
		reject(reason);
	}, lease * 0.9);
	try {
		await Promise.race([work(ending.signal), ended]);
	} finally {
		clearTimeout(timer);
	}
}

/** Wakes one sleeper, at once when it was rung while nobody slept. */
function createBell() {
	let wake: (() => void) | undefined;
	let rang = false;
	return {
		ring() {
			rang = true;
			wake?.();
		},
		async rings(patience: number) {
			if (!rang) {
				await new Promise<void>((resolve) => {
					const timer = setTimeout(resolve, patience);
					wake = () => {
						clearTimeout(timer);
						resolve();
					};
				});
			}
			wake = undefined;
			rang = false;
		}
	};
}
