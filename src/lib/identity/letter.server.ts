import { eq } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import type { Actor } from '#lib/access/actor.ts';
import { dayOf } from '#lib/time.ts';
import { insertEntry } from './entry-tokens.server.ts';
import type { Letter } from './letter.ts';
import { groupCode } from './one-time-code.ts';
import { drawQr } from './qr.server.ts';
import { organisations } from './tables.server.ts';

/** Somebody a letter is for. */
export interface Addressee {
	person: string;
	name: string;
	email: string | null;
	username: string | null;
	locale: string | null;
	workplace: { id: string; name: string };
}

/**
 * Makes a letter for somebody whom the actor may let in, which voids the last one. Whether they may is
 * asked before, where workplaces are known.
 */
export async function writeLetter(app: App, actor: Actor, to: Addressee): Promise<Letter> {
	const now = app.now();
	const { token, code, expiresAt } = await app.db.write(async (tx) => {
		const entry = await insertEntry(tx, {
			person: to.person,
			purpose: 'letter',
			madeBy: actor.person,
			now
		});
		await writeAudit(tx, now, {
			event: 'letter.made',
			actor,
			workplace: to.workplace.id,
			subject: to.person
		});
		return entry;
	});
	const [organisation] = await app.db.read
		.select({ name: organisations.name, locale: organisations.locale })
		.from(organisations)
		.where(eq(organisations.id, actor.organisation));
	const link = `${app.origin}/invitations/${token}`;
	return {
		locale: (to.locale ?? organisation?.locale) === 'en' ? 'en' : 'da',
		name: to.name,
		organisation: organisation?.name ?? '',
		workplace: to.workplace.name,
		signInName: to.username ?? to.email ?? '',
		origin: app.origin,
		link,
		qr: drawQr(link),
		code: groupCode(code ?? ''),
		worksUntil: dayOf(expiresAt)
	};
}
