import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeStores, type Stores } from '#lib/server/db/stores.server.ts';
import type { Store } from '#lib/server/db/store.ts';
import { createJobs } from '#lib/server/jobs/jobs.server.ts';
import type { Handler, JobOptions, Payload } from '#lib/server/jobs/jobs.server.ts';
import { listDeadJobs, reviveJob } from '#lib/server/jobs/queue.server.ts';
import { maxAttempts, retryDelay } from '#lib/server/jobs/retry.ts';
import { jobs as rows } from '#lib/server/jobs/tables.server.ts';
import { createLog } from '#lib/server/log.server.ts';
import { openTestStores } from '#tests/support/stores.ts';

/** What handlers are given here: a place to leave their effects. */
interface World {
	effects: string[];
}

const begin = new Date('2026-03-14T12:00:00Z');
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let folder: string;
let stores: Stores;
let store: Store;
let world: World;
let clock: Date;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'holdepunkt-jobs-'));
	stores = openTestStores(folder);
	store = stores.platform;
	world = { effects: [] };
	clock = begin;
});

/** Lets go what workers that died are still at, so that nothing of it outlasts the test. */
const lettingGo: (() => Promise<unknown>)[] = [];

afterEach(async () => {
	for (const letGo of lettingGo.splice(0)) await letGo();
	await closeStores(stores);
	rmSync(folder, { recursive: true, force: true });
});

function pass(milliseconds: number) {
	clock = new Date(clock.getTime() + milliseconds);
}

function handler(
	subscriber: string,
	handle: Handler<World>['handle'] = async (app, payload) => {
		app.effects.push(`${subscriber} ${payload.invitation}`);
	},
	event = 'person.invited'
): Handler<World> {
	return { event, subscriber, handle };
}

function server(
	handlers: readonly Handler<World>[],
	options: Partial<Omit<JobOptions<World>, 'handlers'>> = {}
) {
	return createJobs<World>({
		store,
		now: () => clock,
		log: createLog('silent'),
		handlers,
		...options
	});
}

const invited: Payload = { invitation: 'i1' };

async function publish(jobs: ReturnType<typeof server>, payload = invited, key?: string) {
	await store.write((tx) => jobs.publish(tx, 'person.invited', payload, key ? { key } : {}));
}

async function events() {
	const all = await store.read.select({ event: rows.event, state: rows.state }).from(rows);
	return all.filter(({ event }) => !event.startsWith('schedule:'));
}

describe('an event', () => {
	test('is handled once by each of its subscribers and by nobody else', async () => {
		const jobs = server([
			handler('mail'),
			handler('audit'),
			handler('other', undefined, 'person.left')
		]);
		await publish(jobs);
		expect(await jobs.runDue(world)).toBe(2);
		expect(world.effects.sort()).toEqual(['audit i1', 'mail i1']);
		expect(await jobs.runDue(world)).toBe(0);
	});

	test('whose transaction fails was never published', async () => {
		const jobs = server([handler('mail')]);
		const failing = store.write(async (tx) => {
			await jobs.publish(tx, 'person.invited', invited);
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		expect(await events()).toEqual([]);
	});

	test('published twice is the same work, whatever the order of its ids', async () => {
		const jobs = server([handler('mail')]);
		await publish(jobs, { invitation: 'i1', person: 'p1' });
		await publish(jobs, { person: 'p1', invitation: 'i1' });
		expect(await events()).toHaveLength(1);
	});

	test('published again after it was handled is not handled again', async () => {
		const jobs = server([handler('mail')]);
		await publish(jobs);
		await jobs.runDue(world);
		await publish(jobs);
		await jobs.runDue(world);
		expect(world.effects).toEqual(['mail i1']);
	});

	test('is another occasion under another key', async () => {
		const jobs = server([handler('mail')]);
		await publish(jobs, invited, 'first reminder');
		await publish(jobs, invited, 'second reminder');
		expect(await jobs.runDue(world)).toBe(2);
	});

	test('that a handler publishes is handled in the same run', async () => {
		const jobs: ReturnType<typeof server> = server([
			handler('mail', async () => {
				await store.write((tx) => jobs.publish(tx, 'mail.sent', { invitation: 'i1' }));
			}),
			handler('count', undefined, 'mail.sent')
		]);
		await publish(jobs);
		expect(await jobs.runDue(world)).toBe(2);
		expect(world.effects).toEqual(['count i1']);
	});
});

describe('a job that fails', () => {
	const failing = () =>
		handler('mail', async (app) => {
			app.effects.push('tried');
			throw Object.assign(new Error('kim@example.org is unknown'), { code: 'EENVELOPE' });
		});

	test('is tried again later, and later still each time', async () => {
		const jobs = server([failing()]);
		await publish(jobs);
		for (const attempt of [1, 2, 3]) {
			expect(await jobs.runDue(world)).toBe(1);
			pass(retryDelay(attempt) - 1);
			expect(await jobs.runDue(world)).toBe(0);
			pass(1);
		}
		expect(retryDelay(3)).toBe(4 * retryDelay(1));
		expect(retryDelay(50)).toBe(6 * hour);
	});

	test('is dead after the last attempt, and listed by the kind of its failure alone', async () => {
		const jobs = server([failing()]);
		await publish(jobs);
		for (let attempt = 1; attempt <= maxAttempts; attempt++) {
			await jobs.runDue(world);
			pass(6 * hour);
		}
		expect(await jobs.runDue(world)).toBe(0);
		expect(world.effects).toHaveLength(maxAttempts);
		expect(await listDeadJobs(store.read)).toMatchObject([
			{ event: 'person.invited', subscriber: 'mail', fault: 'EENVELOPE' }
		]);
		expect(JSON.stringify(await store.read.select().from(rows))).not.toContain('kim@');
	});

	test('can be given its attempts again when the cause is gone', async () => {
		let isBroken = true;
		const jobs = server([
			handler('mail', async (app) => {
				if (isBroken) throw new Error('no');
				app.effects.push('sent');
			})
		]);
		await publish(jobs);
		for (let attempt = 1; attempt <= maxAttempts; attempt++) {
			await jobs.runDue(world);
			pass(6 * hour);
		}
		isBroken = false;
		const [dead] = await listDeadJobs(store.read);
		await store.write((tx) => reviveJob(tx, dead!.id, clock));
		await jobs.runDue(world);
		expect(world.effects).toEqual(['sent']);
	});

	test('does not hold up the others', async () => {
		const jobs = server([failing(), handler('audit')], { lanes: 1 });
		await publish(jobs);
		await jobs.runDue(world);
		expect(world.effects.sort()).toEqual(['audit i1', 'tried']);
	});

	test('for want of a handler waits for a version that has one', async () => {
		const old = server([handler('mail')]);
		await publish(old);
		await server([]).runDue(world);
		pass(retryDelay(1));
		await old.runDue(world);
		expect(world.effects).toEqual(['mail i1']);
	});
});

describe('a worker', () => {
	/** A server that dies in the middle of its job: the effect is had, the answer never given. */
	async function dieAtWork() {
		const begun = Promise.withResolvers<void>();
		const end = Promise.withResolvers<void>();
		const dying = server([
			handler('mail', () => {
				begun.resolve();
				return end.promise;
			})
		]);
		await publish(dying);
		const ran = dying.runDue(world);
		lettingGo.push(() => {
			end.resolve();
			return ran;
		});
		await begun.promise;
	}

	test('that dies leaves its job to another when the lease ends, and not before', async () => {
		await dieAtWork();
		const other = server([handler('mail')]);
		pass(5 * minute - 1);
		expect(await other.runDue(world)).toBe(0);
		pass(1);
		expect(await other.runDue(world)).toBe(1);
		expect(world.effects).toEqual(['mail i1']);
		expect(await events()).toEqual([{ event: 'person.invited', state: 'done' }]);
	});

	test('whose lease has passed to another cannot end the job any more', async () => {
		const slow = Promise.withResolvers<void>();
		const begun = Promise.withResolvers<void>();
		const late = server([
			handler('mail', () => {
				begun.resolve();
				return slow.promise;
			})
		]);
		await publish(late);
		const ran = late.runDue(world);
		await begun.promise;
		pass(5 * minute);
		const failing = server([handler('mail', () => Promise.reject(new Error('no')))]);
		await failing.runDue(world);
		slow.resolve();
		await ran;
		expect(await events()).toEqual([{ event: 'person.invited', state: 'waiting' }]);
	});

	test('that dies of the same job every time buries it in the end', async () => {
		await dieAtWork();
		for (let attempt = 2; attempt <= maxAttempts; attempt++) {
			pass(5 * minute);
			await dieAtWork();
		}
		pass(5 * minute);
		expect(await server([handler('mail')]).runDue(world)).toBe(0);
		expect(await listDeadJobs(store.read)).toMatchObject([{ fault: 'worker-lost' }]);
	});

	test('takes a job only once, also beside a second worker', async () => {
		const [one, two] = [server([handler('mail')]), server([handler('mail')])];
		for (const invitation of ['i1', 'i2', 'i3', 'i4', 'i5', 'i6'])
			await publish(one, { invitation });
		const begun = await Promise.all([one.runDue(world), two.runDue(world)]);
		expect(begun[0] + begun[1]).toBe(6);
		expect(new Set(world.effects).size).toBe(6);
	});

	test('wakes when something is published, without waiting for its next look', async () => {
		const handled = Promise.withResolvers<void>();
		const jobs = server([handler('mail', async () => handled.resolve())], { pollEvery: hour });
		jobs.start(world);
		await publish(jobs);
		await handled.promise;
		await jobs.stop();
		expect(await events()).toEqual([{ event: 'person.invited', state: 'done' }]);
	});

	test('woken by a publisher writes outside of the publisher’s transaction', async () => {
		const written = Promise.withResolvers<void>();
		const jobs = server(
			[
				handler('mail', () =>
					store.write(async () => undefined).then(written.resolve, written.reject)
				)
			],
			{ pollEvery: hour }
		);
		jobs.start(world);
		await publish(jobs);
		await expect(written.promise).resolves.toBeUndefined();
		await jobs.stop();
	});

	test('that is stopped finishes its job first', async () => {
		const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
		const jobs = server([
			handler('mail', async (app) => {
				begun.resolve();
				await end.promise;
				app.effects.push('sent');
			})
		]);
		jobs.start(world);
		await publish(jobs);
		await begun.promise;
		const stopped = jobs.stop();
		end.resolve();
		await stopped;
		expect(world.effects).toEqual(['sent']);
	});
});

describe('scheduled work', () => {
	const nightly = {
		name: 'digest',
		pattern: '0 3 * * *',
		handle: async (app: World, slot: Date) => void app.effects.push(slot.toISOString())
	};

	test('is done once for its slot, however many servers there are', async () => {
		const servers = [server([], { schedules: [nightly] }), server([], { schedules: [nightly] })];
		for (const each of servers) await each.runDue(world);
		expect(world.effects).toEqual([]);
		pass(day);
		await Promise.all(servers.map((each) => each.runDue(world)));
		expect(world.effects).toEqual(['2026-03-15T02:00:00.000Z']);
	});

	test('keeps to the Danish clock when summer time begins', async () => {
		const jobs = server([], { schedules: [nightly] });
		clock = new Date('2026-03-29T00:00:00Z');
		await jobs.runDue(world);
		pass(12 * hour);
		await jobs.runDue(world);
		expect(world.effects).toEqual(['2026-03-29T01:00:00.000Z']);
	});

	test('missed while every server was down is made up for once', async () => {
		await server([], { schedules: [nightly] }).runDue(world);
		pass(5 * day);
		await server([], { schedules: [nightly] }).runDue(world);
		expect(world.effects).toEqual(['2026-03-15T02:00:00.000Z']);
	});
});

describe('what is kept', () => {
	test('of a finished job is a day and no moment', async () => {
		const jobs = server([handler('mail')]);
		await publish(jobs);
		await jobs.runDue(world);
		const [row] = await store.read.select().from(rows).where(eq(rows.event, 'person.invited'));
		expect(row).toMatchObject({
			dueAt: new Date('2026-03-14T00:00:00Z'),
			finishedOn: '2026-03-14',
			leasedUntil: null,
			leasedBy: null
		});
	});

	test('is done work for seven days and dead work for thirty', async () => {
		const jobs = server([handler('mail'), handler('never', () => Promise.reject(new Error('no')))]);
		await publish(jobs);
		for (let attempt = 1; attempt <= maxAttempts; attempt++) {
			await jobs.runDue(world);
			pass(retryDelay(attempt));
		}
		const left = async () => (await events()).map(({ state }) => state);
		expect((await left()).sort()).toEqual(['dead', 'done']);
		pass(8 * day);
		await jobs.runDue(world);
		expect(await left()).toEqual(['dead']);
		pass(24 * day);
		await jobs.runDue(world);
		expect(await left()).toEqual([]);
	});
});

test('two handlers of one subscriber for one event are refused at start', () => {
	expect(() => server([handler('mail'), handler('mail')])).toThrow('two handlers');
});
