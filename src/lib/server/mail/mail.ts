/** One mail to one person, in words that are ready to read. */
export interface Mail {
	to: { name?: string; address: string };
	subject: string;
	text: string;
	html?: string;
	/** A file that a calendar program reads (RFC 5545). */
	calendar?: { name: string; body: string; method: 'PUBLISH' | 'CANCEL' };
	/** The same for every try at the same mail, so that a second copy can be recognised as one. */
	id?: string;
}

/**
 * Where mails go. `none` means that nobody configured mail: ask `kind` before offering anything that
 * needs one.
 */
export interface Mailer {
	readonly kind: 'smtp' | 'outbox' | 'none' | 'memory';
	/** Resolves once the mail is handed over; rejects when it was not, and it may be tried again. */
	send(mail: Mail): Promise<void>;
}

/** The mail cannot be sent as it is, and no further try will change that. */
export class MailRefused extends Error {
	override readonly name = 'MailRefused';
}

/**
 * The mail with everything that goes into a header on one line.
 *
 * @throws {MailRefused} when the address is not exactly one address.
 */
export function tidyMail(mail: Mail): Mail {
	if (!isOneAddress(mail.to.address)) throw new MailRefused('the mail has no usable address');
	const name = toOneLine(mail.to.name ?? '');
	return {
		...mail,
		to: name ? { name, address: mail.to.address } : { address: mail.to.address },
		subject: toOneLine(mail.subject)
	};
}

function isOneAddress(address: string): boolean {
	return (
		address.length <= 254 &&
		/^[^\s@<>()[\],;:"\\\p{Cc}]+@[^\s@<>()[\],;:"\\\p{Cc}]+$/u.test(address)
	);
}

function toOneLine(text: string): string {
	return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
