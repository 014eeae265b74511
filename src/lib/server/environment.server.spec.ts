import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEnvironment } from './environment.server.ts';
import { StartRefused } from './start-refused.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'holdepunkt-environment-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function refusal(given: Record<string, string>): readonly string[] {
	try {
		readEnvironment(given);
	} catch (error) {
		if (error instanceof StartRefused) return error.sentences;
		throw error;
	}
	return [];
}

test('an empty environment is a platform on this machine alone', () => {
	expect(readEnvironment({ PORT: '', HOME: '/root' })).toEqual({
		port: 3000,
		host: '127.0.0.1',
		origin: 'http://localhost:3000',
		isHttps: false,
		allowsHttp: false,
		isLocal: true,
		trustedProxies: [],
		insideIssuers: [],
		dataDir: resolve('data'),
		databases: null,
		coursesDirs: [resolve('courses')],
		secretKey: undefined,
		smtpUrl: undefined,
		mailFrom: undefined,
		contact: { phone: null, email: null, statement: null },
		mayDemonstrate: true,
		wantsDemonstration: false,
		backupDir: undefined,
		backupDays: 30,
		metricsPort: undefined,
		logLevel: 'info'
	});
});

test('everything can be said', () => {
	const given = {
		PORT: '8080',
		HOST: '0.0.0.0',
		ORIGIN: 'https://learn.example.dk/',
		TRUSTED_PROXY: '10.0.0.0/8, ::1',
		DATA_DIR: folder,
		COURSES_DIR: `${folder}:${tmpdir()}`,
		SECRET_KEY: 'ab'.repeat(32),
		SMTP_URL: 'smtps://hold:secret@mail.example.dk',
		MAIL_FROM: 'Holdepunkt <learn@example.dk>',
		DEMO: '0',
		BACKUP_DIR: join(tmpdir(), 'backups'),
		BACKUP_DAYS: '90',
		METRICS_PORT: '9464',
		LOG_LEVEL: 'debug'
	};
	expect(readEnvironment(given)).toMatchObject({
		port: 8080,
		origin: 'https://learn.example.dk',
		isHttps: true,
		isLocal: false,
		trustedProxies: ['10.0.0.0/8', '::1'],
		dataDir: folder,
		coursesDirs: [folder, resolve(tmpdir())],
		mailFrom: 'Holdepunkt <learn@example.dk>',
		mayDemonstrate: false,
		backupDir: resolve(tmpdir(), 'backups'),
		backupDays: 90,
		metricsPort: 9464,
		logLevel: 'debug'
	});
});

describe('the start is stopped, with a sentence that names it, by', () => {
	test.each([
		['PORT', 'abc'],
		['PORT', '0'],
		['PORT', '65536'],
		['PORT', '80.5'],
		['HOST', 'http://localhost'],
		['ORIGIN', 'learn.example.dk'],
		['ORIGIN', 'https://learn.example.dk/platform'],
		['ORIGIN', 'https://kim:secret@learn.example.dk'],
		['ORIGIN', 'ftp://learn.example.dk'],
		['ORIGIN', 'http://learn.example.dk'],
		['CONTACT_PHONE', 'call me'],
		['CONTACT_EMAIL', 'learn'],
		['WAS_URL', 'https://was.digst.dk.evil.example/a'],
		['ALLOW_HTTP', 'yes'],
		['TRUSTED_PROXY', 'proxy.example.dk'],
		['TRUSTED_PROXY', '10.0.0.0/33'],
		['COURSES_DIR', '/does/not/exist'],
		['SECRET_KEY', 'ab'.repeat(31)],
		['SECRET_KEY', 'correct horse battery staple, and then some more words'],
		['SMTP_URL', 'mail.example.dk'],
		['SMTP_URL', 'smtps://mail.example.dk?tls.rejectUnauthorized=false'],
		['MAIL_FROM', 'nobody'],
		['DEMO', 'true'],
		['BACKUP_DAYS', '0'],
		['BACKUP_DAYS', 'a month'],
		['METRICS_PORT', '65536'],
		['METRICS_PORT', '3000'],
		['LOG_LEVEL', 'verbose'],
		['OIDC_INSIDE', 'login.kommune.local'],
		['OIDC_INSIDE', 'http://login.kommune.local'],
		['DATABASE_URL', 'mysql://kim:secret@db.example.dk/platform'],
		['PRIVATE_DATABASE_URL', 'postgres://kim:secret@db.example.dk'],
		['KEYS_DATABASE_URL', 'keys']
	])('%s=%s', (name, value) => {
		expect(refusal({ [name]: value })).toEqual([
			expect.stringMatching(new RegExp(`\\b${name} (must|is not)`))
		]);
		expect(() => readEnvironment({ [name]: value })).toThrow(StartRefused);
	});

	test('a file where the data should be', () => {
		const file = join(folder, 'file');
		writeFileSync(file, '');
		expect(refusal({ DATA_DIR: file })).toEqual([`DATA_DIR=${file}: DATA_DIR must be a folder.`]);
	});

	test('backups in the folder that they are backups of', () => {
		for (const inside of [folder, join(folder, 'backups')])
			expect(refusal({ DATA_DIR: folder, BACKUP_DIR: inside })).toEqual([
				expect.stringContaining('BACKUP_DIR must not lie in DATA_DIR')
			]);
	});

	test('a mail server without a sender', () => {
		expect(refusal({ SMTP_URL: 'smtps://mail.example.dk' })).toEqual([
			expect.stringContaining('MAIL_FROM')
		]);
	});

	test('13.3.1 a secret with a provider that does not say whose it is', () => {
		const unbound: Record<string, string>[] = [
			{ OIDC_SECRET_ACME: 'topsecret' },
			{ OIDC_SECRET_ACME_FILE: '/run/secrets/acme' },
			{ OIDC_SECRET_ACME: 'topsecret', OIDC_ISSUER_ACME: 'login.example' },
			{ OIDC_SECRET_ACME: 'topsecret', OIDC_ISSUER_OTHER: 'https://login.example' }
		];
		for (const given of unbound) {
			const sentences = refusal(given);
			expect(sentences).toEqual([expect.stringMatching(/^OIDC_ISSUER_ACME must/)]);
			expect(sentences.join()).not.toContain('topsecret');
		}
		const issuer = 'https://login.example';
		expect(
			readEnvironment({ OIDC_SECRET_ACME: 'a', OIDC_ISSUER_ACME: issuer, OIDC_INSIDE: issuer })
				.insideIssuers
		).toEqual([issuer]);
	});

	test('several values at once, each with its own sentence', () => {
		expect(refusal({ PORT: 'x', DEMO: 'x' })).toHaveLength(2);
	});
});

test('13.3.1 a refusal repeats no secret', () => {
	const given = {
		SECRET_KEY: 'topsecret',
		SMTP_URL: 'https://topsecret@mail.example.dk',
		DATABASE_URL: 'postgres://topsecret@db',
		PRIVATE_DATABASE_URL: 'postgres://topsecret@db'
	};
	expect(refusal(given)).toHaveLength(4);
	expect(refusal(given).join()).not.toContain('topsecret');
});

test.each([
	['http://127.0.0.1:3000', {}],
	['http://[::1]:3000', {}],
	['http://learn.example.dk', { ALLOW_HTTP: '1' }]
])('%s may do without https', (origin, more) => {
	expect(readEnvironment({ ORIGIN: origin, ...more })).toMatchObject({ origin, isHttps: false });
});

test.each([
	['HOST', { HOST: '0.0.0.0' }],
	['ORIGIN', { ORIGIN: 'https://learn.example.dk' }]
])('a platform whose %s is not of this machine alone is not local', (_, given) => {
	expect(readEnvironment(given).isLocal).toBe(false);
});

describe('PostgreSQL', () => {
	const at = (name: string) => `postgres://kim:secret@db.example.dk/${name}`;
	const three = {
		DATABASE_URL: at('platform'),
		PRIVATE_DATABASE_URL: at('own'),
		KEYS_DATABASE_URL: at('keys')
	};

	test('keeps the stores where each has a database of its own', () => {
		expect(readEnvironment(three).databases).toEqual({
			platform: at('platform'),
			private: at('own'),
			keys: at('keys')
		});
	});

	test.each(Object.keys(three))('is refused with %s alone, naming the others', (name) => {
		const others = Object.keys(three).filter((other) => other !== name);
		const [sentence = ''] = refusal({ [name]: at('platform') });
		expect(sentence).toMatch(`${others.join(' and ')} must be set too`);
		expect(sentence).not.toContain('secret');
	});

	test.each([
		['written alike', at('platform')],
		['by another name and password', 'postgres://lea:other@db.example.dk/platform'],
		['with its port', 'postgresql://kim:secret@db.example.dk:5432/platform']
	])('is refused where two are the same database, %s', (_, address) => {
		const [sentence = '', ...more] = refusal({ ...three, KEYS_DATABASE_URL: address });
		expect(sentence).toMatch('KEYS_DATABASE_URL is the same database as DATABASE_URL');
		expect([sentence, ...more].join()).not.toMatch(/secret|other@/);
	});
});
