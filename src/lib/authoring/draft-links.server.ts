import { createHash, randomBytes } from 'node:crypto';
import { and, asc, eq, gt, lte } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { canAnywhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { addToDraft, hasConsented, type InvitedRole } from './draft-people.server.ts';
import { authoriseDraft, readTitles } from './draft-rights.server.ts';
import { draftLinks, drafts } from './tables.server.ts';

/** For how long a link into a draft works, in days. */
export const linkLasts = 7;

const day = 24 * 60 * 60 * 1000;
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/**
 * Makes a link by which one person comes into a draft. The token is told here and kept nowhere.
 *
 * @throws {DomainError} `forbidden` to who does not own the draft, `not-found` to who is not in it.
 */
export async function makeLink(
	app: App,
	actor: Actor,
	draft: string,
	role: InvitedRole
): Promise<{ token: string; expiresAt: Date } | { fault: 'no-consent' }> {
	await authoriseDraft(app.db.read, actor, draft, 'own');
	const token = randomBytes(20).toString('base64url');
	const expiresAt = new Date(app.now().getTime() + linkLasts * day);
	return app.db.write(async (tx) => {
		await authoriseDraft(tx, actor, draft, 'own');
		if (!(await hasConsented(tx, draft, actor.person))) return { fault: 'no-consent' as const };
		await tx
			.insert(draftLinks)
			.values({ hash: hashOf(token), draft, role, madeBy: actor.person, expiresAt });
		await writeAudit(tx, app.now(), { event: 'draft.link-made', actor, detail: { role } });
		return { token, expiresAt };
	});
}

/**
 * The links into a draft that still work, by what they are stored under.
 *
 * @throws {DomainError} as {@link makeLink}.
 */
export async function listLinks(app: App, actor: Actor, draft: string) {
	await authoriseDraft(app.db.read, actor, draft, 'own');
	const rows = await app.db.read
		.select({ hash: draftLinks.hash, role: draftLinks.role, expiresAt: draftLinks.expiresAt })
		.from(draftLinks)
		.where(and(eq(draftLinks.draft, draft), gt(draftLinks.expiresAt, app.now())))
		.orderBy(asc(draftLinks.expiresAt));
	return rows.map((row) => ({ ...row, role: row.role as InvitedRole })); // only ever written as one
}

/**
 * Makes a link void; one that is gone is success.
 *
 * @throws {DomainError} as {@link makeLink}.
 */
export async function voidLink(app: App, actor: Actor, draft: string, hash: string): Promise<void> {
	await authoriseDraft(app.db.read, actor, draft, 'own');
	await app.db.write(async (tx) => {
		await tx.delete(draftLinks).where(and(eq(draftLinks.draft, draft), eq(draftLinks.hash, hash)));
	});
}

/** What a link leads to, as who holds it sees it before they come in. */
export interface OpenLink {
	draft: string;
	title: { da: string; en: string };
	role: InvitedRole;
	/** Who made it; null where they are gone. */
	by: string | null;
}

/**
 * What a link leads to: looking at it uses nothing up.
 *
 * @throws {DomainError} `forbidden` to who may write nowhere, `not-found` where it has expired, was used
 * or made void, leads into another organisation or never was.
 */
export async function findLink(app: App, actor: Actor, token: string): Promise<OpenLink> {
	return readLink(app.db.read, actor, token, app.now());
}

async function readLink(read: Reader, actor: Actor, token: string, now: Date): Promise<OpenLink> {
	if (!canAnywhere(actor, 'scenarios.write')) throw new DomainError('forbidden', 'scenarios.write');
	const [row] = await read
		.select({
			draft: drafts.id,
			title: drafts.title,
			role: draftLinks.role,
			by: people.name
		})
		.from(draftLinks)
		.innerJoin(drafts, eq(drafts.id, draftLinks.draft))
		.leftJoin(people, eq(people.id, draftLinks.madeBy))
		.where(
			and(
				eq(draftLinks.hash, hashOf(token)),
				gt(draftLinks.expiresAt, now),
				eq(drafts.organisation, actor.organisation)
			)
		);
	if (!row) throw new DomainError('not-found', 'link');
	return { ...row, title: readTitles(row.title), role: row.role as InvitedRole }; // see above
}

/**
 * Comes into a draft by a link, which is used up by it. Who is in it already stays what they are, and
 * the link is left for somebody else.
 *
 * @throws {DomainError} as {@link findLink}.
 */
export async function joinByLink(
	app: App,
	actor: Actor,
	token: string
): Promise<{ draft: string }> {
	await findLink(app, actor, token);
	return app.db.write(async (tx) => {
		const { draft, role } = await readLink(tx, actor, token, app.now());
		if (await addToDraft(tx, draft, actor.person, role)) {
			await tx.delete(draftLinks).where(eq(draftLinks.hash, hashOf(token)));
			await writeAudit(tx, app.now(), { event: 'draft.joined', actor, detail: { role } });
		}
		return { draft };
	});
}

/** How many links were over by a moment. */
export async function countLinksOverBy(read: Reader, moment: Date): Promise<number> {
	const rows = await read
		.select({ hash: draftLinks.hash })
		.from(draftLinks)
		.where(lte(draftLinks.expiresAt, moment));
	return rows.length;
}

export async function deleteLinksOverBy(tx: Writer, moment: Date): Promise<void> {
	await tx.delete(draftLinks).where(lte(draftLinks.expiresAt, moment));
}
