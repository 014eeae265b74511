import { resolve } from 'node:path';
import type { App } from '#lib/app.ts';
import { formatProblem } from '#lib/content/problem.ts';
import { settleOwners } from '#lib/authoring/draft-people.server.ts';
import { publishedChannel, shelvePublished } from '#lib/authoring/published.server.ts';
import { sumUpDrafts } from '#lib/authoring/updates.server.ts';
import { createEntryLimits } from '#lib/identity/entry-limits.server.ts';
import { sweepSpent } from '#lib/identity/carried.server.ts';
import { openSessions } from '#lib/identity/lucia-sessions.server.ts';
import { deriveSealing } from '#lib/identity/sealing.server.ts';
import { publishAll, publishMissing } from '#lib/completion/publish.server.ts';
import { settleAll } from '#lib/completion/stale.server.ts';
import { openOutside } from '#lib/identity/outside.server.ts';
import { findInstallation } from '#lib/identity/people.server.ts';
import { mailCourseCompleted } from '#lib/notifications/course-completed.server.ts';
import { makeDigests } from '#lib/notifications/digests.server.ts';
import { makeReminders } from '#lib/notifications/make-reminders.server.ts';
import { mailKeyOffered, mailReviewSent } from '#lib/notifications/review-mails.server.ts';
import { sendReminders } from '#lib/notifications/send-reminders.server.ts';
import { mailSessionInvitation } from '#lib/notifications/session-invitations.server.ts';
import { mailFactorChanged } from '#lib/notifications/factor-changed.server.ts';
import { mailInvitation, mailPasswordSet, mailReset } from '#lib/notifications/ways-in.server.ts';
import { endForgotten } from '#lib/plenary/ending.server.ts';
import { NothingUnwrapped } from '#lib/practice/learner.server.ts';
import { deriveSecret } from '#lib/practice/secret.server.ts';
import { readKeptLibrary } from '#lib/scenario/kept-library.server.ts';
import { assembleLibrary, loadLibrary, type Library } from '#lib/scenario/library.server.ts';
import { enterFolder } from '#lib/server/backup/enter-folder.server.ts';
import { createNightlyBackup, type NightlyBackup } from '#lib/server/backup/nightly.server.ts';
import { clearUnpacked } from '#lib/server/backup/restore.server.ts';
import { createClock, findLastWritten, type Clock } from '#lib/server/clock.server.ts';
import { closeStores, openInstallation, type Stores } from '#lib/server/db/stores.server.ts';
import { readEnvironment, type Environment } from '#lib/server/environment.server.ts';
import { createJobs, type Schedule } from '#lib/server/jobs/jobs.server.ts';
import { listenTo } from '#lib/server/live/ring.ts';
import { createLog, type Log } from '#lib/server/log.server.ts';
import { createMailer, sweepOutbox } from '#lib/server/mail/mailer.server.ts';
import { tellMetrics } from '#lib/server/metrics/listen.server.ts';
import { collectMetrics, noMetrics } from '#lib/server/metrics/metrics.server.ts';
import { sayAtStart } from '#lib/server/said-at-start.server.ts';
import { createSignInLimiter } from '#lib/server/rate-limit.server.ts';
import { readOrMakeSecretKey } from '#lib/server/secret-key.server.ts';
import { onClosing } from '#lib/server/shutdown.server.ts';
import { StartRefused } from '#lib/server/start-refused.ts';
import { isAdministrator } from '#lib/workplaces/actor.server.ts';
import { demandsFactor } from '#lib/workplaces/factor-policies.server.ts';
import { hasAdministrators } from '#lib/workplaces/first-administrator.server.ts';
import { sweepPreviews } from '#lib/workplaces/imports.server.ts';
import { keepEncounters } from '#lib/scenario/versions.server.ts';
import { writeDemonstrationNote } from './demonstration/note.server.ts';
import { loadDemonstration } from './demonstration/load.server.ts';
import { publishChoices } from './choices.server.ts';
import { listReadings } from './figures.server.ts';
import { sweepCompletions } from './finishing.server.ts';
import { carryOutRetention } from './retention.server.ts';

/** The courses as they were kept, or read now; faults stop a start in production and are logged in development. */
function readCourses(environment: Environment, log: Log, isDevelopment: boolean): Library {
	// Only what is free of errors is kept.
	const kept = process.env.KEPT_LIBRARY && readKeptLibrary(process.env.KEPT_LIBRARY);
	if (kept) return assembleLibrary(kept);
	const { library, problems } = loadLibrary(environment.coursesDirs);
	const errors = problems.filter(({ severity }) => severity === 'error');
	if (errors.length === 0) return library;
	const list = errors.map(formatProblem).join('\n');
	if (!isDevelopment) throw new StartRefused(`The courses have ${errors.length} errors:\n${list}`);
	log.warn(list);
	return library;
}

async function isDemonstration(stores: Stores, environment: Environment): Promise<boolean> {
	const found = await findInstallation(stores.platform.read);
	if (found !== 'demonstration')
		return found === 'empty' && environment.mayDemonstrate && environment.isLocal;
	if (environment.isLocal) return true;
	throw new StartRefused(
		`${environment.databases ? 'The database' : environment.dataDir} holds the demonstration, whose accounts are open to everybody. It is served on this machine only: leave HOST and ORIGIN on loopback, or choose another ${environment.databases ? 'database' : 'DATA_DIR'}.`
	);
}

/** Deletes by time, unless the clock is in doubt: what was deleted too early does not come back. */
async function logRetention(app: App, clock: Clock): Promise<void> {
	const doubt = clock.findDoubt();
	if (doubt)
		return app.log.warn({ event: 'retention', doubt }, 'nothing is deleted by time tonight');
	app.log.info({ event: 'retention', deleted: await carryOutRetention(app) });
}

function backUpByNight(backups: NightlyBackup, clock: Clock): Schedule<App> {
	return {
		name: 'backup',
		pattern: '10 2 * * *',
		async handle(app, _slot, { signal }) {
			await backups.run(signal, clock.findDoubt() === undefined);
			app.log.info({ event: 'backup' });
		}
	};
}

async function publishByNight(app: App): Promise<void> {
	await settleAll(app);
	await publishAll(app);
	await publishChoices(app);
}

/** Hears what other nodes of the installation tell, and tells them. */
async function joinOtherNodes(app: App, database: string): Promise<void> {
	const { openRelay } = await import('#lib/server/live/relay.server.ts');
	const relay = await openRelay(database, app.log);
	onClosing(() => relay.close());
	const shelve = () =>
		shelvePublished(app).catch((err: unknown) => app.log.error({ err }, 'the shelf is old'));
	listenTo(publishedChannel, { ring: () => void shelve(), whisper: () => undefined });
}

/**
 * Makes the App: opens the stores and brings them up to date, reads the courses, loads the
 * demonstration into empty stores where that is allowed, and starts the job worker.
 *
 * @throws {StartRefused} with a sentence that says what to do.
 * @throws {StoreUnavailable} when a store cannot be opened.
 */
export async function startApp(isDevelopment: boolean): Promise<App> {
	const environment = readEnvironment(process.env);
	const log = createLog(environment.logLevel);
	const library = readCourses(environment, log, isDevelopment);
	const { dataDir, backupDir, backupDays, metricsPort } = environment;
	const leaveFolder = enterFolder(dataDir);
	clearUnpacked(dataDir);
	const clock = createClock({ lastWritten: findLastWritten(dataDir) });
	const stores = await openInstallation(environment, resolve('drizzle'));
	const { now } = clock;
	const backups = backupDir && createNightlyBackup({ backupDir, days: backupDays, now });
	const metrics =
		metricsPort &&
		collectMetrics(listReadings({ platform: stores.platform, dataDir, backupDir, now }));
	const demonstration = await isDemonstration(stores, environment);

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
		],
		schedules: [
			{ name: 'imports.sweep', pattern: '45 2 * * *', handle: (app) => sweepPreviews(app) },
			{ name: 'plenary.sweep', pattern: '35 2 * * *', handle: (app) => endForgotten(app) },
			{ name: 'drafts.sum', pattern: '15 1 * * *', handle: (app) => sumUpDrafts(app) },
			{
				name: 'drafts.settle',
				pattern: '*/10 * * * *',
				handle: async (app) => void (await settleOwners(app))
			},
			{ name: 'standings.settle', pattern: '* * * * *', handle: settleAll },
			{ name: 'completions.sweep', pattern: '40 2 * * *', handle: sweepCompletions },
			{ name: 'published', pattern: '30 3 * * *', handle: publishByNight },
			{ name: 'reminders.make', pattern: '30 4 * * *', handle: (app) => makeReminders(app) },
			{ name: 'reminders.digest', pattern: '0 5 * * 1', handle: (app) => makeDigests(app) },
			{
				name: 'reminders.send',
				// Mails go out in these hours alone; see `isOpenHour`.
				pattern: '*/10 8-15 * * 1-5',
				handle: (app, _slot, job) => sendReminders(app, job.signal)
			},
			// Before the backup, which would else keep for its own time what is over.
			{ name: 'retention', pattern: '20 1 * * *', handle: (app) => logRetention(app, clock) },
			...(backups ? [backUpByNight(backups, clock)] : []),
			{ name: 'sessions.sweep', pattern: '50 2 * * *', handle: (app) => app.sessions.sweep() },
			{ name: 'spent.sweep', pattern: '52 2 * * *', handle: sweepSpent },
			{
				name: 'stores.settle',
				pattern: '*/10 * * * *',
				async handle() {
					for (const store of [stores.private, stores.keys, stores.platform]) await store.settle();
				}
			},
			{
				name: 'outbox.sweep',
				pattern: '55 2 * * *',
				handle: () => sweepOutbox(environment.dataDir, now())
			}
		]
	});
	const secretKey = readOrMakeSecretKey(environment.dataDir, environment.secretKey);
	const app: App = {
		db: stores.platform,
		learning: {
			private: stores.private,
			keys: stores.keys,
			secret: deriveSecret(secretKey),
			unwrapped: environment.databases ? new NothingUnwrapped() : new Map()
		},
		sessions: openSessions(stores.platform, now, isAdministrator),
		demandsFactor: (person) => demandsFactor(stores.platform.read, person, now()),
		signInLimiter: createSignInLimiter(),
		entryLimits: createEntryLimits(),
		sealing: deriveSealing(secretKey),
		outside: openOutside({ inside: environment.insideIssuers, secrets: process.env }),
		library,
		mailer: createMailer({
			smtpUrl: environment.smtpUrl,
			mailFrom: environment.mailFrom,
			dataDir: environment.dataDir,
			isDemonstration: demonstration,
			now
		}),
		log,
		metrics: metrics || noMetrics,
		origin: environment.origin,
		contact: environment.contact,
		demonstration,
		now,
		publish: (tx, event, payload) => jobs.publish(tx, event, payload)
	};
	if (demonstration) {
		if ((await findInstallation(stores.platform.read)) === 'empty') await loadDemonstration(app);
		writeDemonstrationNote(environment.dataDir);
	}
	if (!demonstration && !(await hasAdministrators(stores.platform.read)))
		sayAtStart(
			'Nobody administers this installation yet: npm run admin -- create --email … --name … makes the first administrator.'
		);
	await keepEncounters(app);
	await shelvePublished(app);
	await sweepCompletions(app);
	await settleAll(app);
	await publishMissing(app);
	if (environment.databases) await joinOtherNodes(app, environment.databases.platform);
	jobs.start(app);
	onClosing(async () => {
		await (backups && backups.stop());
		await jobs.stop();
		await closeStores(stores);
		leaveFolder();
	});
	if (metrics && metricsPort) onClosing(await tellMetrics(metrics, metricsPort));
	return app;
}
