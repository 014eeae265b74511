import {
	ClientSecretBasic,
	ClientSecretPost,
	Configuration,
	None,
	allowInsecureRequests,
	authorizationCodeGrant,
	buildAuthorizationUrl,
	buildEndSessionUrl,
	calculatePKCECodeChallenge,
	customFetch,
	discovery,
	enableNonRepudiationChecks,
	randomNonce,
	randomPKCECodeVerifier,
	randomState,
	type CustomFetch,
	type FetchBody,
	type ServerMetadata
} from 'openid-client';
import { createRemoteJWKSet, customFetch as fetchKeysBy, jwtVerify } from 'jose';
import type { App } from '#lib/app.ts';
import type { Claims } from './provider-rule.ts';
import type { Provider } from './providers.server.ts';

/** What is accepted as a signature (ASVS 9.1.2); `none` and shared secrets never are. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];
const hour = 60 * 60_000;
/** So long one that failed is left alone. */
const pause = 30_000;
/** As long as a session here may last: older sign-ins are asked for anew (in seconds). */
const oldestSignIn = 7 * 24 * 60 * 60;

/** A provider as it has told about itself, ready to be asked. */
export interface ProviderClient {
	config: Configuration;
	metadata: ServerMetadata;
	keys: ReturnType<typeof createRemoteJWKSet>;
}

/** What a browser takes along to the provider and brings back. */
export interface Beginning {
	state: string;
	nonce: string;
	verifier: string;
}

/**
 * What a provider tells about itself, read at most once an hour, and after a failure not for half a minute:
 * whoever presses the button again is told at once, and no crowd of them waits on what is down.
 *
 * @throws where it cannot be reached, or tells something that cannot be.
 */
export async function openClient(app: App, provider: Provider): Promise<ProviderClient> {
	const { outside } = app;
	const key = JSON.stringify([provider.issuer, provider.clientId, provider.secret]);
	const known = outside.clients.get(provider.id);
	const now = app.now().getTime();
	if (known && known.key === key && known.until > now) return known.client;
	const client = readProvider(app, provider);
	outside.clients.set(provider.id, { client, key, until: now + hour });
	try {
		return await client;
	} catch (fault) {
		outside.clients.set(provider.id, { client, key, until: app.now().getTime() + pause });
		throw fault;
	}
}

async function readProvider(app: App, provider: Provider): Promise<ProviderClient> {
	const { outside } = app;
	const issuer = new URL(provider.issuer);
	const isPlain = issuer.protocol === 'http:' && outside.mayBePlain(provider.issuer);
	const fetchIt: CustomFetch = (url, { method, headers, body, signal }) =>
		outside.fetch(provider.issuer, url, { method, headers, body: readBody(body), signal });
	const found = await discovery(issuer, provider.clientId, undefined, None(), {
		[customFetch]: fetchIt,
		execute: isPlain ? [allowInsecureRequests] : []
	});
	// A copy without what the library adds, as what was read is not to be changed.
	const told = JSON.parse(JSON.stringify(found.serverMetadata())) as ServerMetadata;
	const signs = (told.id_token_signing_alg_values_supported ?? ['RS256']).filter((one) =>
		algorithms.includes(one)
	);
	const metadata: ServerMetadata = { ...told, id_token_signing_alg_values_supported: signs };
	const config = new Configuration(
		metadata,
		provider.clientId,
		undefined,
		authenticate(metadata, provider.secret)
	);
	config[customFetch] = fetchIt;
	// The token comes over a line of our own; its signature is looked at all the same (ASVS 6.8.2).
	enableNonRepudiationChecks(config);
	if (isPlain) allowInsecureRequests(config);
	const { jwks_uri } = metadata;
	if (!jwks_uri) throw new Error('the provider names no keys');
	const keys = createRemoteJWKSet(new URL(jwks_uri), {
		[fetchKeysBy]: (url: string) =>
			outside.fetch(provider.issuer, url, { headers: { accept: 'application/json' } })
	});
	return { config, metadata, keys };
}

function authenticate(metadata: ServerMetadata, secret: string | null) {
	if (secret === null) return None();
	const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
	return methods.includes('client_secret_basic')
		? ClientSecretBasic(secret)
		: ClientSecretPost(secret);
}

function readBody(body: FetchBody): string | Uint8Array | undefined {
	if (body === undefined || body === null) return undefined;
	if (body instanceof URLSearchParams) return body.toString();
	if (typeof body === 'string' || body instanceof Uint8Array) return body;
	throw new Error('a body of a kind that is never sent');
}

/** Where a browser goes to sign in, and what it must bring back for us to believe what it says. */
export async function beginAt(
	{ config }: ProviderClient,
	asked: { redirectUri: string; scopes: string; isAgain: boolean }
): Promise<{ url: URL; beginning: Beginning }> {
	const beginning = {
		state: randomState(),
		nonce: randomNonce(),
		verifier: randomPKCECodeVerifier()
	};
	const url = buildAuthorizationUrl(config, {
		redirect_uri: asked.redirectUri,
		scope: ['openid', ...asked.scopes.split(/\s+/).filter(Boolean)].join(' '),
		response_type: 'code',
		state: beginning.state,
		nonce: beginning.nonce,
		code_challenge: await calculatePKCECodeChallenge(beginning.verifier),
		code_challenge_method: 'S256',
		// Who is to show again who they are must not be let through by a session they have there. Of everybody
		// else it says when they did: who asks for an age is told.
		...(asked.isAgain ? { prompt: 'login', max_age: '0' } : { max_age: String(oldestSignIn) })
	});
	return { url, beginning };
}

/**
 * Changes the code for what the provider says of the person. State, nonce, PKCE, the `iss` of the
 * answer and of the token, `aud`, `exp` and the signature are looked at.
 *
 * @throws where anything is not as it must be.
 */
export async function finishAt(
	{ config, metadata }: ProviderClient,
	came: URL,
	{ state, nonce, verifier }: Beginning,
	isAgain: boolean
): Promise<Claims> {
	// One that says it names itself must; one that does not say so is taken at its word, if it gives it.
	const named = came.searchParams.get('iss');
	if (named !== null && named !== metadata.issuer) throw new Error('another issuer answered');
	const tokens = await authorizationCodeGrant(config, came, {
		expectedState: state,
		expectedNonce: nonce,
		pkceCodeVerifier: verifier,
		idTokenExpected: true,
		...(isAgain && { maxAge: 5 * 60 })
	});
	const claims = tokens.claims();
	if (!claims) throw new Error('the provider gave no token of identity');
	return claims;
}

/** When the provider last asked somebody who they are; null where it does not say. */
export function readShownAt(claims: Claims): Date | null {
	const said = claims['auth_time'];
	return typeof said === 'number' && Number.isFinite(said) && said > 0
		? new Date(said * 1000)
		: null;
}

/** Where a browser goes to sign out there as well; null where the provider has no such place. */
export function endAt({ config, metadata }: ProviderClient, back: string): URL | null {
	if (!metadata.end_session_endpoint) return null;
	// Without the token, which would have to go through the browser: the provider may ask once more.
	return buildEndSessionUrl(config, { post_logout_redirect_uri: back });
}

const loggedOut = 'http://schemas.openid.net/event/backchannel-logout';

/** What a provider says when it has ended a session of its own. */
export interface LogoutSaid {
	subject: string | null;
	session: string | null;
	/** Tells one such saying from another. */
	id: string;
}

/**
 * Reads a logout token (OpenID Connect Back-Channel Logout 1.0, §2.6).
 *
 * @throws where anything is not as it must be.
 */
export async function readLogoutToken(
	{ keys, metadata }: ProviderClient,
	token: string,
	clientId: string,
	now: Date
): Promise<LogoutSaid> {
	const { payload } = await jwtVerify(token, keys, {
		issuer: metadata.issuer,
		audience: clientId,
		algorithms,
		currentDate: now,
		clockTolerance: 30,
		maxTokenAge: '5 minutes',
		requiredClaims: ['iat', 'jti', 'events']
	});
	const { events, sub, sid, jti } = payload;
	const isLogout = typeof events === 'object' && events !== null && loggedOut in events;
	const subject = typeof sub === 'string' ? sub : null;
	const session = typeof sid === 'string' ? sid : null;
	if (!isLogout || 'nonce' in payload || !jti || (subject ?? session) === null)
		throw new Error('no token of logout');
	return { subject, session, id: jti };
}
