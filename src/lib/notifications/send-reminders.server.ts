import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { settleForPage } from '#lib/completion/stale.server.ts';
import { findMailbox, findOrganisationOf, findPerson } from '#lib/identity/people.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { standings } from '#lib/completion/tables.server.ts';
import { dayOf } from '#lib/time.ts';
import { MailRefused } from '#lib/server/mail/mail.ts';
import { workplaces } from '#lib/workplaces/tables.server.ts';
import { findViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import { listDue } from './digests.server.ts';
import { isOpenHour, nextOpenMoment, type Outcome, type ReminderKind } from './reminder.ts';
import {
	writeCourseReminder,
	writeDigest,
	writeFollowUp,
	type Cause,
	type Words
} from './reminder-text.server.ts';
import { findStop, makeStopToken } from './stops.server.ts';
import { reminders } from './tables.server.ts';
import { readUnits } from './units.server.ts';

const minute = 60_000;

/** So long after it was begun nobody is still handing a mail over: whoever did has died. */
const lost = 15 * minute;

/** A mail server that says to come again later is asked once an hour, for four days. */
const again = 60 * minute;
const longestWait = 4 * 24 * 60 * minute;

type Row = typeof reminders.$inferSelect & { kind: ReminderKind };

/**
 * Sends what waits and may go out now: mail to who has an address and wants it, else it stands on the
 * platform alone. A mail is marked as being sent before it is handed over, so that whatever crashes when,
 * nobody gets it twice: one that may or may not have gone is left as `unknown` and not tried again. Stops
 * at `signal` and goes on next time. Returns how many mails went.
 */
export async function sendReminders(app: App, signal?: AbortSignal): Promise<number> {
	await giveUpLost(app);
	let sent = 0;
	while (isOpenHour(app.now()) && !signal?.aborted) {
		const some = await listWaiting(app);
		if (some.length === 0) break;
		await settleForPage(app);
		for (const row of some) {
			if (signal?.aborted) break;
			if (await sendOne(app, row)) sent += 1;
		}
	}
	return sent;
}

/** What was being sent when its worker died has perhaps gone: it is left at that. */
async function giveUpLost(app: App): Promise<void> {
	const before = new Date(app.now().getTime() - lost);
	const isLost = and(eq(reminders.outcome, 'sending'), lte(reminders.sentAt, before));
	const some = await app.db.read.select({ id: reminders.id }).from(reminders).where(isLost);
	if (some.length === 0) return;
	await app.db.write(async (tx) => {
		await tx.update(reminders).set({ outcome: 'unknown' }).where(isLost);
	});
}

function listWaiting(app: App) {
	return app.db.read
		.select()
		.from(reminders)
		.where(and(eq(reminders.outcome, 'waiting'), lte(reminders.dueAt, app.now())))
		.orderBy(asc(reminders.dueAt), asc(reminders.id))
		.limit(50);
}

/** True where a mail went. */
async function sendOne(app: App, found: typeof reminders.$inferSelect): Promise<boolean> {
	const row = found as Row; // only ever written as one of the kinds
	const letter = await prepare(app, row);
	if (letter === 'not-now') {
		// It has not been said, so it is made again once it is to be said.
		await app.db.write(async (tx) => {
			await tx
				.delete(reminders)
				.where(and(eq(reminders.id, row.id), eq(reminders.outcome, 'waiting')));
		});
		return false;
	}
	if (letter === 'dropped' || letter === 'in-app') {
		await claim(app, row, { outcome: letter });
		return false;
	}
	const { stopHash, to, words } = letter;
	if (!(await claim(app, row, { outcome: 'sending', sentAt: app.now(), stopHash }))) return false;
	try {
		await app.mailer.send({ id: `reminder-${row.id}`, to, ...words });
	} catch (error) {
		await settleFailure(app, row, error);
		return false;
	}
	await conclude(app, row, { outcome: 'sent', sentAt: app.now() });
	return true;
}

/** Takes a reminder that waits; false where somebody else was quicker. */
function claim(
	app: App,
	{ id }: Row,
	change: { outcome: Outcome; sentAt?: Date; stopHash?: string }
): Promise<boolean> {
	return app.db.write(async (tx) => {
		const taken = await tx
			.update(reminders)
			.set(change)
			.where(and(eq(reminders.id, id), eq(reminders.outcome, 'waiting')))
			.returning({ id: reminders.id });
		return taken.length > 0;
	});
}

async function conclude(
	app: App,
	{ id }: Row,
	change: { outcome: Outcome; sentAt?: Date | null; dueAt?: Date }
): Promise<void> {
	await app.db.write(async (tx) => {
		await tx
			.update(reminders)
			.set(change)
			.where(and(eq(reminders.id, id), inArray(reminders.outcome, ['sending', 'unknown'])));
	});
}

/** Only what a mail server has certainly not taken is tried again. */
async function settleFailure(app: App, row: Row, error: unknown): Promise<void> {
	const now = app.now();
	const was = judgeFailure(error);
	if (was === 'later' && now.getTime() - row.madeAt.getTime() < longestWait) {
		const dueAt = nextOpenMoment(new Date(now.getTime() + again));
		await conclude(app, row, { outcome: 'waiting', sentAt: null, dueAt });
		return;
	}
	await conclude(app, row, { outcome: was === 'perhaps' ? 'unknown' : 'failed' });
}

/** What an error of the mail server says of the mail: it never went, may go later, or perhaps has gone. */
export function judgeFailure(error: unknown): 'never' | 'later' | 'perhaps' {
	if (error instanceof MailRefused) return 'never';
	const { code, command, responseCode } = (error ?? {}) as Record<string, unknown>;
	if (typeof responseCode === 'number') return responseCode < 500 ? 'later' : 'never';
	// Nothing was said to the server yet.
	const isBefore = command === 'CONN' || code === 'EDNS' || code === 'ECONNECTION';
	return isBefore ? 'later' : 'perhaps';
}

interface Letter {
	to: { name: string; address: string };
	stopHash: string;
	words: Words;
}

/** The mail as it reads now, or why there is none. */
async function prepare(app: App, row: Row): Promise<Letter | 'dropped' | 'in-app' | 'not-now'> {
	const { read } = app.db;
	const mailbox = await findMailbox(read, row.person);
	const organisation = await findOrganisationOf(read, row.person);
	if (!mailbox || !organisation) return 'dropped';
	const { token, hash } = makeStopToken();
	const stop = `${app.origin}/reminders/${token}`;
	const to = { locale: mailbox.locale, name: mailbox.name, stop };
	const words = await write(app, row, organisation, to);
	if (typeof words === 'string') return words;
	const { email } = mailbox;
	if (!email || app.mailer.kind === 'none' || (await findStop(read, row.person))) return 'in-app';
	return { to: { name: mailbox.name, address: email }, stopHash: hash, words };
}

interface Addressee {
	locale: 'da' | 'en';
	name: string;
	stop: string;
}

async function write(
	app: App,
	row: Row,
	organisation: string,
	to: Addressee
): Promise<Words | 'dropped' | 'not-now'> {
	const { read } = app.db;
	const policy = await findViewPolicy(read, organisation, dayOf(app.now()));
	if (row.kind === 'digest') {
		const own = await listOwnUnits(read, organisation, row.person);
		const due = await listDue(read, own, policy, dayOf(app.now()));
		const others = due.filter(({ person }) => person !== row.person);
		// Who works in two houses is named once.
		const lines = new Map(others.map((one) => [`${one.person} ${one.course}`, one]));
		const listed = [...lines.values()].flatMap(({ name, course, dueOn }) => {
			const title = app.library.catalogue.course(course)?.title[to.locale];
			return title ? [{ name, title, dueOn }] : [];
		});
		return listed.length > 0
			? writeDigest(listed, { ...to, link: `${app.origin}/team` })
			: 'dropped';
	}
	const course = row.course ? app.library.catalogue.course(row.course) : undefined;
	if (!course) return 'dropped';
	const workplace = row.workplace && (await findName(read, row.workplace));
	if (row.kind === 'follow-up')
		return workplace
			? writeFollowUp(
					{ workplace, title: course.title[to.locale] },
					{ ...to, link: `${app.origin}/team/${row.workplace}/plan` }
				)
			: 'dropped';
	const stands = await findStanding(read, row.person, course.slug);
	const isByHand = row.kind === 'by-hand' || row.kind === 'to-all';
	if (stands?.state === 'away') return isByHand ? 'dropped' : 'not-now';
	if (stands?.state === 'waived') return 'dropped';
	const cause = await findCause(read, row, workplace || '');
	// What is done by now needs no reminder; who sends to all asks nobody where they stand.
	const { completedOn = null } = stands ?? {};
	// A leader who sees names from a day on learns nothing here of what was completed before it.
	const isHidden = policy.since !== null && completedOn !== null && completedOn < policy.since;
	const knows = !isByHand || (row.kind === 'by-hand' && !isHidden);
	const isOpen = row.kind === 'by-hand' ? stands?.state !== 'completed' : Boolean(stands?.dueOn);
	if (knows && !isOpen) return 'dropped';
	return writeCourseReminder(cause, {
		...to,
		course,
		isRefresher: knows && stands?.by === 'refresher',
		dueOn: knows ? (stands?.dueOn ?? null) : null,
		shows: policy.shows,
		link: `${app.origin}/learn/${course.slug}`
	});
}

async function findCause(read: Reader, row: Row, workplace: string): Promise<Cause> {
	const { kind } = row;
	if (kind === 'due' || kind === 'late' || kind === 'refresher') return { kind };
	const leader = (row.madeBy && (await findPerson(read, row.madeBy))?.name) || workplace;
	return kind === 'to-all' ? { kind, leader, workplace } : { kind: 'by-hand', leader };
}

/** The workplaces of which nobody leads nearer than this leader. */
async function listOwnUnits(read: Reader, organisation: string, leader: string): Promise<string[]> {
	const { nearest } = await readUnits(read, organisation);
	return [...nearest].flatMap(([workplace, leaders]) =>
		leaders.includes(leader) ? [workplace] : []
	);
}

async function findName(read: Reader, workplace: string): Promise<string | null> {
	const [row] = await read
		.select({ name: workplaces.name })
		.from(workplaces)
		.where(eq(workplaces.id, workplace));
	return row?.name ?? null;
}

async function findStanding(read: Reader, person: string, course: string) {
	const [row] = await read
		.select({
			state: standings.state,
			by: standings.by,
			dueOn: standings.dueOn,
			completedOn: standings.completedOn
		})
		.from(standings)
		.where(and(eq(standings.person, person), eq(standings.course, course)));
	return row ?? null;
}
