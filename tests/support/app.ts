import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { App } from '#lib/app.ts';
import { createEntryLimits } from '#lib/identity/entry-limits.server.ts';
import { openOutside } from '#lib/identity/outside.server.ts';
import { openSessions } from '#lib/identity/lucia-sessions.server.ts';
import { deriveSealing } from '#lib/identity/sealing.server.ts';
import { mailCourseCompleted } from '#lib/notifications/course-completed.server.ts';
import { mailKeyOffered, mailReviewSent } from '#lib/notifications/review-mails.server.ts';
import { mailSessionInvitation } from '#lib/notifications/session-invitations.server.ts';
import { mailFactorChanged } from '#lib/notifications/factor-changed.server.ts';
import { mailInvitation, mailPasswordSet, mailReset } from '#lib/notifications/ways-in.server.ts';
import { deriveSecret } from '#lib/practice/secret.server.ts';
import { withOwnShelf } from '#lib/scenario/library.server.ts';
import { closeStores } from '#lib/server/db/stores.server.ts';
import { createJobs } from '#lib/server/jobs/jobs.server.ts';
import { createLog } from '#lib/server/log.server.ts';
import { createMemoryMailer } from '#lib/server/mail/mailer.server.ts';
import { noMetrics } from '#lib/server/metrics/metrics.server.ts';
import { createSignInLimiter } from '#lib/server/rate-limit.server.ts';
import { isAdministrator } from '#lib/workplaces/actor.server.ts';
import { demandsFactor } from '#lib/workplaces/factor-policies.server.ts';
import { makeFolder, type TidyUp } from './folder.ts';
import { openLibrary } from './library.ts';
import { openTestStores } from './stores.ts';

const library = openLibrary(resolve('courses'));

/** A folder with a track of the steps that only tests have, and one that needs a leader behind it. */
export const testCourses = 'tests/support/courses';
let withTestCourses: typeof library | undefined;

/** Our courses and those of the tests beside them, read once, with a shelf of the caller's own. */
export function loadTestCourses(): typeof library {
	withTestCourses ??= openLibrary(resolve('courses'), resolve(testCourses));
	return withOwnShelf(withTestCourses);
}

export interface TestApp extends App {
	mailer: ReturnType<typeof createMemoryMailer>;
	/** Works off every job that is due. */
	runJobs(): Promise<number>;
	/** Moves the app's clock. */
	setNow(moment: Date): void;
	dataDir: string;
}

/** An App of the test's own: real stores in a folder that goes away, a memory mailer, a fixed clock. */
export function makeApp({
	tidyUp = onTestFinished as TidyUp,
	dataDir = makeFolder(tidyUp)
} = {}): TestApp {
	const stores = openTestStores(dataDir);
	tidyUp(() => closeStores(stores));
	let moment = new Date('2026-03-14T09:00:00Z');
	const now = () => moment;
	const log = createLog('silent');
	const jobs = createJobs<App>({
		store: stores.platform,
		now,
		log,
		handlers: [
			mailCourseCompleted,
			mailInvitation,
			mailReset,
			mailPasswordSet,
			mailFactorChanged,
			mailSessionInvitation,
			mailKeyOffered,
			mailReviewSent
		]
	});
	const app: TestApp = {
		db: stores.platform,
		learning: {
			private: stores.private,
			keys: stores.keys,
			secret: deriveSecret(new Uint8Array(32).fill(7)),
			unwrapped: new Map()
		},
		sessions: openSessions(stores.platform, now, isAdministrator),
		demandsFactor: (person) => demandsFactor(stores.platform.read, person, now()),
		signInLimiter: createSignInLimiter(),
		entryLimits: createEntryLimits(),
		sealing: deriveSealing(new Uint8Array(32).fill(7)),
		outside: openOutside({}),
		library: withOwnShelf(library),
		mailer: createMemoryMailer(),
		log,
		metrics: noMetrics,
		origin: 'http://localhost:3000',
		demonstration: false,
		now,
		publish: (tx, event, payload) => jobs.publish(tx, event, payload),
		runJobs: () => jobs.runDue(app),
		setNow: (next) => {
			moment = next;
		},
		dataDir
	};
	return app;
}
