import type { App } from '#lib/app.ts';
import type { WayInChange } from '#lib/identity/factors.server.ts';
import { findMailbox } from '#lib/identity/people.server.ts';
import type { Handler } from '#lib/server/jobs/jobs.server.ts';
import * as m from '#lib/ui/messages/messages.js';

const sayWhat: Readonly<Record<WayInChange, typeof m.mail_factor_totp_added>> = {
	'totp-added': m.mail_factor_totp_added,
	'totp-removed': m.mail_factor_totp_removed,
	'passkey-added': m.mail_factor_passkey_added,
	'passkey-removed': m.mail_factor_passkey_removed,
	'codes-made': m.mail_factor_codes_made,
	'code-used': m.mail_factor_code_used,
	'provider-linked': m.mail_factor_provider_linked,
	'provider-unlinked': m.mail_factor_provider_unlinked,
	reset: m.mail_factor_reset
};

/** Tells somebody that they come in by something else now, so that they notice if it was not them. */
export const mailFactorChanged: Handler<App> = {
	event: 'factor.changed',
	subscriber: 'mail to the person',
	async handle(app, { person, change }, job) {
		if (app.mailer.kind === 'none') return;
		const to = await findMailbox(app.db.read, String(person));
		if (!to?.email) return;
		const { locale, name } = to;
		const what = sayWhat[change as WayInChange]({}, { locale }); // only published with one
		await app.mailer.send({
			id: job.id,
			to: { name, address: to.email },
			subject: m.mail_factor_subject({}, { locale }),
			text: m.mail_factor_text({ name, what, link: `${app.origin}/me/sign-in` }, { locale })
		});
	}
};
