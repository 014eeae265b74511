import type { FactorPolicy } from '#lib/access/factor-policy.ts';
import {
	boolean,
	bytes,
	day,
	index,
	instant,
	integer,
	json,
	primaryKey,
	table,
	text,
	uniqueIndex
} from '#lib/server/db/dialect.ts';
import type { ProviderRule } from './provider-rule.ts';

export const organisations = table('organisations', {
	id: text().primaryKey(),
	name: text().notNull(),
	createdAt: instant().notNull(),
	/** True for the demonstration municipality, whose accounts are open; its stores remember it so. */
	isDemonstration: boolean().notNull(),
	/** The language of letters, mails and pages for who has chosen none; null is Danish. */
	locale: text(),
	/** Days by class of data where the organisation has decided otherwise than `retention.ts`. */
	retention: json().$type<Readonly<Record<string, number>>>(),
	/** Of whom a second factor is demanded, where the organisation has decided otherwise than `factor-policy.ts`. */
	factorPolicy: json().$type<FactorPolicy>()
});

export const people = table(
	'people',
	{
		id: text().primaryKey(),
		organisation: text()
			.notNull()
			.references(() => organisations.id),
		name: text().notNull(),
		/** Lower case, as it is looked up; null for who has no address at work. */
		email: text(),
		/**
		 * True where somebody else has put another address in since the person last showed their password;
		 * null is false. A trigger writes it, so that no way of changing an address is forgotten.
		 */
		hasNewAddress: boolean(),
		/** What one signs in with besides or instead of an address; lower case. */
		username: text(),
		/** What the employer calls the person, so that an import finds them again. */
		employeeId: text(),
		/** Name and address folded for search, see `fold`. */
		searchText: text().notNull(),
		/** `da`, `en`, or null: as the browser asks. */
		locale: text(),
		/** The day access ended; null while it lasts. */
		closedOn: day(),
		/** The day on which what is private was erased after they left; null until then. */
		erasedOn: day()
	},
	(t) => [
		uniqueIndex('people_email').on(t.email),
		uniqueIndex('people_username').on(t.username),
		uniqueIndex('people_employee').on(t.organisation, t.employeeId)
	]
);

export const passwords = table('passwords', {
	person: text()
		.primaryKey()
		.references(() => people.id, { onDelete: 'cascade' }),
	/** argon2id, in its own encoded form. */
	hash: text().notNull()
});

export const sessions = table(
	'sessions',
	{
		/** SHA-256 of what the cookie holds; the cookie itself is stored nowhere. */
		id: text().primaryKey(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		/** When it ends unless it is used. */
		expiresAt: instant().notNull(),
		/** When it ends whatever happens. */
		endsAt: instant().notNull(),
		reauthenticatedAt: instant().notNull(),
		method: text().notNull(),
		/** What the person's own list calls it, and ends it by; nobody gets in with it. */
		handle: text().notNull(),
		begunAt: instant().notNull(),
		/** Kind of browser and device in two words, such as `Firefox, Android`; null where unknown. */
		device: text(),
		/** On a tablet that others use too: shorter, and forgets. */
		isShared: boolean().notNull(),
		/** After how many minutes without use it ends. */
		idleMinutes: integer().notNull(),
		/** How a second factor was shown: `totp`, `recovery`, `passkey` or `provider`; null where none was. */
		factor: text(),
		/** What has to be done before it lets in: `factor` or `setup`; null where it lets in. */
		awaits: text(),
		/** Who vouched for the person, where somebody did. */
		provider: text().references(() => providers.id, { onDelete: 'set null' }),
		/** What the provider calls its own session (`sid`), so that it can end this one. */
		providerSession: text(),
		/** Whom the provider calls the person (`sub`), so that it can end all of their sessions. */
		providerSubject: text()
	},
	(t) => [
		index('sessions_provider').on(t.provider, t.providerSession),
		index('sessions_person').on(t.person),
		index('sessions_expiry').on(t.expiresAt),
		uniqueIndex('sessions_handle').on(t.handle)
	]
);

/** Ways in that work once: an invitation by mail, a printed letter, a new password. */
export const entryTokens = table(
	'entry_tokens',
	{
		id: text().primaryKey(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		/** `invitation`, `letter` or `reset`. */
		purpose: text().notNull(),
		/** SHA-256 of what stands in the address; the token itself is stored nowhere. */
		tokenHash: text().notNull(),
		/** SHA-256 of the code of a letter, to be typed; null for what comes by mail. */
		codeHash: text(),
		madeAt: instant().notNull(),
		expiresAt: instant().notNull(),
		/** Null until it has been used, or made void by a later one. */
		endedAt: instant(),
		/** Null for who asked for their own, and once the person is gone. */
		madeBy: text().references(() => people.id, { onDelete: 'set null' })
	},
	(t) => [
		index('entry_tokens_made_by').on(t.madeBy),
		uniqueIndex('entry_tokens_token').on(t.tokenHash),
		uniqueIndex('entry_tokens_code').on(t.codeHash),
		index('entry_tokens_person').on(t.person)
	]
);

/** Who vouches for people besides ourselves, by OpenID Connect. */
export const providers = table(
	'providers',
	{
		id: text().primaryKey(),
		organisation: text()
			.notNull()
			.references(() => organisations.id),
		/** What stands in our addresses. */
		slug: text().notNull(),
		/** What stands on the button. */
		name: text().notNull(),
		/** The issuer as it calls itself. */
		issuer: text().notNull(),
		/** What the platform is called there. */
		clientId: text().notNull(),
		/** The secret of the platform there, sealed; null where it comes from the environment or there is none. */
		clientSecret: bytes(),
		/** What is asked for besides `openid`. */
		scopes: text().notNull(),
		/** The claim a person is known by: `sub`, or another that never changes. */
		subjectClaim: text().notNull(),
		/** The claim that holds what the employer calls the person; null where none is to be trusted. */
		employeeClaim: text(),
		/** Whether the rules may make people who are not here yet. */
		makesPeople: boolean().notNull(),
		/** Words in `amr` or `acr` that say that a second factor was shown. */
		factorWords: json().$type<readonly string[]>().notNull(),
		/** Which claim gives which role where. */
		rules: json().$type<readonly ProviderRule[]>().notNull(),
		/** False while nobody is to come in by it. */
		isOpen: boolean().notNull(),
		createdAt: instant().notNull()
	},
	(t) => [
		uniqueIndex('providers_slug').on(t.slug),
		uniqueIndex('providers_issuer').on(t.issuer, t.clientId),
		index('providers_organisation').on(t.organisation)
	]
);

/** Which person an account with a provider is; never found by an address. */
export const providerAccounts = table(
	'provider_accounts',
	{
		provider: text()
			.notNull()
			.references(() => providers.id, { onDelete: 'cascade' }),
		subject: text().notNull(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		linkedOn: day().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.provider, t.subject] }),
		index('provider_accounts_person').on(t.person)
	]
);

/** Codes from an app on a phone (RFC 6238): one a person. */
export const totpFactors = table('totp_factors', {
	person: text()
		.primaryKey()
		.references(() => people.id, { onDelete: 'cascade' }),
	/** The seed, sealed. */
	seed: bytes().notNull(),
	/** The last step whose code was used: neither it nor an earlier one works again. */
	lastStep: integer().notNull(),
	addedOn: day().notNull()
});

/** Codes on paper for the day the phone is gone; each works once, and is gone then. */
export const recoveryCodes = table(
	'recovery_codes',
	{
		id: text().primaryKey(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		/** argon2id, in its own encoded form. */
		hash: text().notNull()
	},
	(t) => [index('recovery_codes_person').on(t.person)]
);

export const passkeys = table(
	'passkeys',
	{
		/** The id of the credential, as base64url. */
		id: text().primaryKey(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		publicKey: bytes().notNull(),
		/** How often it was used, as it counts itself; 32 bits without a sign, which no integer column holds. */
		counter: text().notNull(),
		/** How browsers reach it. */
		transports: json().$type<readonly string[]>().notNull(),
		/** What the person calls it. */
		name: text().notNull(),
		addedOn: day().notNull()
	},
	(t) => [index('passkeys_person').on(t.person)]
);

/** What was given to a browser to be brought back once, and has been; kept until it is void anyway. */
export const spentSecrets = table(
	'spent_secrets',
	{
		/** SHA-256 of it. */
		hash: text().primaryKey(),
		expiresAt: instant().notNull()
	},
	(t) => [index('spent_secrets_expiry').on(t.expiresAt)]
);
