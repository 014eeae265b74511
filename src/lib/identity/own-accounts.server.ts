import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { tellOfChange } from './factors.server.ts';
import { unlinkAccount } from './providers.server.ts';

/** Has a provider no longer vouch for the actor; twice is once. */
export async function unlinkOwn(app: App, actor: Actor, provider: string): Promise<void> {
	const { person } = actor;
	await app.db.write(async (tx) => {
		if ((await unlinkAccount(tx, provider, person)) === 0) return;
		await writeAudit(tx, app.now(), { event: 'provider.unlinked', actor, subject: person });
		await tellOfChange(app, tx, person, 'provider-unlinked');
	});
}
