import type { App } from '#lib/app.ts';
import { makeMailedEntry } from '#lib/identity/mailed-entry.server.ts';
import { findMailbox } from '#lib/identity/people.server.ts';
import type { Handler, Job } from '#lib/server/jobs/jobs.server.ts';
import { dayOf, writeDay } from '#lib/time.ts';
import * as m from '#lib/ui/messages/messages.js';

/**
 * Sends an invitation. The link is made now, not when it was asked for, and each try voids the link of
 * the one before.
 */
export const mailInvitation: Handler<App> = {
	event: 'invitation.made',
	subscriber: 'mail to the person',
	async handle(app, { person, madeBy }, job) {
		const to = await findRecipient(app, person);
		if (!to) return;
		const { link, expiresAt } = await makeMailedEntry(app, {
			person: String(person),
			purpose: 'invitation',
			madeBy: typeof madeBy === 'string' ? madeBy : null
		});
		const { locale, name, organisation } = to;
		const until = writeDay(dayOf(expiresAt), locale);
		await send(app, to, job, {
			subject: m.mail_invitation_subject({}, { locale }),
			text: m.mail_invitation_text({ name, organisation, link, until }, { locale })
		});
	}
};

/** Sends a link to choose a new password; to nobody where there is no such person. */
export const mailReset: Handler<App> = {
	event: 'reset.asked',
	subscriber: 'mail to the person',
	async handle(app, { person }, job) {
		const to = await findRecipient(app, person);
		if (!to) return;
		const { link } = await makeMailedEntry(app, {
			person: String(person),
			purpose: 'reset',
			madeBy: null
		});
		const { locale, name, hasNewAddress } = to;
		const write = hasNewAddress ? m.mail_reset_new_address_text : m.mail_reset_text;
		await send(app, to, job, {
			subject: m.mail_reset_subject({}, { locale }),
			text: write({ name, link }, { locale })
		});
	}
};

/** Tells somebody that their password is another now, so that they notice if it was not them. */
export const mailPasswordSet: Handler<App> = {
	event: 'password.changed',
	subscriber: 'mail to the person',
	async handle(app, { person }, job) {
		const to = await findRecipient(app, person);
		if (!to) return;
		const { locale, name } = to;
		await send(app, to, job, {
			subject: m.mail_password_subject({}, { locale }),
			text: m.mail_password_text({ name, link: `${app.origin}/forgotten` }, { locale })
		});
	}
};

interface Recipient {
	name: string;
	email: string;
	organisation: string;
	locale: 'da' | 'en';
	hasNewAddress: boolean;
}

/** Null where there is nobody, they have no address or have left, or no mail can be sent at all. */
async function findRecipient(app: App, person: unknown): Promise<Recipient | null> {
	if (app.mailer.kind === 'none') return null;
	const found = await findMailbox(app.db.read, String(person));
	if (!found?.email) return null;
	return { ...found, email: found.email };
}

function send(
	app: App,
	to: Recipient,
	{ id, attempt }: Job,
	mail: { subject: string; text: string }
): Promise<void> {
	// Another try carries another link: it is another mail, not a copy of the first.
	return app.mailer.send({
		id: `${id}.${attempt}`,
		to: { name: to.name, address: to.email },
		...mail
	});
}
