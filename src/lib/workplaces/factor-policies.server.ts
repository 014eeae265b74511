import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import {
	alwaysDemanded,
	defaultFactorPolicy,
	findDemand,
	mayBeDemanded,
	type Demand,
	type FactorPolicy
} from '#lib/access/factor-policy.ts';
import { givenRoles } from '#lib/access/naming.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { clearFactors } from '#lib/identity/factors.server.ts';
import { organisations } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { addDays, dayOf } from '#lib/time.ts';
import { findActor } from './actor.server.ts';
import { findTop } from './places.server.ts';
import { authoriseOver } from './roles.server.ts';

/** Of whom an organisation demands a second factor. */
export async function readFactorPolicy(read: Reader, organisation: string): Promise<FactorPolicy> {
	const [row] = await read
		.select({ policy: organisations.factorPolicy })
		.from(organisations)
		.where(eq(organisations.id, organisation));
	return row?.policy ?? defaultFactorPolicy;
}

/** What is asked of somebody who has shown no second factor. */
export function readDemand(app: App, actor: Actor): Promise<Demand> {
	return findDemandOf(app.db.read, actor, app.now());
}

async function findDemandOf(read: Reader, actor: Actor, now: Date): Promise<Demand> {
	const policy = await readFactorPolicy(read, actor.organisation);
	return findDemand(actor, policy, dayOf(now));
}

/** Whether somebody's roles demand a second factor of them now. */
export async function demandsFactor(read: Reader, person: string, now: Date): Promise<boolean> {
	const actor = await findActor(read, person);
	if (!actor || !mayBeDemanded(actor)) return false;
	return (await findDemandOf(read, actor, now)) === 'now';
}

/** For so many days at most a demand can be put off: what is put off for longer is never done. */
export const mostDaysOff = 90;

export type FactorPolicyFault = 'no-day' | 'past-day' | 'far-day';

/**
 * Decides of whom a second factor is demanded; of administrators it always is.
 *
 * @throws {DomainError} `forbidden` to who decides nothing, `not-found` to who administers only a part.
 */
export async function decideFactorPolicy(
	app: App,
	actor: Actor,
	{ roles, until }: { roles: readonly string[]; until: string }
): Promise<{ fault: FactorPolicyFault | null }> {
	authorise(actor, 'organisation.manage', await findTop(app.db.read, actor.organisation));
	if (until !== '') {
		const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until) && !Number.isNaN(Date.parse(until));
		if (!isDay) return { fault: 'no-day' };
		const today = dayOf(app.now());
		if (until < today) return { fault: 'past-day' };
		if (until > addDays(today, mostDaysOff)) return { fault: 'far-day' };
	}
	const policy: FactorPolicy = {
		roles: givenRoles.filter(
			(role) => roles.includes(role) || alwaysDemanded.some((a) => a === role)
		),
		until: until || null
	};
	await app.db.write(async (tx) => {
		await tx
			.update(organisations)
			.set({ factorPolicy: policy })
			.where(eq(organisations.id, actor.organisation));
		const detail = { roles: policy.roles.join(' '), until: policy.until };
		await writeAudit(tx, app.now(), { event: 'sign-on.changed', actor, detail });
	});
	return { fault: null };
}

/**
 * Takes the second factors from somebody who has lost them; they set up new ones as they come in.
 *
 * @throws {DomainError} `forbidden` to who may not change how people get in, `not-found` for a person
 * out of reach.
 */
export async function resetFactors(app: App, actor: Actor, person: string): Promise<void> {
	await authoriseOver(app.db.read, actor, 'people.manage', person);
	await clearFactors(app, actor, person);
}
