/** What a certificate is worth on a day. */
export type CertificateState = 'valid' | 'expired' | 'replaced' | 'withdrawn';

export interface JudgedCertificate {
	cycle: number;
	validUntil: string | null;
	withdrawnOn: string | null;
}

/**
 * Judges a certificate by what has happened since.
 *
 * @param newest the newest completion of the course; null where there is none any more.
 * @param isValid whether that completion counts today; null where nobody is asked any more, as after
 * somebody has left: then what was asked when the certificate was issued holds on.
 */
export function judge(
	{ cycle, validUntil, withdrawnOn }: JudgedCertificate,
	newest: { cycle: number } | null,
	isValid: boolean | null,
	today: string
): CertificateState {
	if (withdrawnOn !== null || newest === null || newest.cycle < cycle) return 'withdrawn';
	if (newest.cycle > cycle) return 'replaced';
	const counts = isValid ?? (validUntil === null || today <= validUntil);
	return counts ? 'valid' : 'expired';
}

/** Whether a certificate of a course waits until its holder has led others: of those who teach them. */
export function asksForLeading({ level }: { level: string }): boolean {
	return level === 'trainer';
}
