import { and, eq, isNull } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { replayReview } from '#lib/authoring/review.ts';
import { keysOf, listHolders, listOwnKeys } from '#lib/authoring/reviewers.server.ts';
import { readHistory } from '#lib/authoring/reviews.server.ts';
import { drafts } from '#lib/authoring/tables.server.ts';
import { readTitles } from '#lib/authoring/draft-rights.server.ts';
import { findMailbox } from '#lib/identity/people.server.ts';
import type { Handler } from '#lib/server/jobs/jobs.server.ts';
import * as m from '#lib/ui/messages/messages.js';

/**
 * Tells somebody that they are asked to hold a key, as long as they have not answered. The letter does not
 * say which one: that somebody has lived it is not for whoever sees their mail.
 */
export const mailKeyOffered: Handler<App> = {
	event: 'key.offered',
	subscriber: 'mail to the person',
	async handle(app, { person }, job) {
		if (app.mailer.kind === 'none') return;
		const to = await findMailbox(app.db.read, String(person));
		const keys = await listOwnKeys(app.db.read, String(person));
		if (!to?.email || keys.every(({ isAccepted }) => isAccepted)) return;
		const { locale, name } = to;
		await app.mailer.send({
			id: job.id,
			to: { name, address: to.email },
			subject: m.mail_key_subject({}, { locale }),
			text: m.mail_key_text({ name, link: `${app.origin}/author/keys` }, { locale })
		});
	}
};

/** Tells somebody who holds a key that a story has come in, as long as it waits and they still hold one. */
export const mailReviewSent: Handler<App> = {
	event: 'review.sent',
	subscriber: 'mail to who holds a key',
	async handle(app, { person, draft }, job) {
		if (app.mailer.kind === 'none') return;
		const { read } = app.db;
		const to = await findMailbox(read, String(person));
		const [row] = await read
			.select({ title: drafts.title, organisation: drafts.organisation })
			.from(drafts)
			.where(and(eq(drafts.id, String(draft)), isNull(drafts.discardedAt)));
		if (!to?.email || !row) return;
		const { events } = await readHistory(read, String(draft));
		const holders = await listHolders(read, row.organisation);
		if (replayReview(events).value !== 'in-review') return;
		if (keysOf(holders, String(person)).length === 0) return;
		const { locale, name } = to;
		const titles = readTitles(row.title);
		const title = titles[locale] || titles.da || titles.en;
		const link = `${app.origin}/author/${String(draft)}/review`;
		await app.mailer.send({
			id: job.id,
			to: { name, address: to.email },
			subject: m.mail_review_subject({ title }, { locale }),
			text: m.mail_review_text({ name, title, link }, { locale })
		});
	}
};
