import { and, asc, eq } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import type { ProviderRule } from './provider-rule.ts';
import { unsealText } from './sealing.server.ts';
import { people, providerAccounts, providers } from './tables.server.ts';

/** Somebody who vouches for people, with what it takes to ask them. */
export interface Provider {
	id: string;
	organisation: string;
	slug: string;
	name: string;
	issuer: string;
	clientId: string;
	/** Ours with them; null where there is none. */
	secret: string | null;
	scopes: string;
	subjectClaim: string;
	employeeClaim: string | null;
	makesPeople: boolean;
	factorWords: readonly string[];
	rules: readonly ProviderRule[];
	isOpen: boolean;
}

/** What a secret is bound to as it is sealed. */
export const boundTo = (provider: string) => `provider ${provider}`;

type Row = typeof providers.$inferSelect;

/** Opens a row; a secret that the operator keeps outside of the store goes before the one in it. */
export function readRow(app: App, row: Row): Provider {
	const { id, organisation, slug, name, issuer, clientId, scopes, subjectClaim } = row;
	const { employeeClaim, makesPeople, factorWords, rules, isOpen } = row;
	const sealed =
		row.clientSecret && unsealText(app.sealing.providers, row.clientSecret, boundTo(id));
	return {
		...{ id, organisation, slug, name, issuer, clientId, scopes, subjectClaim },
		...{ employeeClaim, makesPeople, factorWords, rules, isOpen },
		secret: app.outside.secretOf(slug, issuer) ?? sealed
	};
}

/** What the page of signing in shows: a button for each. */
export async function listOpenProviders(
	read: Reader
): Promise<{ id: string; slug: string; name: string }[]> {
	return read
		.select({ id: providers.id, slug: providers.slug, name: providers.name })
		.from(providers)
		.where(eq(providers.isOpen, true))
		.orderBy(asc(providers.createdAt), asc(providers.id));
}

/** The open provider of a name in our addresses; null where there is none. */
export async function findOpenProvider(app: App, slug: string): Promise<Provider | null> {
	const [row] = await app.db.read
		.select()
		.from(providers)
		.where(and(eq(providers.slug, slug), eq(providers.isOpen, true)));
	return row ? readRow(app, row) : null;
}

export async function findProvider(app: App, id: string): Promise<Provider | null> {
	const [row] = await app.db.read.select().from(providers).where(eq(providers.id, id));
	return row ? readRow(app, row) : null;
}

/** Which person an account with a provider is; null where it is nobody's yet. */
export async function findAccount(
	read: Reader,
	provider: string,
	subject: string
): Promise<{ person: string; closedOn: string | null } | null> {
	const [row] = await read
		.select({ person: people.id, closedOn: people.closedOn })
		.from(providerAccounts)
		.innerJoin(people, eq(people.id, providerAccounts.person))
		.where(and(eq(providerAccounts.provider, provider), eq(providerAccounts.subject, subject)));
	return row ?? null;
}

/** Whom a provider vouches for from now on; false where the account is somebody's already. */
export async function linkAccount(
	tx: Writer,
	link: { provider: string; subject: string; person: string; day: string }
): Promise<boolean> {
	const { provider, subject, person, day: linkedOn } = link;
	const made = await tx
		.insert(providerAccounts)
		.values({ provider, subject, person, linkedOn })
		.onConflictDoNothing()
		.returning({ person: providerAccounts.person });
	return made.length > 0;
}

/** The providers that vouch for a person. */
export async function listAccounts(
	read: Reader,
	person: string
): Promise<{ provider: string; slug: string; name: string; linkedOn: string }[]> {
	return read
		.select({
			provider: providers.id,
			slug: providers.slug,
			name: providers.name,
			linkedOn: providerAccounts.linkedOn
		})
		.from(providerAccounts)
		.innerJoin(providers, eq(providers.id, providerAccounts.provider))
		.where(eq(providerAccounts.person, person))
		.orderBy(asc(providers.createdAt), asc(providers.id));
}

/** Whom a provider no longer vouches for; returns how many accounts that were. */
export async function unlinkAccount(tx: Writer, provider: string, person: string): Promise<number> {
	const gone = await tx
		.delete(providerAccounts)
		.where(and(eq(providerAccounts.provider, provider), eq(providerAccounts.person, person)))
		.returning({ person: providerAccounts.person });
	return gone.length;
}
