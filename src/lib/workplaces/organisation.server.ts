import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import {
	daysKept,
	retention,
	retentionClasses,
	type RetentionChoices,
	type RetentionClass
} from '#lib/access/retention.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { findRetentionChoices } from '#lib/identity/sweep.server.ts';
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
): Promise<OrganisationForm & { policy: ViewPolicy; retention: RetentionChoices }> {
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
		retention: await findRetentionChoices(read, actor.organisation),
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

/** The classes of data for which an organisation may choose a time. */
export const chosenClasses = retentionClasses.filter((name) => retention[name].choice !== null);

/**
 * Decides for how long some classes of data are kept, in days. Returns the classes whose number is not
 * one that may be chosen; then nothing is changed.
 *
 * @throws {DomainError} `forbidden` to who decides nothing, `not-found` to who administers only a part.
 */
export async function decideRetention(
	app: App,
	actor: Actor,
	wanted: Readonly<Record<string, number>>
): Promise<RetentionClass[]> {
	authorise(actor, 'organisation.manage', await findTop(app.db.read, actor.organisation));
	const choices = chosenClasses.filter((name) => wanted[name] !== undefined);
	const wrong = choices.filter((name) => daysKept(name, wanted) !== wanted[name]);
	if (wrong.length > 0) return wrong;
	await app.db.write(async (tx) => {
		const before = await findRetentionChoices(tx, actor.organisation);
		const changed = choices.filter((name) => daysKept(name, before) !== wanted[name]);
		if (changed.length === 0) return;
		const decided = Object.fromEntries(
			chosenClasses
				.map((name) => [name, wanted[name] ?? before[name]] as const)
				.filter(([name, days]) => days !== undefined && days !== retention[name].days)
		);
		await tx
			.update(organisations)
			.set({ retention: decided as Record<string, number> }) // what is undefined is filtered out
			.where(eq(organisations.id, actor.organisation));
		const detail = Object.fromEntries(changed.map((name) => [name, wanted[name] ?? null]));
		await writeAudit(tx, app.now(), { event: 'organisation.changed', actor, detail });
	});
	return [];
}
