import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { listOwnAuthorship } from '#lib/authoring/own-authorship.server.ts';
import { listOwnAudit } from '#lib/audit/read.server.ts';
import { listCertificates } from '#lib/certificates/certificates.server.ts';
import { readAsked, readTranscript } from '#lib/completion/transcript.server.ts';
import { DomainError } from '#lib/errors.ts';
import { readFactors } from '#lib/identity/factors.server.ts';
import { listAccounts } from '#lib/identity/providers.server.ts';
import { listOwnHistory } from '#lib/notifications/own-reminders.server.ts';
import { readOwnSessions } from '#lib/plenary/own-plenary.server.ts';
import { listOwnPractice, listOwnScopes } from '#lib/practice/own.server.ts';
import { dayOf } from '#lib/time.ts';
import { listLooks } from '#lib/workplaces/looks.server.ts';
import { readRecord } from '#lib/workplaces/own-record.server.ts';

/** More of a person's own log than anybody has: it is kept for a year. */
const longestLog = 5_000;

/** Everything the platform holds of a person, for themselves: both sides, and who has looked. */
export async function gatherOwn(app: App, { person }: Actor) {
	const record = await readRecord(app.db.read, person);
	if (!record) throw new DomainError('not-found', 'person');
	const log = await listOwnAudit(app.db.read, person, longestLog);
	return {
		record,
		completed: await readTranscript(app.db.read, person),
		asked: await readAsked(app.db.read, person),
		certificates: (await listCertificates(app.db.read, person)).map((one) => ({
			course: one.course,
			cycle: one.cycle,
			code: one.code,
			version: one.version,
			completedOn: one.completedOn,
			issuedOn: one.issuedOn,
			validUntil: one.validUntil,
			ledOn: one.ledOn,
			ledHere: one.ledHere,
			outcomes: one.outcomes,
			showsName: one.showsName,
			withdrawnOn: one.withdrawnOn
		})),
		private: await listOwnPractice(app.learning, person, listOwnScopes(app.library)),
		authorship: await listOwnAuthorship(app.db.read, person),
		reminded: await listOwnHistory(app.db.read, person),
		sessions: await readOwnSessions(app.db.read, person),
		waysIn: {
			...(await readFactors(app.db.read, person)),
			accounts: await listAccounts(app.db.read, person)
		},
		looks: await listLooks(app.db.read, person),
		// Who did something is told by their role: a colleague is not named here either.
		log: log.map(({ at, event, actor, role }) => ({
			day: dayOf(at),
			event,
			by: actor === person ? 'me' : (role ?? 'platform')
		}))
	};
}

export type OwnData = Awaited<ReturnType<typeof gatherOwn>>;

/** One's own data as rows of a table: class, what, detail, when. */
export function tabulateOwn(data: OwnData): string[][] {
	const {
		record,
		completed,
		asked,
		certificates,
		private: own,
		reminded,
		authorship,
		sessions,
		waysIn,
		looks,
		log
	} = data;
	return [
		['class', 'what', 'detail', 'when'],
		...Object.entries(record).flatMap(([name, value]) =>
			typeof value === 'string' ? [['record', name, value, '']] : []
		),
		...record.workplaces.map(({ name }) => ['record', 'workplace', name, '']),
		...record.roles.map(({ role, workplace }) => ['record', 'role', `${role}, ${workplace}`, '']),
		...record.absences.map(({ fromDay, untilDay }) => [
			'record',
			'away',
			`${fromDay}–${untilDay ?? ''}`,
			fromDay
		]),
		...completed.courses.map(({ course, source, day }) => ['completed', course, source, day]),
		...completed.modules.map(({ course, module, source, day }) => [
			'completed',
			`${course}/${module}`,
			source,
			day
		]),
		...asked.assignments.map(({ course, cycle, origin, assignedOn, dueOn }) => [
			'asked',
			`${course} (${cycle})`,
			`${origin}, ${dueOn ?? ''}`,
			assignedOn
		]),
		...asked.waivers.map(({ course, reason, fromDay, untilDay }) => [
			'waived',
			course,
			`${reason}, ${fromDay}–${untilDay ?? ''}`,
			fromDay
		]),
		...asked.credits.map(({ course, organiser, day, madeOn }) => [
			'credited',
			course,
			`${organiser}, ${day}`,
			madeOn
		]),
		...certificates.map(({ course, cycle, code, issuedOn }) => [
			'certificate',
			`${course} (${cycle})`,
			code,
			issuedOn
		]),
		...own.steps.map(({ course, module, step, month }) => [
			'private',
			`${course}/${module}`,
			step,
			month
		]),
		...own.attempts.map(({ scenario, ordinal, moves, month }) => [
			'private',
			`${scenario} (${ordinal})`,
			moves.join(' → '),
			month
		]),
		...own.refreshers.map(({ course, ordinal, encounter, month }) => [
			'private',
			`${course} refresher (${ordinal})`,
			encounter,
			month
		]),
		...own.reflections.map(({ about, step, text, month }) => [
			'private',
			`${about} ${step}`,
			text,
			month
		]),
		...authorship.drafts.map(({ title, role, voice, penName, consentedOn }) => [
			'author',
			title.da || title.en,
			[role, voice, penName].filter(Boolean).join(', '),
			consentedOn ?? ''
		]),
		...authorship.comments.map(({ draft, body, day }) => [
			'comment',
			draft.da || draft.en,
			body,
			day
		]),
		...authorship.published.map(({ slug, version, voice }) => [
			'published',
			`${slug} (${version})`,
			voice,
			''
		]),
		...authorship.keys.map(({ key, offeredOn, acceptedOn }) => [
			'key',
			key,
			acceptedOn ?? '',
			offeredOn
		]),
		...authorship.approvals.map(({ slug, version, key, day }) => [
			'approved',
			`${slug} (${version})`,
			key,
			day
		]),
		...reminded.map(({ kind, course, outcome, day }) => [
			'reminded',
			`${kind} ${course ?? ''}`.trim(),
			outcome,
			day
		]),
		...sessions.attended.map(({ title, house, day }) => ['attended', title, house, day]),
		...sessions.led.map(({ title, state, day }) => ['led', title, state, day]),
		...sessions.helped.map(({ title, role, day }) => ['helped', title, role, day]),
		...sessions.invited.map(({ title, day }) => ['invited', title, '', day]),
		...(waysIn.totpSince ? [['way in', 'app', String(waysIn.codesLeft), waysIn.totpSince]] : []),
		...waysIn.passkeys.map(({ name, addedOn }) => ['way in', 'passkey', name, addedOn]),
		...waysIn.accounts.map(({ name, linkedOn }) => ['way in', 'account', name, linkedOn]),
		...looks.map(({ role, house, day }) => ['looked', role ?? '', house ?? '', day]),
		...log.map(({ event, by, day }) => ['log', event, by, day])
	];
}
