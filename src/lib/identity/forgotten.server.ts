import type { App } from '#lib/app.ts';
import { newPrivateId } from '#lib/id.ts';
import { findCredentials } from './people.server.ts';

export type ResetAsked = { outcome: 'asked' } | { outcome: 'slow-down'; seconds: number };

/**
 * Asks for a mail with a link to a new password, by address or user name. What it answers and what it
 * does are the same whether there is such a person or not: a job is written either way, and finds
 * nobody where there is nobody. `network` is the address the request came from.
 */
export async function askForReset(app: App, name: string, network: string): Promise<ResetAsked> {
	for (const verdict of [
		await app.entryLimits.resetsFrom.take(network),
		await app.entryLimits.resetsOf.take(name.trim().toLowerCase())
	]) {
		if (verdict.isAllowed) continue;
		app.log.info({ event: 'reset.slowed-down' });
		return { outcome: 'slow-down', seconds: verdict.seconds };
	}
	const found = await findCredentials(app.db.read, name);
	const person = found?.person ?? newPrivateId();
	await app.db.write((tx) => app.publish(tx, 'reset.asked', { person, occasion: newPrivateId() }));
	return { outcome: 'asked' };
}
