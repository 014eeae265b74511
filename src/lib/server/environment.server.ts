import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve, sep } from 'node:path';
import * as v from 'valibot';
import { isLoopback } from './loopback.ts';
import { logLevels } from './log.server.ts';
import { readSmtpUrl } from './mail/smtp-url.ts';
import { decodeSecretKey } from './secret-key.server.ts';
import { StartRefused } from './start-refused.ts';

/** What the environment says about an installation, checked, with defaults filled in. */
export type Environment = ReturnType<typeof complete>;

type Variables = Readonly<Record<string, string | undefined>>;

/** A value that satisfies `holds`; `sentence` follows the name of the variable. */
function text<T>(sentence: string, read: (value: string) => T | undefined) {
	return v.optional(
		v.pipe(
			v.string(),
			v.rawTransform(({ dataset, addIssue, NEVER }) => {
				const output = read(dataset.value);
				if (output !== undefined) return output;
				addIssue({ message: sentence });
				return NEVER;
			})
		)
	);
}

function port(value: string): number | undefined {
	const number = Number(value);
	return /^\d{1,5}$/.test(value) && number >= 1 && number <= 65_535 ? number : undefined;
}

function days(value: string): number | undefined {
	const number = Number(value);
	return /^\d{1,4}$/.test(value) && number >= 1 && number <= 3650 ? number : undefined;
}

function host(value: string): string | undefined {
	const isName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value);
	return isName || isIP(value) ? value : undefined;
}

function origin(value: string): URL | undefined {
	const url = URL.canParse(value) ? new URL(value) : undefined;
	const isOrigin =
		url?.href === `${url?.origin}/` && !url.username && /^https?:$/.test(url.protocol);
	return isOrigin ? url : undefined;
}

function flag(value: string): boolean | undefined {
	return value === '1' ? true : value === '0' ? false : undefined;
}

function folders(value: string): string[] | undefined {
	const paths = value.split(':').filter((path) => path !== '');
	return paths.length > 0 && paths.every(isFolder) ? paths.map((path) => resolve(path)) : undefined;
}

function isFolder(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function dataDir(value: string): string | undefined {
	const there = statSync(value, { throwIfNoEntry: false });
	return !there || there.isDirectory() ? resolve(value) : undefined;
}

function smtpUrl(value: string): string | undefined {
	try {
		readSmtpUrl(value);
		return value;
	} catch {
		return undefined;
	}
}

function sender(value: string): string | undefined {
	return /^([^<>@\p{Cc}]+ )?<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/u.test(value)
		? value
		: undefined;
}

function phone(value: string): string | undefined {
	return /^\+?[\d ]{3,20}$/u.test(value) ? value.trim() : undefined;
}

/** The authority's own site is the only one that a redirect of ours leads to. */
function was(value: string): string | undefined {
	return /^https:\/\/was\.digst\.dk\/[\w./-]+$/u.test(value) ? value : undefined;
}

function proxies(value: string): string[] | undefined {
	const networks = value.split(',').map((network) => network.trim());
	return networks.every(isNetwork) ? networks : undefined;
}

function isIssuer(value: string): boolean {
	if (!URL.canParse(value)) return false;
	const { protocol, search, hash, username, hostname } = new URL(value);
	const isTrusted = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
	return isTrusted && !search && !hash && !username;
}

function issuers(value: string): string[] | undefined {
	const named = value.split(',').map((each) => each.trim());
	return named.every(isIssuer) ? named : undefined;
}

function isNetwork(network: string): boolean {
	const [address = '', prefix] = network.split('/');
	const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1;
	return bits > 0 && (prefix === undefined || (/^\d+$/.test(prefix) && Number(prefix) <= bits));
}

const postgres = text(
	'must be the address of a PostgreSQL database, such as postgres://user:password@db.example.dk/holdepunkt',
	(value) => {
		const url = URL.canParse(value) ? new URL(value) : undefined;
		const isDatabase = url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
		return isDatabase ? value : undefined;
	}
);

const variables = v.object({
	PORT: text('must be a whole number from 1 to 65535', port),
	HOST: text('must be an address or a name of this machine, such as 127.0.0.1', host),
	ORIGIN: text('must be an address such as https://learn.example.dk, with no path', origin),
	ALLOW_HTTP: text('must be 1 or 0', flag),
	TRUSTED_PROXY: text(
		'must be addresses or networks such as 10.0.0.0/8, separated by commas',
		proxies
	),
	DATA_DIR: text('must be a folder', dataDir),
	DATABASE_URL: postgres,
	PRIVATE_DATABASE_URL: postgres,
	KEYS_DATABASE_URL: postgres,
	OIDC_INSIDE: text(
		'must be issuers such as https://login.kommune.local/adfs, separated by commas',
		issuers
	),
	COURSES_DIR: text('must be folders that exist, separated by “:”', folders),
	SECRET_KEY: text('must be at least 32 bytes as base64 or hexadecimal', (value) =>
		decodeSecretKey(value) ? value : undefined
	),
	SMTP_URL: text(
		'must be an address such as smtps://user:password@mail.example.dk, with no option but ?requireTLS=false',
		smtpUrl
	),
	MAIL_FROM: text('must be a sender such as Holdepunkt <learn@example.dk>', sender),
	CONTACT_PHONE: text('must be a telephone number, such as +45 38 11 22 33', phone),
	CONTACT_EMAIL: text('must be one address, such as learn@kommune.example', (value) =>
		/^[^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;]+$/u.test(value) ? value : undefined
	),
	WAS_URL: text(
		'must be the address of the statement, such as https://was.digst.dk/learn-example-dk',
		was
	),
	DEMO: text('must be 1 or 0', flag),
	BACKUP_DIR: text('must be a folder', dataDir),
	BACKUP_DAYS: text('must be a whole number from 1 to 3650', days),
	METRICS_PORT: text('must be a whole number from 1 to 65535', port),
	LOG_LEVEL: v.optional(v.picklist(logLevels, `must be one of ${logLevels.join(', ')}`))
});

/** Their values are secrets, or hold some, and are never repeated. */
const secrets = [
	'SECRET_KEY',
	'SMTP_URL',
	'DATABASE_URL',
	'PRIVATE_DATABASE_URL',
	'KEYS_DATABASE_URL'
];

/**
 * Reads the environment variables of the platform; an empty one counts as unset.
 *
 * @throws {StartRefused} with one sentence for each value that makes no sense.
 */
export function readEnvironment(given: Variables): Environment {
	const set = Object.fromEntries(
		Object.entries(given).filter(([, value]) => value !== undefined && value.trim() !== '')
	);
	const result = v.safeParse(variables, set);
	if (!result.success) {
		throw new StartRefused(
			result.issues.map((issue) => {
				const name = String(issue.path?.[0]?.key);
				return secrets.includes(name)
					? `${name} ${issue.message}.`
					: `${name}=${set[name]}: ${name} ${issue.message}.`;
			})
		);
	}
	const environment = complete(result.output);
	const contradictions = [...contradict(environment), ...findUnboundSecrets(set)];
	if (contradictions.length > 0) throw new StartRefused(contradictions);
	return environment;
}

/** A secret is sent to nobody but the issuer it is named with. */
function findUnboundSecrets(set: Variables): string[] {
	return Object.keys(set).flatMap((name) => {
		const whose = /^OIDC_SECRET_(\w+?)(_FILE)?$/.exec(name)?.[1];
		if (whose === undefined) return [];
		const issuer = `OIDC_ISSUER_${whose}`;
		const given = set[issuer]?.trim();
		if (given !== undefined && isIssuer(given)) return [];
		return [
			`${issuer} must be the address of the issuer, such as https://login.example.dk, because ${name} is sent to that issuer alone.`
		];
	});
}

function findDatabases(set: v.InferOutput<typeof variables>) {
	const { DATABASE_URL, PRIVATE_DATABASE_URL, KEYS_DATABASE_URL } = set;
	if (!DATABASE_URL && !PRIVATE_DATABASE_URL && !KEYS_DATABASE_URL) return null;
	return {
		platform: DATABASE_URL ?? '',
		private: PRIVATE_DATABASE_URL ?? '',
		keys: KEYS_DATABASE_URL ?? ''
	};
}

/** Which database it is, whoever asks for it. */
function nameDatabase(address: string): string {
	const { hostname, port, pathname, searchParams } = new URL(address);
	const host = searchParams.get('host') ?? hostname;
	return `${host}:${searchParams.get('port') ?? (port || '5432')}${pathname}`;
}

function contradictDatabases(databases: Environment['databases']): string[] {
	if (!databases) return [];
	const given = [
		['DATABASE_URL', databases.platform],
		['PRIVATE_DATABASE_URL', databases.private],
		['KEYS_DATABASE_URL', databases.keys]
	] as const;
	const missing = given.filter(([, address]) => address === '').map(([name]) => name);
	if (missing.length > 0)
		return [
			`${missing.join(' and ')} must be set too: what an employer may know, what only a learner may know and the keys between them lie in three databases.`
		];
	return given.flatMap(([name, address], at) => {
		const same = given
			.slice(0, at)
			.find(([, other]) => nameDatabase(other) === nameDatabase(address));
		return same
			? [`${name} is the same database as ${same[0]}: each of the three needs one of its own.`]
			: [];
	});
}

function complete(set: v.InferOutput<typeof variables>) {
	const listensAt = { port: set.PORT ?? 3000, host: set.HOST ?? '127.0.0.1' };
	const url = set.ORIGIN ?? new URL(`http://localhost:${listensAt.port}`);
	return {
		...listensAt,
		/** Where people reach the platform, without a slash at the end. */
		origin: url.origin,
		/** Whether the session cookie is `__Host-` and `Secure`. */
		isHttps: url.protocol === 'https:',
		allowsHttp: set.ALLOW_HTTP ?? false,
		/** True when nobody but this machine can reach the platform. */
		isLocal: isLoopback(listensAt.host) && isLoopback(url.hostname),
		/** Addresses and networks whose word on a client's address counts. */
		trustedProxies: set.TRUSTED_PROXY ?? [],
		/** Issuers that may be reached although they have no public address. */
		insideIssuers: set.OIDC_INSIDE ?? [],
		dataDir: set.DATA_DIR ?? resolve('data'),
		/** Where the stores are when PostgreSQL keeps them; null for files in `dataDir`. */
		databases: findDatabases(set),
		/** Folders with courses; those of a later one win by slug. */
		coursesDirs: set.COURSES_DIR ?? [resolve('courses')],
		secretKey: set.SECRET_KEY,
		smtpUrl: set.SMTP_URL,
		mailFrom: set.MAIL_FROM,
		/** Whom to tell where something cannot be used, and where the official statement stands. */
		contact: {
			phone: set.CONTACT_PHONE ?? null,
			email: set.CONTACT_EMAIL ?? null,
			statement: set.WAS_URL ?? null
		},
		/** False when `DEMO=0` forbids the demonstration. */
		mayDemonstrate: set.DEMO ?? true,
		/** True when `DEMO=1` asks for it, so that not getting it is worth a sentence. */
		wantsDemonstration: set.DEMO ?? false,
		/** Where the nightly backups go; undefined where none are made. */
		backupDir: set.BACKUP_DIR,
		/** How many days a nightly backup is kept. */
		backupDays: set.BACKUP_DAYS ?? 30,
		/** The port on loopback where the figures of the process are told; undefined where they are not. */
		metricsPort: set.METRICS_PORT,
		logLevel: set.LOG_LEVEL ?? 'info'
	};
}

function contradict(environment: Environment): string[] {
	const { origin: url, isHttps, allowsHttp } = environment;
	const sentences: string[] = [];
	if (!isHttps && !allowsHttp && !isLoopback(new URL(url).hostname)) {
		sentences.push(
			`ORIGIN=${url}: ORIGIN must begin with https://, because passwords travel to it. ALLOW_HTTP=1 allows http all the same.`
		);
	}
	const { backupDir, dataDir: kept } = environment;
	if (backupDir !== undefined && (backupDir === kept || backupDir.startsWith(`${kept}${sep}`))) {
		sentences.push(
			`BACKUP_DIR=${backupDir}: BACKUP_DIR must not lie in DATA_DIR, because what happens to the one happens to the other.`
		);
	}
	if (backupDir !== undefined && environment.databases) {
		sentences.push(
			`BACKUP_DIR=${backupDir}: BACKUP_DIR is for stores that are files. What PostgreSQL keeps is backed up by its own means, such as pg_dump.`
		);
	}
	if (environment.metricsPort === environment.port) {
		sentences.push('METRICS_PORT must not be PORT: the figures are not for everybody.');
	}
	if (environment.smtpUrl && !environment.mailFrom) {
		sentences.push('MAIL_FROM must be set when SMTP_URL is: it is the sender of every mail.');
	}
	return [...sentences, ...contradictDatabases(environment.databases)];
}
