import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import type { Locale } from '#lib/content/localised.ts';
import { DomainError } from '#lib/errors.ts';
import { findMailbox, findPerson } from '#lib/identity/people.server.ts';
import { organisations, people } from '#lib/identity/tables.server.ts';
import { writeSessionFile } from '#lib/plenary/calendar-file.server.ts';
import { findRecipe } from '#lib/plenary/recipes.ts';
import { readSession, readOthers, type SessionRow } from '#lib/plenary/session-rows.server.ts';
import { findLedSession } from '#lib/plenary/sessions.server.ts';
import { plenaryHelpers, plenaryInvitations } from '#lib/plenary/tables.server.ts';
import { writeTime } from '#lib/plenary/when.ts';
import type { Reader } from '#lib/server/db/store.ts';
import type { Handler } from '#lib/server/jobs/jobs.server.ts';
import { dayOf, writeDay } from '#lib/time.ts';
import * as m from '#lib/ui/messages/messages.js';
import { grants, memberships, workplaceReach, workplaces } from '#lib/workplaces/tables.server.ts';
import type { Words } from './reminder-text.server.ts';

/** More people than these are not written to at once. */
const mostInvited = 400;

/** What a letter about a session says: that it will be, that it is moved, or that it is called off. */
type Kind = 'new' | 'moved' | 'off';

/** Letters about a session as they will be sent, alike ones together. */
export interface InvitationPreview {
	mails: readonly (Words & { kind: Kind; locale: Locale; count: number })[];
	/** Who is to hear of it and has no address: they are told by word of mouth. */
	withoutAddress: readonly string[];
	/** How many know already what there is to know. */
	told: number;
	/** Whether this installation can send mail at all. */
	canSend: boolean;
}

interface Invited {
	person: string;
	name: string;
	email: string | null;
	locale: Locale;
	kind: Kind;
}

/**
 * The letters about a session as they will be sent: to everybody of its house, to who helps, and to key
 * staff and leaders of the houses asked along, who take it on to theirs. Nothing is sent.
 *
 * @throws {DomainError} as `findLedSession`, and `conflict` for a rehearsal, and once it is open or held.
 */
export async function previewInvitations(
	app: App,
	actor: Actor,
	id: string
): Promise<InvitationPreview> {
	const session = await requireTellable(app, actor, id);
	const { waiting, told } = await listInvited(app.db.read, session);
	const reached = waiting.filter(({ email }) => email !== null);
	const alike = Map.groupBy(reached, ({ kind, locale }) => `${kind} ${locale}`);
	const mails: (Words & { kind: Kind; locale: Locale; count: number })[] = [];
	for (const group of alike.values()) {
		const [first] = group;
		if (!first) continue;
		const { kind, locale } = first;
		// Each letter has a name of its own.
		const name = group.length === 1 ? first.name : '…';
		const words = await writeInvitation(app, session, { kind, locale, name });
		mails.push({ ...words, kind, locale, count: group.length });
	}
	return {
		mails,
		withoutAddress: waiting
			.filter(({ email }) => email === null)
			.map(({ name }) => name)
			.sort(new Intl.Collator('da').compare),
		told,
		canSend: app.mailer.kind !== 'none'
	};
}

/**
 * Sends them: each in a job of its own, and nobody twice the same. Returns how many letters are on their
 * way; 0 where everybody knows.
 *
 * @throws {DomainError} as {@link previewInvitations}.
 */
export async function sendInvitations(app: App, actor: Actor, id: string): Promise<number> {
	await requireTellable(app, actor, id);
	const day = dayOf(app.now());
	return app.db.write(async (tx) => {
		// Asked once more within what is written: somebody else may have sent or moved it meanwhile.
		const session = await readSession(tx, id);
		if (!session) throw new DomainError('not-found', 'session');
		const { waiting } = await listInvited(tx, session);
		const reached = waiting.filter(({ email }) => email !== null);
		const { revision } = session;
		for (const { person } of reached) {
			await tx
				.insert(plenaryInvitations)
				.values({ session: id, person, revision, day })
				.onConflictDoUpdate({
					target: [plenaryInvitations.session, plenaryInvitations.person],
					set: { revision }
				});
			await app.publish(tx, 'plenary.invited', { session: id, person, revision });
		}
		if (reached.length > 0)
			await writeAudit(tx, app.now(), {
				event: 'plenary.invited',
				actor,
				workplace: session.workplace,
				detail: { count: reached.length }
			});
		return reached.length;
	});
}

/** Sends one of these letters, as things stand by then; what is overtaken is left to the letter after it. */
export const mailSessionInvitation: Handler<App> = {
	event: 'plenary.invited',
	subscriber: 'mail to the person',
	async handle(app, { session: id, person, revision }, job) {
		if (app.mailer.kind === 'none') return;
		const session = await readSession(app.db.read, String(id));
		const mailbox = await findMailbox(app.db.read, String(person));
		if (!session || !mailbox?.email || session.revision !== revision) return;
		const kind = session.state === 'cancelled' ? 'off' : revision > 1 ? 'moved' : 'new';
		const { locale, name } = mailbox;
		const words = await writeInvitation(app, session, { kind, locale, name });
		const stamp = app.now();
		await app.mailer.send({
			id: job.id,
			to: { name, address: mailbox.email },
			...words,
			calendar: {
				name: `${m.plenary_file({}, { locale })}.ics`,
				body: writeSessionFile(session, {
					origin: app.origin,
					stamp,
					about: describe(app, session, locale)
				}),
				method: kind === 'off' ? 'CANCEL' : 'PUBLISH'
			}
		});
	}
};

async function requireTellable(app: App, actor: Actor, id: string): Promise<SessionRow> {
	const session = await findLedSession(app, actor, id);
	const isTellable = session.state === 'planned' || session.state === 'cancelled';
	if (session.rehearsal || !isTellable) throw new DomainError('conflict', 'session-not-planned');
	return session;
}

/** Who is to hear of a session and has not been told how it stands now; called off, only who knew of it. */
async function listInvited(
	read: Reader,
	session: SessionRow
): Promise<{ waiting: Invited[]; told: number }> {
	const rows = new Map<string, Awaited<ReturnType<typeof listConcerned>>[number]>();
	for (const row of await listConcerned(read, session)) rows.set(row.person, row);
	const known = await read
		.select({ person: plenaryInvitations.person, revision: plenaryInvitations.revision })
		.from(plenaryInvitations)
		.where(eq(plenaryInvitations.session, session.id));
	const knows = new Map(known.map(({ person, revision }) => [person, revision]));
	const isOff = session.state === 'cancelled';
	const concerned = [...rows.values()].filter(({ person }) => !isOff || knows.has(person));
	const waiting = concerned.filter(({ person }) => knows.get(person) !== session.revision);
	return {
		told: concerned.length - waiting.length,
		waiting: waiting.slice(0, mostInvited).map(({ organisationLocale, locale, ...row }) => ({
			...row,
			locale: (locale ?? organisationLocale) === 'en' ? 'en' : 'da',
			kind: isOff ? 'off' : session.revision > 1 ? 'moved' : 'new'
		}))
	};
}

async function listConcerned(read: Reader, session: SessionRow) {
	const below = read
		.select({ id: workplaceReach.below })
		.from(workplaceReach)
		.where(eq(workplaceReach.above, session.workplace));
	const own = read
		.select({ person: memberships.person })
		.from(memberships)
		.where(inArray(memberships.workplace, below));
	const others = (await readOthers(read, session.id)).map(({ id }) => id);
	const taking = read
		.select({ person: grants.person })
		.from(grants)
		.where(
			and(inArray(grants.workplace, [...others, '']), inArray(grants.role, ['key-staff', 'leader']))
		);
	const helping = read
		.select({ person: plenaryHelpers.person })
		.from(plenaryHelpers)
		.where(eq(plenaryHelpers.session, session.id));
	const found = [];
	for (const some of [own, taking, helping])
		found.push(
			...(await read
				.select({
					person: people.id,
					name: people.name,
					email: people.email,
					locale: people.locale,
					organisationLocale: organisations.locale
				})
				.from(people)
				.innerJoin(organisations, eq(organisations.id, people.organisation))
				.where(
					and(
						inArray(people.id, some),
						eq(people.organisation, session.organisation),
						isNull(people.closedOn)
					)
				)
				.limit(mostInvited))
		);
	return found;
}

async function writeInvitation(
	app: App,
	session: SessionRow,
	to: { kind: Kind; locale: Locale; name: string }
): Promise<Words> {
	const { kind, locale, name } = to;
	const said = { locale };
	const { title, startsAt, minutes } = session;
	const [house] = await app.db.read
		.select({ name: workplaces.name })
		.from(workplaces)
		.where(eq(workplaces.id, session.workplace));
	const leader = session.facilitator && (await findPerson(app.db.read, session.facilitator));
	const when = m.plenary_when(
		{
			day: writeDay(dayOf(startsAt), locale),
			from: writeTime(startsAt, locale),
			until: writeTime(new Date(startsAt.getTime() + minutes * 60_000), locale)
		},
		said
	);
	const facts = {
		name,
		title,
		when,
		place: session.place || m.plenary_place_unknown({}, said),
		about: describe(app, session, locale),
		house: house?.name ?? '',
		leader: leader ? leader.name : (house?.name ?? '')
	};
	const write = {
		new: [m.mail_session_subject, m.mail_session_text],
		moved: [m.mail_session_moved_subject, m.mail_session_moved_text],
		off: [m.mail_session_off_subject, m.mail_session_off_text]
	} as const;
	const [subject, text] = write[kind];
	return { subject: subject(facts, said), text: text(facts, said) };
}

/** What it is about, in a sentence or two: never more than the neutral note of the story. */
function describe(app: App, { kind, scenario }: SessionRow, locale: Locale): string {
	const recipe = findRecipe(kind);
	const played = scenario === null ? undefined : app.library.scenario(scenario);
	return [recipe.about[locale], ...(played ? [played.scenario.contentNote[locale]] : [])].join(' ');
}
