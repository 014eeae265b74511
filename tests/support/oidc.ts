import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, type JWTPayload } from 'jose';
import Provider from 'oidc-provider';
import type { TidyUp } from './folder.ts';

const secret = 'a secret of the two alone';

async function listen(server: Server, tidyUp: TidyUp): Promise<string> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
	tidyUp(async () => {
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
	});
	return `http://127.0.0.1:${port}`;
}

/** Somebody with an account at the provider, and what it says of them. */
export type Account = Readonly<Record<string, unknown>>;

/** A real provider, which lets in whoever it is told to, without asking them. */
export interface RealProvider {
	issuer: string;
	clientId: string;
	secret: string;
	/** Goes through its pages as `account`; where it sends the browser back to. */
	visit(address: URL, account: string): Promise<URL>;
}

/** Starts `oidc-provider` with one client, our platform, on a port of its own. */
export async function startProvider(
	tidyUp: TidyUp,
	{
		back,
		accounts,
		amr
	}: { back: string; accounts: Readonly<Record<string, Account>>; amr?: string[] }
): Promise<RealProvider> {
	let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
	const issuer = await listen(
		createServer((request, response) => answer(request, response)),
		tidyUp
	);
	const clientId = 'holdepunkt';
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const origin = new URL(back).origin;
	const provider = new Provider(issuer, {
		clients: [
			{
				client_id: clientId,
				client_secret: secret,
				redirect_uris: [back],
				post_logout_redirect_uris: [`${origin}/`]
			}
		],
		claims: {
			openid: ['sub', 'amr', 'groups', 'employee'],
			profile: ['name'],
			email: ['email', 'email_verified']
		},
		conformIdTokenClaims: false,
		cookies: { keys: ['a key of the test'] },
		jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'one', alg: 'RS256', use: 'sig' }] },
		pkce: { required: () => true },
		features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
		interactions: { url: (_, { uid }) => `/as/${uid}` },
		findAccount: (_, id) => ({
			accountId: id,
			claims: () => ({ sub: id, ...accounts[id] })
		}),
		loadExistingGrant: async (context) => {
			const { client, session } = context.oidc;
			const grant = new context.oidc.provider.Grant({
				clientId: client?.clientId ?? '',
				accountId: session?.accountId ?? ''
			});
			grant.addOIDCScope('openid profile email');
			await grant.save();
			return grant;
		}
	});
	const handle = provider.callback();
	answer = (request, response) => {
		const url = new URL(request.url ?? '/', issuer);
		if (!url.pathname.startsWith('/as/')) return void handle(request, response);
		// Who it is stands in a cookie of the test's browser.
		const account = /account=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
		void provider.interactionFinished(request, response, {
			login: { accountId: account, ...(amr && { amr }) }
		});
	};
	return {
		issuer,
		clientId,
		secret,
		async visit(address, account) {
			const jar = new Map([['account', account]]);
			let next = address;
			for (let steps = 0; steps < 10; steps += 1) {
				if (next.href.startsWith(back)) return next;
				const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
				const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
				for (const set of response.headers.getSetCookie()) {
					const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
					jar.set(name, value);
				}
				const location = response.headers.get('location');
				if (!location) throw new Error(`the provider leads nowhere: ${await response.text()}`);
				next = new URL(location, next);
			}
			throw new Error('the provider leads on and on');
		}
	};
}

/** What a provider that cannot be trusted gives for a code. */
export interface Hostile {
	issuer: string;
	clientId: string;
	/** Signs what it is told to with the key it publishes. */
	sign(payload: JWTPayload, header?: Record<string, unknown>): Promise<string>;
	/** A key it does not publish. */
	foreignKey: KeyObject;
	/** What its token endpoint gives from now on. */
	give(token: string): void;
	/** How often a code was brought, and with what. */
	brought: URLSearchParams[];
	/** What it says of itself, to be changed. */
	metadata: Record<string, unknown>;
}

/** Starts a provider that gives whatever token the test puts into its hand. */
export async function startHostile(tidyUp: TidyUp): Promise<Hostile> {
	const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const jwks = {
		keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }]
	};
	let token = '';
	const brought: URLSearchParams[] = [];
	const metadata: Record<string, unknown> = {};
	const answer = async (request: IncomingMessage): Promise<unknown> => {
		const { pathname } = new URL(request.url ?? '/', issuer);
		if (pathname === '/.well-known/openid-configuration') return metadata;
		if (pathname === '/keys') return jwks;
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer); // a request gives buffers
		brought.push(new URLSearchParams(Buffer.concat(chunks).toString()));
		return { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: token };
	};
	const issuer: string = await listen(
		createServer((request, response) => {
			void answer(request).then((said) => {
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify(said));
			});
		}),
		tidyUp
	);
	Object.assign(metadata, {
		issuer,
		authorization_endpoint: `${issuer}/authorize`,
		token_endpoint: `${issuer}/token`,
		jwks_uri: `${issuer}/keys`,
		response_types_supported: ['code'],
		subject_types_supported: ['public'],
		id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
		authorization_response_iss_parameter_supported: true
	});
	return {
		issuer,
		clientId: 'holdepunkt',
		sign: (payload, header = {}) =>
			new SignJWT(payload)
				.setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
				.sign(privateKey),
		foreignKey: foreign.privateKey,
		give: (next) => {
			token = next;
		},
		brought,
		metadata
	};
}
