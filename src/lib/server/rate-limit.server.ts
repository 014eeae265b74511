import { createHash } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { networkOf } from './network.ts';

/** Who tries to sign in: the address typed in, and where the request comes from. */
export interface SignInAttempt {
	account: string;
	address: string;
}

export type Verdict = { isAllowed: true } | { isAllowed: false; seconds: number };

export interface SignInLimiter {
	/**
	 * Asked before a password is hashed. An allowed attempt counts against its account at once, so
	 * that many tries at the same moment are no way round; `seconds` says how long to wait otherwise.
	 * The answer is the same for accounts that do not exist.
	 */
	check(attempt: SignInAttempt): Promise<Verdict>;
	/** After a failure: it counts against the network and the whole site too. */
	consume(attempt: SignInAttempt): Promise<void>;
	/** After a success: what was counted against the account is forgotten. */
	reward(attempt: SignInAttempt): Promise<void>;
}

/** From `failures` on, the next attempt has to wait `seconds`. */
interface Step {
	failures: number;
	seconds: number;
}

const day = 24 * 60 * 60;
const quarter = 15 * 60;

const accountSteps: readonly Step[] = [
	{ failures: 10, seconds: 30 },
	{ failures: 20, seconds: 2 * 60 },
	{ failures: 40, seconds: 10 * 60 }
];
// A municipality may sit behind one address, so a network and the site bear more, and wait less.
const networkSteps: readonly Step[] = [
	{ failures: 30, seconds: 2 },
	{ failures: 100, seconds: 10 },
	{ failures: 300, seconds: 60 },
	{ failures: 1000, seconds: 10 * 60 }
];
const siteSteps: readonly Step[] = [
	{ failures: 200, seconds: 1 },
	{ failures: 1000, seconds: 5 },
	{ failures: 5000, seconds: 30 }
];

/** Slows guessing at sign-in in steps: by account, by network and for the whole site (ASVS 6.3.1). */
export function createSignInLimiter(): SignInLimiter {
	const account = createBrake(accountSteps, day);
	const network = createBrake(networkSteps, quarter);
	const site = createBrake(siteSteps, quarter);
	const accountOf = ({ account: typed }: SignInAttempt) =>
		createHash('sha256').update(typed.trim().toLowerCase()).digest('base64');

	async function admit(attempt: SignInAttempt): Promise<Verdict> {
		const waits = await Promise.all([
			account.wait(accountOf(attempt)),
			network.wait(networkOf(attempt.address)),
			site.wait('site')
		]);
		const seconds = Math.max(...waits);
		if (seconds > 0) return { isAllowed: false, seconds };
		await account.count(accountOf(attempt));
		return { isAllowed: true };
	}

	// One after another, or many tries at one moment would all see the count before any of them.
	let last: Promise<unknown> = Promise.resolve();
	return {
		check(attempt) {
			const verdict = last.then(() => admit(attempt));
			last = verdict.catch(() => undefined);
			return verdict;
		},
		async consume(attempt) {
			await network.count(networkOf(attempt.address));
			await site.count('site');
		},
		async reward(attempt) {
			await account.forget(accountOf(attempt));
		}
	};
}

/** Counts failures by key for `period` seconds, and shuts a key for a while at each step. */
function createBrake(steps: readonly Step[], period: number) {
	const failures = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: period });
	const gate = new RateLimiterMemory({ points: 1, duration: 1 });
	return {
		async wait(key: string): Promise<number> {
			const shut = await gate.get(key);
			return shut ? Math.max(0, Math.ceil(shut.msBeforeNext / 1000)) : 0;
		},
		async count(key: string): Promise<void> {
			const { consumedPoints } = await failures.penalty(key);
			const step = steps.findLast((each) => consumedPoints >= each.failures);
			if (step) await gate.block(key, step.seconds);
		},
		async forget(key: string): Promise<void> {
			await failures.delete(key);
			await gate.delete(key);
		}
	};
}

/** A quota by key, such as ten exports an hour for each person. */
export interface Quota {
	/** Takes one of what is left; `seconds` says when there is some again. */
	take(key: string): Promise<Verdict>;
	/** Whether more than all has been taken; asking takes nothing. */
	isSpent(key: string): Promise<boolean>;
}

export function createQuota({ times, seconds }: { times: number; seconds: number }): Quota {
	const limiter = new RateLimiterMemory({ points: times, duration: seconds });
	return {
		async take(key) {
			const used = await limiter.penalty(key);
			if (used.consumedPoints <= times) return { isAllowed: true };
			return { isAllowed: false, seconds: Math.ceil(used.msBeforeNext / 1000) };
		},
		async isSpent(key) {
			return ((await limiter.get(key))?.consumedPoints ?? 0) > times;
		}
	};
}
