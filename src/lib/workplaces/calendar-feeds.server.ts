import { createHash, randomBytes } from 'node:crypto';
import { and, asc, eq, gte, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise, can } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { people } from '#lib/identity/tables.server.ts';
import { findMailbox } from '#lib/identity/people.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { addMonths, dayOf } from '#lib/time.ts';
import { findActor } from './actor.server.ts';
import type { EntryKind } from './plan-entry.ts';
import { calendarFeeds, planEntries } from './tables.server.ts';
import { findPlace } from './tree.server.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** The day on which somebody made an address for a workplace's calendar; null where there is none. */
export async function findFeedDay(
	read: Reader,
	person: string,
	workplace: string
): Promise<string | null> {
	const [row] = await read
		.select({ madeAt: calendarFeeds.madeAt })
		.from(calendarFeeds)
		.where(and(eq(calendarFeeds.person, person), eq(calendarFeeds.workplace, workplace)));
	return row ? dayOf(row.madeAt) : null;
}

/**
 * Makes an address under which a calendar program fetches the plan; the one before it is void from now on.
 * It is told once and stored nowhere.
 *
 * @throws {DomainError} `forbidden` to who may read no plans, `not-found` for a workplace out of reach.
 */
export async function makeFeed(app: App, actor: Actor, workplace: string): Promise<string> {
	authorise(actor, 'plan.read', await findPlace(app.db.read, workplace));
	const token = randomBytes(20).toString('base64url');
	const { person } = actor;
	const madeAt = app.now();
	await app.db.write(async (tx) => {
		await tx.delete(calendarFeeds).where(isFeed(person, workplace));
		await tx.insert(calendarFeeds).values({ tokenHash: hashOf(token), workplace, person, madeAt });
		await writeAudit(tx, madeAt, { event: 'calendar.made', actor, workplace });
	});
	return `${app.origin}/calendar/${token}.ics`;
}

/** Voids one's own address; where there is none, nothing happens. */
export async function stopFeed(app: App, actor: Actor, workplace: string): Promise<void> {
	authorise(actor, 'plan.read', await findPlace(app.db.read, workplace));
	await app.db.write(async (tx) => {
		const gone = await tx
			.delete(calendarFeeds)
			.where(isFeed(actor.person, workplace))
			.returning({ workplace: calendarFeeds.workplace });
		if (gone.length > 0)
			await writeAudit(tx, app.now(), { event: 'calendar.stopped', actor, workplace });
	});
}

const isFeed = (person: string, workplace: string) =>
	and(eq(calendarFeeds.person, person), eq(calendarFeeds.workplace, workplace));

/** What an address leads to. */
export interface Feed {
	workplace: { id: string; name: string };
	locale: 'da' | 'en';
	entries: readonly {
		id: string;
		kind: EntryKind;
		title: string | null;
		onDay: string;
		revision: number;
		changedAt: Date;
	}[];
}

/**
 * The plan that an address leads to, as long as the person who made it may read it: asked at each fetch.
 * Null for an address that is made up, void, or of somebody who may not any more.
 */
export async function openFeed(app: App, token: string): Promise<Feed | null> {
	const { read } = app.db;
	const [feed] = await read
		.select({ person: people.id, workplace: calendarFeeds.workplace })
		.from(calendarFeeds)
		.innerJoin(people, and(eq(people.id, calendarFeeds.person), isNull(people.closedOn)))
		.where(eq(calendarFeeds.tokenHash, hashOf(token)));
	const actor = feed && (await findActor(read, feed.person));
	const place = feed && (await findPlace(read, feed.workplace));
	if (!actor || !place || !can(actor, 'plan.read', place)) return null;
	const mailbox = await findMailbox(read, actor.person);
	const entries = await read
		.select({
			id: planEntries.id,
			kind: planEntries.kind,
			title: planEntries.title,
			onDay: planEntries.onDay,
			revision: planEntries.revision,
			changedAt: planEntries.changedAt
		})
		.from(planEntries)
		.where(
			and(
				eq(planEntries.workplace, feed.workplace),
				gte(planEntries.onDay, addMonths(dayOf(app.now()), -3)),
				isNull(planEntries.removedOn)
			)
		)
		.orderBy(asc(planEntries.onDay), asc(planEntries.id));
	return {
		workplace: { id: place.workplace.id, name: place.workplace.name },
		locale: mailbox?.locale ?? 'da',
		// Only ever written by `plan-calendar.server.ts`.
		entries: entries.map((row) => ({ ...row, kind: row.kind as EntryKind }))
	};
}
