import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { spend } from '#lib/identity/carried.server.ts';
import { openClient, readLogoutToken } from '#lib/identity/provider-client.server.ts';
import { findOpenProvider } from '#lib/identity/providers.server.ts';
import { nameFault } from './provider-arrival.server.ts';

/**
 * Ends here what a provider has ended there (back-channel logout). Returns false, and does nothing, for
 * whatever is not from the provider, not for us, not new, or not about a logout (ASVS 10.5.5).
 */
export async function endFromProvider(app: App, slug: string, token: string): Promise<boolean> {
	const provider = await findOpenProvider(app, slug);
	if (!provider) return false;
	try {
		const client = await openClient(app, provider);
		const said = await readLogoutToken(client, token, provider.clientId, app.now());
		const ended = await app.db.write(async (tx) => {
			if (!(await spend(tx, `${provider.id} ${said.id}`, app.now()))) return null;
			const whose = await app.sessions.endVouched(tx, { ...said, id: provider.id });
			for (const person of whose)
				await writeAudit(tx, app.now(), {
					event: 'session.ended',
					actor: null,
					organisation: provider.organisation,
					subject: person,
					detail: { provider: slug }
				});
			return whose.length;
		});
		if (ended === null) return false;
		app.log.info({ event: 'provider.logout', provider: slug, ended });
		return true;
	} catch (fault) {
		app.log.warn({ event: 'provider.logout-refused', provider: slug, fault: nameFault(fault) });
		return false;
	}
}
