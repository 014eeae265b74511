import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import { newPrivateId } from '#lib/id.ts';
import { MailRefused, tidyMail } from './mail.ts';
import type { Mail, Mailer } from './mail.ts';
import { readSmtpUrl } from './smtp-url.ts';

export type { Mail, Mailer } from './mail.ts';

export interface MailSettings {
	/** `smtp://` or `smtps://`, checked when the environment was read. */
	smtpUrl?: string | undefined;
	/** The sender, an address or `Name <address>`. */
	mailFrom?: string | undefined;
	dataDir: string;
	/** In a demonstration without a mail server, mails are files in `DATA_DIR/outbox`. */
	isDemonstration: boolean;
	/** How long the mail server may say nothing, in milliseconds (ten seconds, thirty once it has spoken). */
	patience?: number;
	now(): Date;
}

const daysInOutbox = 7;
const day = 24 * 60 * 60 * 1000;
const demonstrationSender = 'Holdepunkt <holdepunkt@demo.example>';

/** The mailer an installation has: its mail server, the outbox of a demonstration, or none. */
export function createMailer(settings: MailSettings): Mailer {
	if (settings.smtpUrl && settings.mailFrom) {
		return createSmtpMailer(settings.smtpUrl, settings.mailFrom, settings.patience);
	}
	if (settings.isDemonstration) {
		return createOutboxMailer(
			settings.dataDir,
			settings.mailFrom ?? demonstrationSender,
			settings.now
		);
	}
	return {
		kind: 'none',
		send: () => Promise.reject(new MailRefused('no mail server is configured'))
	};
}

/** A mailer that keeps what it was given, as it would have been sent. */
export function createMemoryMailer(): Mailer & { readonly sent: Mail[] } {
	const sent: Mail[] = [];
	return {
		kind: 'memory',
		sent,
		async send(mail) {
			sent.push(tidyMail(mail));
		}
	};
}

function createSmtpMailer(smtpUrl: string, from: string, patience = 10_000): Mailer {
	const transport = nodemailer.createTransport({
		...readSmtpUrl(smtpUrl),
		connectionTimeout: patience,
		greetingTimeout: patience,
		socketTimeout: 3 * patience,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	return {
		kind: 'smtp',
		async send(mail) {
			await transport.sendMail(compose(mail, from));
		}
	};
}

function createOutboxMailer(dataDir: string, from: string, now: () => Date): Mailer {
	const outbox = join(dataDir, 'outbox');
	const transport = nodemailer.createTransport({
		streamTransport: true,
		buffer: true,
		newline: 'unix',
		disableFileAccess: true,
		disableUrlAccess: true
	});
	return {
		kind: 'outbox',
		async send(mail) {
			const { message } = await transport.sendMail({ ...compose(mail, from), date: now() });
			await mkdir(outbox, { recursive: true, mode: 0o700 });
			const file = join(outbox, `${now().toISOString().replaceAll(':', '')}-${newPrivateId()}.eml`);
			// Under another name until it is whole, so that nobody reads half a mail.
			await writeFile(`${file}.part`, message, { mode: 0o600 });
			await rename(`${file}.part`, file);
		}
	};
}

/** Deletes the mails that have lain in the outbox for seven days; returns how many. */
export async function sweepOutbox(dataDir: string, now: Date): Promise<number> {
	const outbox = join(dataDir, 'outbox');
	const files = await readdir(outbox).catch(() => []);
	const oldest = new Date(now.getTime() - daysInOutbox * day).toISOString().replaceAll(':', '');
	const old = files.filter((file) => /^\d{4}-/.test(file) && file < oldest);
	for (const file of old) await rm(join(outbox, file), { force: true });
	return old.length;
}

function compose(mail: Mail, from: string): SendMailOptions {
	const { to, subject, text, html, calendar, id } = tidyMail(mail);
	return {
		from,
		to: { name: to.name ?? '', address: to.address },
		subject,
		text,
		...(html === undefined ? {} : { html }),
		...(calendar && {
			attachments: [
				{
					filename: calendar.name,
					content: calendar.body,
					contentType: `text/calendar; charset=utf-8; method=${calendar.method}`
				}
			]
		}),
		...(id === undefined ? {} : { messageId: `<${id}@${domainOf(from)}>` }),
		// Absence notices are for people, and would come back for every mail we send (RFC 3834).
		headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
	};
}

function domainOf(from: string): string {
	return /@([^\s@<>]+)>?$/.exec(from.trim())?.[1] ?? 'localhost';
}
