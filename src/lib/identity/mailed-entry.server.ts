import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { insertEntry, type EntryPurpose } from './entry-tokens.server.ts';
import { findOrganisationOf } from './people.server.ts';

/** Makes a link for a mail that is about to be sent; the last one of its kind is void from now on. */
export async function makeMailedEntry(
	app: App,
	entry: { person: string; purpose: Exclude<EntryPurpose, 'letter'>; madeBy: string | null }
): Promise<{ link: string; expiresAt: Date }> {
	const now = app.now();
	const organisation = await findOrganisationOf(app.db.read, entry.person);
	const { token, expiresAt } = await app.db.write(async (tx) => {
		if (entry.purpose === 'reset') {
			await writeAudit(tx, now, {
				event: 'reset.made',
				actor: null,
				organisation,
				subject: entry.person
			});
		}
		return insertEntry(tx, { ...entry, now });
	});
	return { link: `${app.origin}/invitations/${token}`, expiresAt };
}
