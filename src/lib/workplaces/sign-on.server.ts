import { and, asc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { Role } from '#lib/access/roles.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { openClient } from '#lib/identity/provider-client.server.ts';
import {
	findProviderFaults,
	findRuleFault,
	proposeSlug,
	readWords,
	type ProviderFaults,
	type ProviderForm,
	type RuleFault,
	type RuleForm
} from '#lib/identity/provider-form.ts';
import type { ProviderRule } from '#lib/identity/provider-rule.ts';
import { boundTo, readRow, type Provider } from '#lib/identity/providers.server.ts';
import { sealText } from '#lib/identity/sealing.server.ts';
import { providers, sessions } from '#lib/identity/tables.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { findPlace } from './tree.server.ts';
import { findTop } from './places.server.ts';
import { keepsAdministrator, takeRole } from './roles.server.ts';
import { grants } from './tables.server.ts';

/** So many rules fit on a page that somebody still understands. */
const mostRules = 100;

/** A provider as its administrators see it: without its secret. */
export interface ProviderView extends Omit<Provider, 'organisation' | 'secret'> {
	/** Where our secret is kept; `none` where there is none. */
	secretKept: 'outside' | 'sealed' | 'none';
}

/** Who decides for the whole organisation; everything here asks for it first. */
async function authoriseDeciding(app: App, actor: Actor): Promise<void> {
	authorise(actor, 'organisation.manage', await findTop(app.db.read, actor.organisation));
}

/**
 * The providers of the actor's organisation.
 *
 * @throws {DomainError} `forbidden` to who decides nothing, `not-found` to who administers only a part.
 */
export async function listProviders(app: App, actor: Actor): Promise<ProviderView[]> {
	await authoriseDeciding(app, actor);
	const rows = await app.db.read
		.select()
		.from(providers)
		.where(eq(providers.organisation, actor.organisation))
		.orderBy(asc(providers.createdAt), asc(providers.id));
	return rows.map((row) => {
		const { secret, ...found } = readRow(app, row);
		const { id, slug, name, issuer, clientId, scopes, subjectClaim } = found;
		const { employeeClaim, makesPeople, factorWords, rules, isOpen } = found;
		const isOutside = app.outside.secretOf(slug, issuer) !== null;
		return {
			...{ id, slug, name, issuer, clientId, scopes, subjectClaim },
			...{ employeeClaim, makesPeople, factorWords, rules, isOpen },
			secretKept: isOutside
				? ('outside' as const)
				: secret
					? ('sealed' as const)
					: ('none' as const)
		};
	});
}

const ofActor = (id: string, actor: Actor) =>
	and(eq(providers.id, id), eq(providers.organisation, actor.organisation));

async function requireProvider(read: Reader, actor: Actor, id: string) {
	const [row] = await read.select().from(providers).where(ofActor(id, actor));
	if (!row) throw new DomainError('not-found', 'provider');
	return row;
}

/**
 * Keeps a provider, a new one where the id is of none. What people are known by cannot be changed
 * afterwards, or somebody else could turn out to be them: another provider is made instead.
 *
 * @throws {DomainError} `forbidden` to who decides nothing, `not-found` to who administers only a part.
 */
export async function keepProvider(
	app: App,
	actor: Actor,
	id: string,
	form: ProviderForm
): Promise<{ faults: ProviderFaults }> {
	await authoriseDeciding(app, actor);
	const faults = findProviderFaults(form);
	if (Object.keys(faults).length > 0) return { faults };
	const secret = form.secret.trim();
	const clientSecret = secret && sealText(app.sealing.providers, secret, boundTo(id));
	const values = {
		name: form.name.trim().replace(/\s+/g, ' '),
		clientId: form.clientId.trim(),
		scopes: form.scopes.trim().replace(/\s+/g, ' '),
		employeeClaim: form.employeeClaim || null,
		makesPeople: form.makesPeople,
		factorWords: readWords(form.factorWords),
		isOpen: form.isOpen,
		...(clientSecret && { clientSecret })
	};
	return app.db.write(async (tx) => {
		const [there] = await tx.select().from(providers).where(eq(providers.id, id));
		if (there && there.organisation !== actor.organisation)
			throw new DomainError('not-found', 'provider');
		if (there) {
			if (there.issuer !== form.issuer || there.subjectClaim !== form.subjectClaim)
				throw new DomainError('conflict', 'moved-on');
			if (await isTaken(tx, form.issuer, values.clientId, id))
				return { faults: { clientId: 'taken' } };
			await tx.update(providers).set(values).where(eq(providers.id, id));
			if (!form.isOpen) await tx.delete(sessions).where(eq(sessions.provider, id));
		} else {
			if (await isTaken(tx, form.issuer, values.clientId, id))
				return { faults: { clientId: 'taken' } };
			await tx.insert(providers).values({
				id,
				organisation: actor.organisation,
				slug: await findFreeSlug(tx, values.name),
				issuer: form.issuer,
				subjectClaim: form.subjectClaim,
				rules: [],
				createdAt: app.now(),
				...values
			});
		}
		await writeChanged(app, tx, actor, describeChange(id, there, values));
		return { faults: {} };
	});
}

const settings = [
	...(['name', 'clientId', 'scopes', 'employeeClaim'] as const),
	...(['makesPeople', 'factorWords', 'isOpen'] as const)
];

type Settings = Pick<typeof providers.$inferSelect, (typeof settings)[number]>;

/**
 * What of a provider was changed: yes or no as it is now, that a secret was typed, and of all else the name
 * of the field alone. A new one has all of it changed.
 */
function describeChange(
	id: string,
	before: Settings | undefined,
	now: Settings & { clientSecret?: unknown }
): Readonly<Record<string, string | boolean>> {
	const changed = settings.filter(
		(field) => !before || JSON.stringify(before[field]) !== JSON.stringify(now[field])
	);
	return {
		provider: id,
		isNew: !before,
		isOpen: now.isOpen,
		makesPeople: now.makesPeople,
		fields: [...changed, ...(now.clientSecret ? ['secret'] : [])].join(' ')
	};
}

async function isTaken(
	tx: Writer,
	issuer: string,
	clientId: string,
	own: string
): Promise<boolean> {
	const rows = await tx
		.select({ id: providers.id })
		.from(providers)
		.where(and(eq(providers.issuer, issuer), eq(providers.clientId, clientId)));
	return rows.some(({ id }) => id !== own);
}

async function findFreeSlug(tx: Writer, name: string): Promise<string> {
	const wanted = proposeSlug(name);
	const rows = await tx.select({ slug: providers.slug }).from(providers);
	const taken = new Set(rows.map(({ slug }) => slug));
	for (let nth = 1; ; nth += 1) {
		const slug = nth === 1 ? wanted : `${wanted}-${nth}`;
		if (!taken.has(slug)) return slug;
	}
}

function writeChanged(
	app: App,
	tx: Writer,
	actor: Actor,
	detail: Readonly<Record<string, string | boolean>>
): Promise<void> {
	return writeAudit(tx, app.now(), { event: 'sign-on.changed', actor, detail });
}

/**
 * Adds a rule: who has this value in this claim belongs to a workplace, and may hold a role there.
 *
 * @throws {DomainError} as the others, and `not-found` for a workplace of somebody else.
 */
export async function addProviderRule(
	app: App,
	actor: Actor,
	id: string,
	form: RuleForm
): Promise<{ fault: RuleFault | null }> {
	await authoriseDeciding(app, actor);
	const fault = findRuleFault(form);
	if (fault) return { fault };
	const place = await findPlace(app.db.read, form.workplace);
	authorise(actor, 'roles.grant', place);
	const rule: ProviderRule = { ...form, value: form.value.trim() };
	return app.db.write(async (tx) => {
		const { rules } = await requireProvider(tx, actor, id);
		const isThere = rules.some(
			(one) =>
				one.claim === rule.claim &&
				one.value === rule.value &&
				one.workplace === rule.workplace &&
				one.role === rule.role
		);
		if (isThere || rules.length >= mostRules) return { fault: isThere ? null : 'too-long' };
		await tx
			.update(providers)
			.set({ rules: [...rules, rule] })
			.where(eq(providers.id, id));
		await writeChanged(app, tx, actor, {
			provider: id,
			rule: 'added',
			claim: rule.claim,
			workplace: rule.workplace,
			role: rule.role ?? 'staff'
		});
		return { fault: null };
	});
}

/** Takes a rule away by its place; what it gave goes the next time somebody comes in. */
export async function removeProviderRule(
	app: App,
	actor: Actor,
	id: string,
	rule: Pick<ProviderRule, 'claim' | 'value' | 'workplace'> & { role: string }
): Promise<void> {
	await authoriseDeciding(app, actor);
	await app.db.write(async (tx) => {
		const { rules } = await requireProvider(tx, actor, id);
		const stay = rules.filter(
			(one) =>
				one.claim !== rule.claim ||
				one.value !== rule.value ||
				one.workplace !== rule.workplace ||
				(one.role ?? '') !== rule.role
		);
		if (stay.length === rules.length) return;
		await tx.update(providers).set({ rules: stay }).where(eq(providers.id, id));
		await writeChanged(app, tx, actor, {
			provider: id,
			rule: 'removed',
			claim: rule.claim,
			workplace: rule.workplace,
			role: rule.role || 'staff'
		});
	});
}

/** Removes a provider: nobody comes in by it any more, and which account was whose is forgotten. */
export async function removeProvider(app: App, actor: Actor, id: string): Promise<void> {
	await authoriseDeciding(app, actor);
	await app.db.write(async (tx) => {
		const { slug } = await requireProvider(tx, actor, id);
		// Nobody else could end them, and what its rules gave would pass for given by hand.
		await tx.delete(sessions).where(eq(sessions.provider, id));
		await takeRulesRoles(app, tx, actor, id);
		await tx.delete(providers).where(ofActor(id, actor));
		await writeChanged(app, tx, actor, { provider: slug, removed: true });
	});
	app.outside.clients.delete(id);
}

/** Takes what the rules of a provider have given; an organisation keeps an administrator all the same. */
async function takeRulesRoles(app: App, tx: Writer, actor: Actor, provider: string): Promise<void> {
	const given = await tx
		.select({
			id: grants.id,
			person: grants.person,
			role: grants.role,
			workplace: grants.workplace
		})
		.from(grants)
		.where(eq(grants.provider, provider));
	for (const one of given) {
		const gone = { ...one, role: one.role as Role }; // only ever written as one
		if (await keepsAdministrator(tx, actor.organisation, { without: gone }))
			await takeRole(tx, app.now(), actor, gone);
	}
}

/** What came of asking a provider about itself. */
export type Checked =
	| { outcome: 'reached'; canEnd: boolean }
	/** It does not answer, or lies where nothing may be reached. */
	| { outcome: 'down' };

/** Asks a provider about itself now, whatever was read before. */
export async function checkProvider(app: App, actor: Actor, id: string): Promise<Checked> {
	await authoriseDeciding(app, actor);
	const provider = readRow(app, await requireProvider(app.db.read, actor, id));
	app.outside.clients.delete(id);
	try {
		const { metadata } = await openClient(app, provider);
		return { outcome: 'reached', canEnd: metadata.end_session_endpoint !== undefined };
	} catch (fault) {
		const name = fault instanceof Error ? fault.name : 'unknown';
		app.log.warn({ event: 'provider.down', provider: provider.slug, fault: name });
		return { outcome: 'down' };
	}
}
