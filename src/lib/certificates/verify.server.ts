import { eq } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { newestOf } from '#lib/completion/standing.ts';
import { listCourseCompletions } from '#lib/completion/transcript.server.ts';
import { findValidity } from '#lib/completion/validity.server.ts';
import { DomainError } from '#lib/errors.ts';
import { groupCode, readCode } from '#lib/identity/one-time-code.ts';
import { organisations, people } from '#lib/identity/tables.server.ts';
import { networkOf } from '#lib/server/network.ts';
import { dayOf } from '#lib/time.ts';
import { judge, type CertificateState } from './certificate.ts';
import { certificates } from './tables.server.ts';

/** What anybody who holds the code may know of a certificate. */
export interface VerifiedCertificate {
	/** As it is printed. */
	code: string;
	state: CertificateState;
	/** Null where the holder keeps it to themselves. */
	name: string | null;
	course: string;
	version: string;
	completedOn: string;
	issuedOn: string;
	/** The organisation at which it was learnt. */
	issuer: string;
	/** The last day on which it counts; null for no last day. */
	validUntil: string | null;
	/** When the course was renewed, of one that is replaced. */
	renewedOn: string | null;
}

/**
 * What a certificate is worth today. Of a code that was never given out, is written wrongly, or whose
 * holder is no longer known, it is one and the same: null.
 *
 * @throws {DomainError} `too-many` where one network has looked up very many.
 */
export async function verifyCertificate(
	{ db, entryLimits, now }: App,
	typed: string,
	address: string
): Promise<VerifiedCertificate | null> {
	const { isAllowed } = await entryLimits.certificatesFrom.take(networkOf(address));
	if (!isAllowed) throw new DomainError('too-many', 'certificates');
	// What cannot be a code is looked for all the same, so that the answer takes as long.
	const code = readCode(typed) ?? '';
	const [found] = await db.read
		.select({ certificate: certificates, name: people.name, issuer: organisations.name })
		.from(certificates)
		.innerJoin(people, eq(people.id, certificates.person))
		.innerJoin(organisations, eq(organisations.id, people.organisation))
		.where(eq(certificates.code, code));
	if (!found) return null;
	const { certificate, issuer } = found;
	const { person, course, version, completedOn, issuedOn } = certificate;
	const completions = await listCourseCompletions(db.read, person);
	const newest = newestOf(completions.filter((one) => one.course === course));
	const validity = await findValidity(db.read, person, course);
	const state = judge(certificate, newest, validity?.isValid ?? null, dayOf(now()));
	return {
		code: groupCode(code),
		state,
		name: certificate.showsName ? found.name : null,
		course,
		version,
		completedOn,
		issuedOn,
		issuer,
		validUntil: validity ? validity.until : certificate.validUntil,
		renewedOn: state === 'replaced' ? (newest?.day ?? null) : null
	};
}
