import { readFileSync } from 'node:fs';
import { fetchPublic, type PublicFetchOptions } from '#lib/server/public-fetch.server.ts';
import type { ProviderClient } from './provider-client.server.ts';

/** What is needed to reach those who vouch for people. */
export interface Outside {
	fetch(url: string, options: PublicFetchOptions): Promise<Response>;
	/** True where plain http will do: on machines that the operator has named. */
	mayBePlain(url: URL): boolean;
	/** Our secret with a provider, where the operator keeps it outside of the store. */
	secretOf(slug: string): string | null;
	/** What was read of each provider, for an hour. */
	clients: Map<string, { client: Promise<ProviderClient>; key: string; until: number }>;
}

interface Options {
	/** Machines that may be reached although they have no public address. */
	inside?: readonly string[];
	/** Where `OIDC_SECRET_…` and `OIDC_SECRET_…_FILE` stand. */
	secrets?: Readonly<Record<string, string | undefined>>;
}

/** Opens the way out; nothing is sent before somebody signs in by a provider. */
export function openOutside({ inside = [], secrets = {} }: Options): Outside {
	return {
		fetch: (url, options) => fetchPublic(url, options, inside),
		mayBePlain: (url) => inside.includes(url.hostname.replace(/^\[|\]$/g, '').toLowerCase()),
		secretOf(slug) {
			const name = `OIDC_SECRET_${slug.toUpperCase().replaceAll('-', '_')}`;
			const file = secrets[`${name}_FILE`];
			const secret = secrets[name] ?? (file ? readFileSync(file, 'utf8') : undefined);
			return secret?.trim() || null;
		},
		clients: new Map()
	};
}
