import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { networkOf } from './network.ts';
import { createQuota, createSignInLimiter } from './rate-limit.server.ts';
import type { SignInAttempt, SignInLimiter } from './rate-limit.server.ts';

// The limiter's library reads the clock of the machine.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const kim: SignInAttempt = { account: 'kim@example.org', address: '192.0.2.1' };
const allowed = { isAllowed: true };

async function fail(limiter: SignInLimiter, times: number, attempt: (n: number) => SignInAttempt) {
	for (let n = 0; n < times; n++) {
		expect(await limiter.check(attempt(n))).toEqual(allowed);
		await limiter.consume(attempt(n));
	}
}

describe('an account', () => {
	test('6.3.1 bears ten failures, then makes whoever tries wait', async () => {
		const limiter = createSignInLimiter();
		await fail(limiter, 10, () => kim);
		expect(await limiter.check(kim)).toEqual({ isAllowed: false, seconds: 30 });
		expect(await limiter.check({ ...kim, address: '198.51.100.7' })).toMatchObject({
			isAllowed: false
		});
	});

	test('is the same account however its address is typed', async () => {
		const limiter = createSignInLimiter();
		await fail(limiter, 10, () => kim);
		expect(await limiter.check({ ...kim, account: ' KIM@example.org ' })).toMatchObject({
			isAllowed: false
		});
	});

	test('opens again after the wait, and waits longer the more fail', async () => {
		const limiter = createSignInLimiter();
		await fail(limiter, 10, () => kim);
		for (let n = 0; n < 10; n++) {
			vi.advanceTimersByTime(30_000);
			await fail(limiter, 1, () => kim);
		}
		expect(await limiter.check(kim)).toEqual({ isAllowed: false, seconds: 120 });
	});

	test('waits ten minutes at most, so that nobody can lock another out for good', async () => {
		const limiter = createSignInLimiter();
		for (let n = 0; n < 100; n++) {
			await fail(limiter, 1, () => kim);
			vi.advanceTimersByTime(10 * 60_000);
		}
		expect(await limiter.check(kim)).toEqual(allowed);
	});

	test('bears no more tries at the same moment than one after another', async () => {
		const limiter = createSignInLimiter();
		const verdicts = await Promise.all(Array.from({ length: 50 }, () => limiter.check(kim)));
		expect(verdicts.filter(({ isAllowed }) => isAllowed)).toHaveLength(10);
	});

	test('forgets its failures when its person signs in', async () => {
		const limiter = createSignInLimiter();
		await fail(limiter, 9, () => kim);
		expect(await limiter.check(kim)).toEqual(allowed);
		await limiter.reward(kim);
		await fail(limiter, 9, () => kim);
		expect(await limiter.check(kim)).toEqual(allowed);
	});
});

describe('a network', () => {
	test('that guesses at many accounts waits, and other networks do not', async () => {
		const limiter = createSignInLimiter();
		await fail(limiter, 30, (n) => ({
			account: `a${n}@example.org`,
			address: `2001:db8:0:1::${n + 1}`
		}));
		const other = { account: 'new@example.org' };
		expect(await limiter.check({ ...other, address: '2001:db8:0:1:ffff::9' })).toEqual({
			isAllowed: false,
			seconds: 2
		});
		expect(await limiter.check({ ...other, address: '2001:db8:0:2::1' })).toEqual(allowed);
	});

	test.each([
		['192.0.2.7', '192.0.2.7'],
		['::ffff:192.0.2.7', '192.0.2.7'],
		['2001:db8::1', '2001:db8:0:0::/64'],
		['2001:DB8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
		['fe80::1%eth0', 'fe80:0:0:0::/64'],
		['::1', '0:0:0:0::/64'],
		['unknown', 'unknown']
	])('of %s is %s', (address, network) => {
		expect(networkOf(address)).toBe(network);
	});
});

test('the whole site slows down when very many fail from everywhere', async () => {
	const limiter = createSignInLimiter();
	await fail(limiter, 200, (n) => ({ account: `a${n}@example.org`, address: `192.0.2.${n}` }));
	expect(await limiter.check({ ...kim, address: '198.51.100.7' })).toEqual({
		isAllowed: false,
		seconds: 1
	});
	vi.advanceTimersByTime(1000);
	expect(await limiter.check({ ...kim, address: '198.51.100.7' })).toEqual(allowed);
});

test('2.4.1 a quota is each person’s own and fills up again', async () => {
	const quota = createQuota({ times: 2, seconds: 60 });
	await quota.take('kim');
	await quota.take('kim');
	expect(await quota.take('kim')).toEqual({ isAllowed: false, seconds: 60 });
	expect(await quota.take('lone')).toEqual(allowed);
	vi.advanceTimersByTime(60_000);
	expect(await quota.take('kim')).toEqual(allowed);
});
