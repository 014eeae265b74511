import type { EntryLimits } from './identity/entry-limits.server.ts';
import type { Outside } from './identity/outside.server.ts';
import type { Sealing } from './identity/sealing.server.ts';
import type { SessionStore } from './identity/session-store.server.ts';
import type { Learning } from './practice/learner.server.ts';
import type { Library } from './scenario/library.server.ts';
import type { Store, Writer } from './server/db/store.ts';
import type { Payload } from './server/jobs/tables.server.ts';
import type { Log } from './server/log.server.ts';
import type { Metrics } from './server/metrics/metrics.server.ts';
import type { Mailer } from './server/mail/mail.ts';
import type { SignInLimiter } from './server/rate-limit.server.ts';

/**
 * Everything with a side effect, made once at start-up and found in `event.locals.app`; a test makes
 * its own.
 */
export interface App {
	/** What an employer may know. */
	db: Store<'platform'>;
	/** What only the learner may know: for `practice` alone. */
	learning: Learning;
	sessions: SessionStore;
	signInLimiter: SignInLimiter;
	/** Against guessing codes of letters, and against filling somebody's mailbox with links. */
	entryLimits: EntryLimits;
	/** Whether somebody's roles demand a second factor of them now. */
	demandsFactor(person: string): Promise<boolean>;
	/** Keys for what is secret about signing in. */
	sealing: Sealing;
	/** Reaches those who vouch for people. */
	outside: Outside;
	/** Courses, scenarios and what goes with them, as read at start-up. */
	library: Library;
	mailer: Mailer;
	log: Log;
	metrics: Metrics;
	/** Where the platform is reached, without a slash at the end. */
	origin: string;
	/**
	 * Whom to tell where something cannot be used (by telephone, in writing), and where the official
	 * statement on accessibility stands; each null where the installation says nothing.
	 */
	contact?: { phone: string | null; email: string | null; statement: string | null };
	/** True where the stores hold the demonstration workplace and its open accounts. */
	demonstration: boolean;
	now(): Date;
	/**
	 * Tells every subscriber of an event about it, in the same transaction as what happened: each
	 * once, and never where the transaction fails. The payload holds ids only.
	 */
	publish(tx: Writer, event: string, payload: Payload): Promise<void>;
}
