import { randomBytes } from 'node:crypto';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { listCourseCompletions } from '#lib/completion/transcript.server.ts';
import { newestOf } from '#lib/completion/standing.ts';
import { findValidity } from '#lib/completion/validity.server.ts';
import type { Course } from '#lib/content/course.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { codeFrom } from '#lib/identity/one-time-code.ts';
import { readVersion } from '#lib/scenario/versions.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { dayOf, isDay } from '#lib/time.ts';
import { asksForLeading, judge, type CertificateState } from './certificate.ts';
import { certificates } from './tables.server.ts';

export type Certificate = typeof certificates.$inferSelect;

/** Why there is no certificate of a completion that counts. */
export type Hindrance =
	/** Nobody has asked for one yet. */
	| 'not-issued'
	/** Others have to be led first. */
	| 'to-lead'
	/** It was learnt elsewhere; who taught it certifies it. */
	| 'credited';

/** A course that somebody has completed, and the certificates of it. */
export interface OwnCourse {
	course: string;
	cycle: number;
	/** The newest completion. */
	completedOn: string;
	by: 'course' | 'refresher';
	/** Null where the newest completion has a certificate that holds. */
	hindrance: Hindrance | null;
	/** The newest first. */
	certificates: readonly (Certificate & { state: CertificateState })[];
}

/** Everything that somebody has completed, with its certificates; the newest first. */
export async function listOwnCertificates(
	{ db, library, now }: App,
	{ person }: Actor
): Promise<OwnCourse[]> {
	const today = dayOf(now());
	const issued = await listCertificates(db.read, person);
	const completions = Map.groupBy(
		await listCourseCompletions(db.read, person),
		({ course }) => course
	);
	const own: OwnCourse[] = [];
	for (const [course, done] of completions) {
		const newest = newestOf(done);
		if (!newest) continue;
		const validity = await findValidity(db.read, person, course);
		const found = issued
			.filter((one) => one.course === course)
			.map((one) => ({
				...one,
				state: judge(one, newest, validity?.isValid ?? null, today)
			}));
		const holds = found.some(({ cycle, withdrawnOn }) => cycle === newest.cycle && !withdrawnOn);
		own.push({
			course,
			cycle: newest.cycle,
			completedOn: newest.day,
			by: newest.by,
			hindrance: holds ? null : findHindrance(library.catalogue.course(course), newest),
			certificates: found
		});
	}
	return own.sort((a, b) => (a.completedOn < b.completedOn ? 1 : -1));
}

function findHindrance(course: Course | undefined, { source }: { source: string }): Hindrance {
	if (source === 'credited') return 'credited';
	return course && asksForLeading(course) ? 'to-lead' : 'not-issued';
}

/** Certificates of somebody, the newest first. */
export async function listCertificates(read: Reader, person: string): Promise<Certificate[]> {
	return read
		.select()
		.from(certificates)
		.where(eq(certificates.person, person))
		.orderBy(desc(certificates.issuedOn), desc(certificates.id));
}

/** One's own certificate by its id. @throws {DomainError} `not-found` for nobody's and somebody else's. */
export async function findOwnCertificate(
	read: Reader,
	{ person }: Actor,
	id: string
): Promise<Certificate> {
	const [found] = await read
		.select()
		.from(certificates)
		.where(and(eq(certificates.id, id), eq(certificates.person, person)));
	if (!found) throw new DomainError('not-found', 'certificate');
	return found;
}

/**
 * Issues the certificate of somebody's newest completion of a course, once however often it is asked for.
 *
 * @param ledOn the day on which they led others, where {@link asksForLeading} does.
 * @param ledHere whether the platform knows of it; else it is as they say.
 * @returns its id; null where that day is missing or has not been yet.
 * @throws {DomainError} `not-found` where nothing is completed here that one could certify.
 */
export async function issueCertificate(
	app: App,
	actor: Actor,
	slug: string,
	ledOn: string | null,
	ledHere = false
): Promise<string | null> {
	const { db, library, now } = app;
	const { person } = actor;
	const course = library.catalogue.course(slug);
	const newest = newestOf(
		(await listCourseCompletions(db.read, person)).filter((one) => one.course === slug)
	);
	if (!course || !newest || newest.source === 'credited')
		throw new DomainError('not-found', 'completion');
	const today = dayOf(now());
	const isLed = ledOn !== null && isDay(ledOn) && ledOn <= today;
	if (asksForLeading(course) && !isLed) return null;
	const row = {
		id: newId(),
		code: codeFrom(randomBytes(16)),
		person,
		course: slug,
		cycle: newest.cycle,
		version: newest.version,
		completedOn: newest.day,
		issuedOn: today,
		outcomes: await listTaught(db.read, course, newest.version),
		showsName: false,
		validUntil: (await findValidity(db.read, person, slug))?.until ?? null,
		ledOn: asksForLeading(course) ? ledOn : null,
		ledHere: asksForLeading(course) && ledHere,
		withdrawnOn: null
	};
	return db.write(async (tx) => {
		const known = await findHeld(tx, person, slug, newest.cycle);
		if (known) return known;
		await tx.insert(certificates).values(row);
		await writeAudit(tx, now(), {
			event: 'certificate.issued',
			actor,
			subject: person,
			detail: { course: slug, cycle: newest.cycle }
		});
		return row.id;
	});
}

async function findHeld(tx: Writer, person: string, course: string, cycle: number) {
	const [row] = await tx
		.select({ id: certificates.id })
		.from(certificates)
		.where(
			and(
				eq(certificates.person, person),
				eq(certificates.course, course),
				eq(certificates.cycle, cycle),
				isNull(certificates.withdrawnOn)
			)
		);
	return row?.id ?? null;
}

/**
 * Ids of what a course taught in a version. Of one that has changed since, they are read from the text
 * that was kept; where none was, they are those of today.
 */
async function listTaught(read: Reader, course: Course, version: string): Promise<string[]> {
	const before = course.version === version ? null : await readVersion(read, version);
	if (before !== null)
		return [...new Set([...before.matchAll(/\b[A-Z]{2}-[KS]\d{1,2}\b/g)].map(([id]) => id))];
	return [...new Set(course.modules.flatMap(({ outcomes }) => outcomes))];
}

/** Has the page of the check name the holder, or not; from now on. */
export async function showName(
	app: App,
	actor: Actor,
	id: string,
	showsName: boolean
): Promise<void> {
	await changeOwn(app, actor, id, { showsName }, 'certificate.shown');
}

/** Takes a certificate back for good. A new one of the same completion has another code. */
export async function withdrawCertificate(app: App, actor: Actor, id: string): Promise<void> {
	const withdrawnOn = dayOf(app.now());
	await changeOwn(app, actor, id, { withdrawnOn }, 'certificate.withdrawn');
}

async function changeOwn(
	{ db, now }: App,
	actor: Actor,
	id: string,
	change: { showsName: boolean } | { withdrawnOn: string },
	event: 'certificate.shown' | 'certificate.withdrawn'
): Promise<void> {
	await db.write(async (tx) => {
		const { course, withdrawnOn } = await findOwnCertificate(tx, actor, id);
		if (withdrawnOn !== null) return;
		await tx.update(certificates).set(change).where(eq(certificates.id, id));
		const detail = { course, ...('showsName' in change && { shown: change.showsName }) };
		await writeAudit(tx, now(), { event, actor, subject: actor.person, detail });
	});
}
