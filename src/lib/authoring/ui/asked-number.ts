/**
 * What was asked about because it looks like a CPR number: it may be sent once more as it is, and not as
 * anything else.
 */
export interface AskedNumber {
	/** The comment that was answered, empty for a new one. */
	under: string;
	body: string;
}

/** True where exactly these words, in this place, were asked about. */
export function isMeant(asked: AskedNumber | undefined, now: AskedNumber): boolean {
	return asked !== undefined && asked.under === now.under && asked.body === now.body;
}
