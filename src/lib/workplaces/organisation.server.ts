import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { organisations } from '#lib/identity/tables.server.ts';
import { dayOf } from '#lib/time.ts';
import { findTop } from './places.server.ts';
import { findViewPolicy } from './view-policies.server.ts';
import type { ViewPolicy } from './view-policy.ts';

export interface OrganisationForm {
	name: string;
	/** The language of letters and mails for who has chosen none. */
	locale: 'da' | 'en';
}

export type OrganisationFault = 'name-missing' | 'too-long';

/**
 * What the organisation has decided.
 *
 * @throws {DomainError} `forbidden` to who decides nothing, `not-found` to who administers only a part.
 */
export async function readSettings(
	app: App,
	actor: Actor
): Promise<OrganisationForm & { policy: ViewPolicy }> {
	const { read } = app.db;
	authorise(actor, 'organisation.manage', await findTop(read, actor.organisation));
	const [found] = await read
		.select({ name: organisations.name, locale: organisations.locale })
		.from(organisations)
		.where(eq(organisations.id, actor.organisation));
	if (!found) throw new DomainError('not-found', 'organisation.manage');
	return {
		name: found.name,
		locale: found.locale === 'en' ? 'en' : 'da',
		policy: await findViewPolicy(read, actor.organisation, dayOf(app.now()))
	};
}

/**
 * Changes the organisation's name and the language it writes in.
 *
 * @throws {DomainError} `forbidden` to who decides nothing, `not-found` to who administers only a part.
 */
export async function changeOrganisation(
	app: App,
	actor: Actor,
	form: OrganisationForm
): Promise<{ fault: OrganisationFault | null }> {
	authorise(actor, 'organisation.manage', await findTop(app.db.read, actor.organisation));
	const before = await readSettings(app, actor);
	const name = form.name.trim().replace(/\s+/g, ' ');
	if (name === '') return { fault: 'name-missing' };
	if (name.length > 120) return { fault: 'too-long' };
	if (before.name === name && before.locale === form.locale) return { fault: null };
	await app.db.write(async (tx) => {
		await tx
			.update(organisations)
			.set({ name, locale: form.locale })
			.where(eq(organisations.id, actor.organisation));
		await writeAudit(tx, app.now(), { event: 'organisation.changed', actor });
	});
	return { fault: null };
}
