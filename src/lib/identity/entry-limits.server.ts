import { createQuota, createSignInLimiter } from '#lib/server/rate-limit.server.ts';
import type { Quota, SignInLimiter } from '#lib/server/rate-limit.server.ts';

export interface EntryLimits {
	/** For codes that are typed. What is counted as the account is the code itself. */
	codes: SignInLimiter;
	/** How often a new password may be asked for by one address or user name. */
	resetsOf: Quota;
	/** How often from one network, behind which a whole municipality may sit. */
	resetsFrom: Quota;
	/** How often certificates may be looked up from one network, whether there is one or not. */
	certificatesFrom: Quota;
	/** How often one network may ask for rooms that there are not: whoever guesses at their numbers. */
	unknownRoomsFrom: Quota;
	/** How often one person may try a word that says they were at a session. */
	wordsOf: Quota;
}

export function createEntryLimits(): EntryLimits {
	const hour = 60 * 60;
	return {
		codes: createSignInLimiter(),
		resetsOf: createQuota({ times: 5, seconds: hour }),
		resetsFrom: createQuota({ times: 200, seconds: hour }),
		certificatesFrom: createQuota({ times: 300, seconds: hour / 4 }),
		unknownRoomsFrom: createQuota({ times: 60, seconds: hour / 4 }),
		wordsOf: createQuota({ times: 20, seconds: hour })
	};
}
