import { readFileSync } from 'node:fs';
import { fetchPublic, type PublicFetchOptions } from '#lib/server/public-fetch.server.ts';
import type { ProviderClient } from './provider-client.server.ts';

/** What is needed to reach those who vouch for people. */
export interface Outside {
	/**
	 * Fetches for the provider of an issuer. Of our own network it reaches the issuer's machine alone, and
	 * only where the operator has named that issuer.
	 *
	 * @throws {FetchRefused} as {@link fetchPublic}.
	 */
	fetch(issuer: string, url: string, options: PublicFetchOptions): Promise<Response>;
	/** True where plain http will do: with issuers that the operator has named. */
	mayBePlain(issuer: string): boolean;
	/** Our secret with a provider, where the operator keeps it outside of the store, for this issuer alone. */
	secretOf(slug: string, issuer: string): string | null;
	/** What was read of each provider, for an hour; what failed, for half a minute. */
	clients: Map<string, { client: Promise<ProviderClient>; key: string; until: number }>;
}

interface Options {
	/** Issuers that may be reached although they have no public address. */
	inside?: readonly string[];
	/** Where `OIDC_ISSUER_…`, `OIDC_SECRET_…` and `OIDC_SECRET_…_FILE` stand. */
	secrets?: Readonly<Record<string, string | undefined>>;
}

/** The same issuer, whether or not a slash stands at its end. */
const plain = (issuer: string) => issuer.trim().replace(/\/+$/, '');

const hostOf = (address: string) => new URL(address).hostname.replace(/^\[|\]$/g, '').toLowerCase();

/** Opens the way out; nothing is sent before somebody signs in by a provider. */
export function openOutside({ inside = [], secrets = {} }: Options): Outside {
	const named = new Set(inside.map(plain));
	const isInside = (issuer: string) => named.has(plain(issuer));
	return {
		fetch: (issuer, url, options) =>
			fetchPublic(url, options, isInside(issuer) ? [hostOf(issuer)] : []),
		mayBePlain: isInside,
		secretOf(slug, issuer) {
			const name = slug.toUpperCase().replaceAll('-', '_');
			// Who administers could else have it sent to an issuer of their own.
			const whose = secrets[`OIDC_ISSUER_${name}`];
			if (!whose || plain(whose) !== plain(issuer)) return null;
			const file = secrets[`OIDC_SECRET_${name}_FILE`];
			const secret =
				secrets[`OIDC_SECRET_${name}`] ?? (file ? readFileSync(file, 'utf8') : undefined);
			return secret?.trim() || null;
		},
		clients: new Map()
	};
}
