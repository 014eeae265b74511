import { and, eq, inArray, isNull } from 'drizzle-orm';
import * as v from 'valibot';
import type { Actor } from '#lib/access/actor.ts';
import type { Role } from '#lib/access/roles.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { giveAlong, spend, takeBack } from '#lib/identity/carried.server.ts';
import { tellOfChange } from '#lib/identity/factors.server.ts';
import { insertPerson } from '#lib/identity/people.server.ts';
import { findFaults, tidyPerson } from '#lib/identity/person-form.ts';
import {
	beginAt,
	finishAt,
	openClient,
	readShownAt,
	type ProviderClient
} from '#lib/identity/provider-client.server.ts';
import {
	findText,
	rulesThatHold,
	showsFactor,
	type Claims,
	type ProviderRule
} from '#lib/identity/provider-rule.ts';
import {
	findAccount,
	findOpenProvider,
	linkAccount,
	type Provider
} from '#lib/identity/providers.server.ts';
import { findAwaited } from '#lib/identity/second-step.server.ts';
import type { Arrival, Proof } from '#lib/identity/session-store.server.ts';
import { deleteSessionsOf } from '#lib/identity/sweep.server.ts';
import {
	passkeys,
	passwords,
	people,
	providerAccounts,
	sessions,
	totpFactors
} from '#lib/identity/tables.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { makeUsername } from './add-person.server.ts';
import { keepsAdministrator, takeRole } from './roles.server.ts';
import { grants, memberships, workplaces } from './tables.server.ts';

/** What somebody goes to a provider for. */
export type Purpose = 'sign-in' | 'again' | 'link';

const carrying = v.strictObject({
	provider: v.string(),
	purpose: v.picklist(['sign-in', 'again', 'link']),
	/** Whether they have to sign in there anew. */
	mustShow: v.boolean(),
	/** The session that asks, where it is for one. */
	handle: v.nullable(v.string()),
	to: v.string(),
	state: v.string(),
	nonce: v.string(),
	verifier: v.string()
});

/** Where a provider sends people back to; it must be known there, letter by letter. */
export const backAddress = (app: App, slug: string) => `${app.origin}/sign-in/with/${slug}/back`;

export type Sent = { outcome: 'away'; url: URL; carried: string } | { outcome: 'down' };

/** @throws {DomainError} `not-found` where there is none of that name, or nobody is to come in by it. */
async function requireProvider(app: App, slug: string): Promise<Provider> {
	const provider = await findOpenProvider(app, slug);
	if (!provider) throw new DomainError('not-found', 'provider');
	return provider;
}

/**
 * Sends somebody to a provider; `carried` goes along in their browser and nowhere else.
 *
 * @throws {DomainError} `not-found` where there is none of that name.
 */
export async function sendToProvider(
	app: App,
	slug: string,
	asked: { purpose: Purpose; handle: string | null; to: string; mustShow: boolean }
): Promise<Sent> {
	const provider = await requireProvider(app, slug);
	try {
		const { url, beginning } = await beginAt(await openClient(app, provider), {
			redirectUri: backAddress(app, slug),
			scopes: provider.scopes,
			isAgain: asked.mustShow
		});
		const carried = giveAlong(app, 'provider', { provider: provider.id, ...asked, ...beginning });
		return { outcome: 'away', url, carried };
	} catch (fault) {
		app.log.warn({ event: 'provider.down', provider: slug, fault: nameFault(fault) });
		return { outcome: 'down' };
	}
}

/** What came of going to a provider, with where the person wanted to go. */
export type Arrived = { to: string } & (
	| { outcome: 'signed-in'; token: string; expiresAt: Date }
	/** They have shown again who they are. */
	| { outcome: 'fresh' }
	| { outcome: 'linked' }
	/** The account is somebody else's, or the session is another by now. */
	| { outcome: 'not-yours' }
	/** They are known there, and not here. */
	| { outcome: 'stranger' }
	/** They pressed "no". */
	| { outcome: 'cancelled' }
	/** It took too long, came twice, or began in another browser. */
	| { outcome: 'begin-again' }
	/** What came is not as it must be. */
	| { outcome: 'refused' }
	| { outcome: 'down' }
);

/** The browser that comes back: what it carries, and by which session it came. */
export interface Returning {
	/** Erases what is private to a person, which lies above us; for who comes to be known by a number. */
	erase(person: string): Promise<void>;
	carried: string | undefined;
	actor: Actor | null;
	handle: string | null;
	session: string | null;
}

/**
 * Takes somebody in whom a provider sends back.
 *
 * @throws {DomainError} `not-found` where there is none of that name.
 */
export async function arriveFromProvider(
	app: App,
	slug: string,
	came: URL,
	returning: Returning,
	arrival: Arrival
): Promise<Arrived> {
	const provider = await requireProvider(app, slug);
	const begun = takeBack(app, 'provider', returning.carried, carrying);
	const to = begun?.to ?? '/';
	if (!begun || begun.provider !== provider.id) return { to, outcome: 'begin-again' };
	// Another browser's, and whatever was brought before.
	if (came.searchParams.get('state') !== begun.state) return { to, outcome: 'begin-again' };
	if (!(await app.db.write((tx) => spend(tx, begun.state, app.now()))))
		return { to, outcome: 'begin-again' };
	if (came.searchParams.get('error') === 'access_denied') return { to, outcome: 'cancelled' };
	let client: ProviderClient;
	try {
		client = await openClient(app, provider);
	} catch (fault) {
		app.log.warn({ event: 'provider.down', provider: slug, fault: nameFault(fault) });
		return { to, outcome: 'down' };
	}
	let claims: Claims;
	try {
		claims = await finishAt(client, came, begun, begun.mustShow);
	} catch (fault) {
		const outcome = isOutOfReach(fault) ? 'down' : 'refused';
		app.log.warn({ event: `provider.${outcome}`, provider: slug, fault: nameFault(fault) });
		if (outcome === 'refused') await writeRefused(app, provider, null);
		return { to, outcome };
	}
	const subject = findText(claims, provider.subjectClaim);
	if (subject === null) {
		app.log.warn({ event: 'provider.refused', provider: slug, fault: 'no subject' });
		return { to, outcome: 'refused' };
	}
	if (begun.purpose === 'sign-in')
		return { to, ...(await signIn(app, provider, subject, claims, arrival, returning)) };
	const { actor, handle, session } = returning;
	if (!actor || !session || handle !== begun.handle) return { to, outcome: 'not-yours' };
	return begun.purpose === 'link'
		? { to, ...(await linkOwn(app, provider, actor, subject)) }
		: { to, ...(await showAgain(app, provider, actor, subject, session)) };
}

/** Only the name and the code of a fault: what it says may hold what was sent. */
export function nameFault(fault: unknown): string {
	if (!(fault instanceof Error)) return 'unknown';
	const code = 'code' in fault && typeof fault.code === 'string' ? ` ${fault.code}` : '';
	return `${fault.name}${code}`;
}

/** True where nothing was said at all, rather than something wrong. */
function isOutOfReach(fault: unknown): boolean {
	if (!(fault instanceof Error)) return false;
	const code = 'code' in fault ? String(fault.code) : '';
	if (/^(E[A-Z]+|ABORT_ERR|OAUTH_TIMEOUT|OAUTH_ABORT)$/.test(code)) return true;
	if (['FetchRefused', 'AbortError', 'TimeoutError'].includes(fault.name)) return true;
	return isOutOfReach(fault.cause);
}

async function showAgain(
	app: App,
	provider: Provider,
	actor: Actor,
	subject: string,
	session: string
): Promise<{ outcome: 'fresh' | 'not-yours' }> {
	const account = await findAccount(app.db.read, provider.id, subject);
	if (account?.person !== actor.person) return { outcome: 'not-yours' };
	await app.sessions.refresh(session);
	return { outcome: 'fresh' };
}

/** Links an account there to who is signed in here and has shown lately who they are. */
async function linkOwn(
	app: App,
	provider: Provider,
	actor: Actor,
	subject: string
): Promise<{ outcome: 'linked' | 'not-yours' }> {
	if (provider.organisation !== actor.organisation) return { outcome: 'not-yours' };
	return app.db.write(async (tx) => {
		const { person } = actor;
		const day = dayOf(app.now());
		if (await linkAccount(tx, { provider: provider.id, subject, person, day })) {
			await writeLinked(app, tx, provider, person);
			return { outcome: 'linked' };
		}
		const account = await findAccount(tx, provider.id, subject);
		return { outcome: account?.person === person ? 'linked' : 'not-yours' };
	});
}

async function writeLinked(
	app: App,
	tx: Writer,
	{ slug, organisation }: Provider,
	person: string
): Promise<void> {
	await writeAudit(tx, app.now(), {
		event: 'provider.linked',
		actor: { person, organisation, grants: [] },
		subject: person,
		detail: { provider: slug }
	});
	await tellOfChange(app, tx, person, 'provider-linked');
}

/** Nobody here is whom the provider vouches for. */
class Stranger extends Error {
	override readonly name = 'Stranger';
}

async function signIn(
	app: App,
	provider: Provider,
	subject: string,
	claims: Claims,
	arrival: Arrival,
	{ erase }: Returning
): Promise<{ outcome: 'signed-in'; token: string; expiresAt: Date } | { outcome: 'stranger' }> {
	let person: string;
	try {
		await makeRoom(app, provider, subject, claims, erase);
		person = await app.db.write(async (tx) => {
			const found = await findOrMakePerson(app, tx, provider, subject, claims);
			await applyRules(app, tx, provider, found, claims);
			return found;
		});
	} catch (thrown) {
		if (!(thrown instanceof Stranger)) throw thrown;
		app.log.info({ event: 'sign-in.refused', method: 'provider' });
		await writeRefused(app, provider, null);
		return { outcome: 'stranger' };
	}
	const proof = await prove(app, provider, person, claims);
	const { factor = null, awaits } = proof;
	const begun = await app.sessions.begin(
		person,
		'provider',
		arrival,
		async (tx) => {
			if (awaits) return;
			await writeAudit(tx, app.now(), {
				event: 'sign-in',
				actor: { person, organisation: provider.organisation, grants: [] },
				subject: person,
				detail: { method: 'provider', provider: provider.slug, factor }
			});
		},
		proof
	);
	const event = awaits ? 'sign-in.halfway' : 'sign-in';
	app.log.info({ event, method: 'provider', provider: provider.slug, awaits });
	return { outcome: 'signed-in', ...begun };
}

/** What the provider has shown for somebody, and what is still to be shown here. */
async function prove(
	app: App,
	provider: Provider,
	person: string,
	claims: Claims
): Promise<Proof & Required<Pick<Proof, 'awaits'>>> {
	const session = findText(claims, 'sid');
	const vouched = {
		provider: { id: provider.id, session, subject: findText(claims, 'sub') },
		shownAt: readShownAt(claims)
	};
	if (showsFactor(provider.factorWords, claims))
		return { ...vouched, factor: 'provider', awaits: null };
	return { ...vouched, awaits: await findAwaited(app, person) };
}

/**
 * The person of an account: linked before, else the one the employer calls by the number in the token,
 * else a new one where the rules make people. Never by an address: anybody can have one of that name.
 *
 * @throws {Stranger} where nobody is that, or no longer.
 */
async function findOrMakePerson(
	app: App,
	tx: Writer,
	provider: Provider,
	subject: string,
	claims: Claims
): Promise<string> {
	const account = await findAccount(tx, provider.id, subject);
	if (account) {
		if (account.closedOn !== null) throw new Stranger();
		return account.person;
	}
	const known = await findByNumber(tx, provider, claims);
	// What they wrote since room was made would be read by whoever comes now.
	if (known !== null && (await holds(tx, [...waysIn, sessions], known))) throw new Stranger();
	const person = known ?? (await makePerson(app, tx, provider, claims));
	await linkAccount(tx, { provider: provider.id, subject, person, day: dayOf(app.now()) });
	await writeLinked(app, tx, provider, person);
	return person;
}

/**
 * Others write numbers, letters and names of providers: whoever comes by a number for the first time may be
 * another than who was here before. Their sessions end, and what is private to them is gone before anybody
 * comes in. Who has a way in of their own is left as they are, and links the account themselves.
 *
 * @throws {Stranger} for somebody whose access has ended, or who has a way in.
 */
async function makeRoom(
	app: App,
	provider: Provider,
	subject: string,
	claims: Claims,
	erase: Returning['erase']
): Promise<void> {
	if (await findAccount(app.db.read, provider.id, subject)) return;
	const known = await app.db.write(async (tx) => {
		const found = await findByNumber(tx, provider, claims);
		if (found === null) return null;
		if (await holds(tx, waysIn, found)) throw new Stranger();
		await deleteSessionsOf(tx, found);
		return found;
	});
	if (known !== null) await erase(known);
}

const waysIn = [passwords, passkeys, totpFactors, providerAccounts] as const;

/** Whether there is anything of somebody's in one of these. */
async function holds(
	read: Reader,
	tables: readonly ((typeof waysIn)[number] | typeof sessions)[],
	person: string
): Promise<boolean> {
	for (const ways of tables) {
		const found = await read
			.select({ person: ways.person })
			.from(ways)
			.where(eq(ways.person, person))
			.limit(1);
		if (found.length > 0) return true;
	}
	return false;
}

/**
 * Whom the employer calls by the number in the token; null for nobody.
 *
 * @throws {Stranger} for a number of somebody whose access has ended.
 */
async function findByNumber(
	read: Reader,
	{ organisation, employeeClaim }: Provider,
	claims: Claims
): Promise<string | null> {
	const employee = employeeClaim && findText(claims, employeeClaim);
	if (!employee) return null;
	const [found] = await read
		.select({ id: people.id, closedOn: people.closedOn })
		.from(people)
		.where(and(eq(people.organisation, organisation), eq(people.employeeId, employee)));
	if (!found) return null;
	if (found.closedOn !== null) throw new Stranger();
	return found.id;
}

async function makePerson(
	app: App,
	tx: Writer,
	provider: Provider,
	claims: Claims
): Promise<string> {
	const form = tidyPerson({
		name: findText(claims, 'name') ?? '',
		// Only what the provider has seen to be theirs: mails about this person go there.
		email: claims['email_verified'] === true ? (findText(claims, 'email') ?? '') : '',
		username: '',
		employeeId: (provider.employeeClaim && findText(claims, provider.employeeClaim)) || '',
		locale: null
	});
	const faults = findFaults(form);
	const [first] = await openRules(tx, provider, claims);
	// Somebody who belongs nowhere would see nothing, and be seen by nobody.
	if (!provider.makesPeople || !first || faults.name || faults.employeeId) throw new Stranger();
	const id = newId(app.now().getTime());
	const { organisation } = provider;
	const email = form.email && !faults.email && (await isFree(tx, form.email)) ? form.email : null;
	await insertPerson(tx, {
		id,
		organisation,
		name: form.name,
		email,
		username: email ? null : await makeUsername(tx, form.name),
		employeeId: form.employeeId || null,
		locale: null
	});
	await writeAudit(tx, app.now(), {
		event: 'person.added',
		actor: null,
		organisation,
		subject: id,
		workplace: first.workplace,
		detail: { provider: provider.slug }
	});
	return id;
}

/** An address that is somebody's already says nothing of who this is. */
async function isFree(tx: Writer, email: string): Promise<boolean> {
	const taken = await tx.select({ id: people.id }).from(people).where(eq(people.email, email));
	return taken.length === 0;
}

/** The rules that hold for somebody, as far as their workplaces are open and the provider's own. */
async function openRules(
	tx: Writer,
	{ organisation, rules }: Provider,
	claims: Claims
): Promise<readonly ProviderRule[]> {
	const held = rulesThatHold(rules, claims);
	if (held.length === 0) return [];
	const open = await tx
		.select({ id: workplaces.id })
		.from(workplaces)
		.where(
			and(
				inArray(
					workplaces.id,
					held.map(({ workplace }) => workplace)
				),
				eq(workplaces.organisation, organisation),
				isNull(workplaces.closedOn)
			)
		);
	return held.filter(({ workplace }) => open.some(({ id }) => id === workplace));
}

/**
 * Gives what the rules give, and takes the roles that they gave before and give no more. What somebody
 * was given by hand stays, and so does where they work.
 */
async function applyRules(
	app: App,
	tx: Writer,
	provider: Provider,
	person: string,
	claims: Claims
): Promise<void> {
	const held = await openRules(tx, provider, claims);
	const now = app.now();
	const { organisation, slug } = provider;
	for (const { workplace, role } of held) {
		await tx.insert(memberships).values({ workplace, person }).onConflictDoNothing();
		if (role === null) continue;
		const given = await tx
			.insert(grants)
			.values({ id: newId(now.getTime()), person, role, workplace, provider: provider.id })
			.onConflictDoNothing()
			.returning({ id: grants.id });
		if (given.length === 0) continue;
		await writeAudit(tx, now, {
			event: 'role.granted',
			actor: null,
			organisation,
			subject: person,
			workplace,
			detail: { role, provider: slug }
		});
	}
	const before = await tx
		.select({ id: grants.id, role: grants.role, workplace: grants.workplace })
		.from(grants)
		.where(and(eq(grants.person, person), eq(grants.provider, provider.id)));
	const goes = before.filter(
		(one) => !held.some((rule) => rule.role === one.role && rule.workplace === one.workplace)
	);
	for (const one of goes) {
		const gone = { ...one, person, role: one.role as Role }; // only ever written as one
		if (await keepsAdministrator(tx, organisation, { without: gone }))
			await takeRole(tx, now, null, gone, organisation);
	}
}

async function writeRefused(app: App, provider: Provider, person: string | null): Promise<void> {
	await app.db.write((tx) =>
		writeAudit(tx, app.now(), {
			event: 'sign-in.refused',
			actor: null,
			organisation: provider.organisation,
			subject: person,
			detail: { method: 'provider', provider: provider.slug }
		})
	);
}
