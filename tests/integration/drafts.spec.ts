import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import {
	findLink,
	joinByLink,
	linkLasts,
	listLinks,
	makeLink,
	voidLink
} from '#lib/authoring/draft-links.server.ts';
import {
	changeDraftRole,
	decideConsent,
	handOver,
	invite,
	leaveDraft,
	listDraftPeople,
	listInvitable,
	listUndecided,
	removeFromDraft,
	settleOwners,
	tellAuthorship
} from '#lib/authoring/draft-people.server.ts';
import { authoriseDraft, type DraftDeed } from '#lib/authoring/draft-rights.server.ts';
import {
	beginDraft,
	chooseSlug,
	discardDraft,
	listDiscardedBefore,
	listDrafts,
	restoreDraft
} from '#lib/authoring/drafts.server.ts';
import { eraseAuthorship, listOwnAuthorship } from '#lib/authoring/own-authorship.server.ts';
import { startBlank } from '#lib/authoring/skeleton.ts';
import {
	draftComments,
	draftLinks,
	drafts,
	draftUpdates,
	reviewerGrants
} from '#lib/authoring/tables.server.ts';
import { readUploadedStory } from '#lib/authoring/upload.ts';
import { newId } from '#lib/id.ts';
import { writeFields } from '#lib/scenario/written.ts';
import { addDays } from '#lib/time.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';
import { endAccess } from '#lib/workplaces/leaving.server.ts';
import { withdrawRole } from '#lib/workplaces/roles.server.ts';
import { grants } from '#lib/workplaces/tables.server.ts';
import { eq } from 'drizzle-orm';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeDraft } from '#tests/support/drafts.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';
import { carryOutRetention, previewRetention } from '../../src/retention.server.ts';

let app: TestApp;
let acme: TestOrganisation;
let nadia: Actor;
let bo: Actor;
let kim: Actor;
let stranger: Actor;
let admin: Actor;

beforeEach(async () => {
	app = makeApp();
	acme = await makeOrganisation(app, 'Acme');
	const elsewhere = await makeOrganisation(app, 'Elsewhere');
	nadia = await acme.hire('Nadia', acme.north, 'peer-supporter');
	bo = await acme.hire('Bo', acme.south, 'peer-supporter');
	kim = await acme.hire('Kim', acme.north, 'key-staff');
	stranger = await elsewhere.hire('Ib', elsewhere.north, 'peer-supporter');
	admin = await acme.hire('Pia', acme.north, 'administrator', acme.top);
});

const refusal = (code: string) => expect.objectContaining({ code });
const rolesIn = async (actor: Actor, draft: string) =>
	(await listDraftPeople(app, actor, draft)).map(({ name, role }) => `${name}: ${role}`);
/** The same person as they come next time, with what they hold then. */
const again = async ({ person }: Actor) => (await findActor(app.db.read, person))!;

async function takeRoleFrom({ person }: Actor): Promise<void> {
	const held = await app.db.read.select().from(grants).where(eq(grants.person, person));
	for (const { id } of held) await withdrawRole(app, admin, person, id);
}

describe('8.2.2, 8.4.1 a draft', () => {
	test('is there for who is in it alone, and each may do what they are in it for', async () => {
		const draft = await makeDraft(app, nadia, [
			{ actor: bo, role: 'co-author' },
			{ actor: kim, role: 'commenter' }
		]);
		const editor = await acme.hire('Hanne', acme.north, 'editor');
		const may: Record<string, [Actor, DraftDeed[]]> = {
			owner: [nadia, ['own', 'write', 'comment']],
			'co-author': [bo, ['write', 'comment']],
			commenter: [kim, ['comment']],
			colleague: [editor, []],
			stranger: [stranger, []]
		};
		for (const [who, [actor, deeds]] of Object.entries(may)) {
			for (const deed of ['own', 'write', 'comment'] as const) {
				const asked = authoriseDraft(app.db.read, actor, draft, deed);
				if (deeds.includes(deed)) await expect(asked, who).resolves.toMatchObject({ id: draft });
				else
					await expect(asked, who).rejects.toThrow(
						refusal(deeds.length > 0 ? 'forbidden' : 'not-found')
					);
			}
		}
		await expect(
			authoriseDraft(app.db.read, await acme.hire('Mo', acme.north), draft, 'comment')
		).rejects.toThrow(refusal('forbidden'));
	});

	test('is begun once, however often it is asked for', async () => {
		const id = newId();
		const fields = writeFields(startBlank('mine', { da: 'Min', en: '' }, 'da'));
		await Promise.all([
			beginDraft(app, nadia, { id, fields }),
			beginDraft(app, nadia, { id, fields })
		]);
		expect(await app.db.read.select().from(draftUpdates)).toHaveLength(1);
		expect(await listDrafts(app, nadia)).toMatchObject([
			{ id, title: { da: 'Min', en: '' }, role: 'owner', people: 1, lacksConsent: false }
		]);
	});

	test('is begun by nobody who may not write', async () => {
		const staff = await acme.hire('Mo', acme.north);
		const fields = writeFields(startBlank('mine', { da: 'Min', en: '' }, 'da'));
		await expect(beginDraft(app, staff, { id: newId(), fields })).rejects.toThrow(
			refusal('forbidden')
		);
		await expect(listDrafts(app, staff)).rejects.toThrow(refusal('forbidden'));
	});

	test('gets a name that neither another draft nor the library has', async () => {
		await makeDraft(app, nadia);
		expect(await chooseSlug(app, 'the-light')).toBe('the-light-2');
		expect(await chooseSlug(app, 'reception-full-house')).toBe('reception-full-house-2');
		expect(await chooseSlug(app, 'something-else')).toBe('something-else');
	});

	test('that was put away is not written in, can be taken back, and is swept after a month', async () => {
		const draft = await makeDraft(app, nadia, [{ actor: bo, role: 'co-author' }]);
		await expect(discardDraft(app, bo, draft)).rejects.toThrow(refusal('forbidden'));
		await discardDraft(app, nadia, draft);
		await expect(authoriseDraft(app.db.read, bo, draft, 'write')).rejects.toThrow(
			refusal('conflict')
		);
		await restoreDraft(app, nadia, draft);
		await authoriseDraft(app.db.read, bo, draft, 'write');
		await discardDraft(app, nadia, draft);
		const away = app.now();
		app.setNow(new Date(away.getTime() + 29 * 24 * 3600_000));
		expect((await previewRetention(app)).discardedDrafts).toBe(0);
		app.setNow(new Date(away.getTime() + 31 * 24 * 3600_000));
		expect(await listDiscardedBefore(app.db.read, acme.id, away)).toEqual([draft]);
		expect((await carryOutRetention(app)).discardedDrafts).toBe(1);
		expect(await listDrafts(app, nadia)).toEqual([]);
		expect(await app.db.read.select().from(draftUpdates)).toEqual([]);
	});
});

describe('sharing a draft', () => {
	test('asks its owner for consent first', async () => {
		const id = newId();
		const fields = writeFields(startBlank('mine', { da: 'Min', en: '' }, 'da'));
		await beginDraft(app, nadia, { id, fields });
		const asBo = { person: bo.person, role: 'co-author' } as const;
		expect(await invite(app, nadia, id, asBo)).toEqual({ fault: 'no-consent' });
		expect(await makeLink(app, nadia, id, 'co-author')).toEqual({ fault: 'no-consent' });
		await decideConsent(app, nadia, id, true);
		expect(await invite(app, nadia, id, asBo)).toEqual({ fault: null });
		expect(await rolesIn(bo, id)).toEqual(['Nadia: owner', 'Bo: co-author']);
	});

	test('reaches those of the organisation who may write, and nobody else', async () => {
		const draft = await makeDraft(app, nadia);
		const staff = await acme.hire('Mo', acme.north);
		expect((await listInvitable(app, nadia, draft)).map(({ name }) => name)).toEqual(['Bo', 'Kim']);
		expect(await listInvitable(app, nadia, draft, 'ki')).toMatchObject([{ name: 'Kim' }]);
		for (const { person } of [staff, stranger])
			await expect(invite(app, nadia, draft, { person, role: 'commenter' })).rejects.toThrow(
				refusal('not-found')
			);
		await expect(invite(app, bo, draft, { person: kim.person, role: 'commenter' })).rejects.toThrow(
			refusal('not-found')
		);
	});

	test('invited twice is invited once, and as what one was first', async () => {
		const draft = await makeDraft(app, nadia);
		await invite(app, nadia, draft, { person: bo.person, role: 'commenter' });
		await invite(app, nadia, draft, { person: bo.person, role: 'co-author' });
		expect(await rolesIn(nadia, draft)).toEqual(['Nadia: owner', 'Bo: commenter']);
		await changeDraftRole(app, nadia, draft, { person: bo.person, role: 'co-author' });
		expect(await rolesIn(nadia, draft)).toEqual(['Nadia: owner', 'Bo: co-author']);
	});

	test('6.4.1 by link: it is stored hashed, lets one person in, and only while it works', async () => {
		const draft = await makeDraft(app, nadia);
		const link = await makeLink(app, nadia, draft, 'commenter');
		if ('fault' in link) throw new Error('consent was given');
		expect(JSON.stringify(await app.db.read.select().from(draftLinks))).not.toContain(link.token);
		for (const other of [stranger, await acme.hire('Mo', acme.north)])
			await expect(joinByLink(app, other, link.token)).rejects.toThrow();
		// Looking uses nothing up.
		expect(await findLink(app, bo, link.token)).toMatchObject({ draft, by: 'Nadia' });
		// Who is in it already leaves the link to somebody else, and stays what they are.
		await joinByLink(app, nadia, link.token);
		expect(await joinByLink(app, bo, link.token)).toEqual({ draft });
		expect(await rolesIn(bo, draft)).toEqual(['Nadia: owner', 'Bo: commenter']);
		await expect(joinByLink(app, kim, link.token)).rejects.toThrow(refusal('not-found'));
	});

	test('by link ends when it expires or is made void', async () => {
		const draft = await makeDraft(app, nadia);
		const [first, second] = [
			await makeLink(app, nadia, draft, 'commenter'),
			await makeLink(app, nadia, draft, 'co-author')
		];
		if ('fault' in first || 'fault' in second) throw new Error('consent was given');
		const [found] = (await listLinks(app, nadia, draft)).filter(({ role }) => role === 'commenter');
		await voidLink(app, nadia, draft, found!.hash);
		await expect(joinByLink(app, bo, first.token)).rejects.toThrow(refusal('not-found'));
		app.setNow(new Date(app.now().getTime() + linkLasts * 24 * 3600_000));
		await expect(joinByLink(app, bo, second.token)).rejects.toThrow(refusal('not-found'));
		await carryOutRetention(app);
		expect(await app.db.read.select().from(draftLinks)).toHaveLength(1);
		app.setNow(new Date(app.now().getTime() + 31 * 24 * 3600_000));
		await carryOutRetention(app);
		expect(await app.db.read.select().from(draftLinks)).toEqual([]);
	});

	test('who is taken out or leaves is out at once', async () => {
		const draft = await makeDraft(app, nadia, [
			{ actor: bo, role: 'co-author' },
			{ actor: kim, role: 'commenter' }
		]);
		await removeFromDraft(app, nadia, draft, bo.person);
		await leaveDraft(app, kim, draft);
		for (const gone of [bo, kim])
			await expect(authoriseDraft(app.db.read, gone, draft, 'comment')).rejects.toThrow(
				refusal('not-found')
			);
	});
});

describe('the owner of a draft', () => {
	test('cannot leave it, be taken out or be made less: it is handed over', async () => {
		const draft = await makeDraft(app, nadia, [{ actor: bo, role: 'co-author' }]);
		const { person } = nadia;
		await expect(leaveDraft(app, nadia, draft)).rejects.toThrow(refusal('conflict'));
		await expect(removeFromDraft(app, nadia, draft, person)).rejects.toThrow(refusal('conflict'));
		await expect(changeDraftRole(app, nadia, draft, { person, role: 'commenter' })).rejects.toThrow(
			refusal('conflict')
		);
		await handOver(app, nadia, draft, bo.person);
		expect(await rolesIn(nadia, draft)).toEqual(['Bo: owner', 'Nadia: co-author']);
		await leaveDraft(app, nadia, draft);
	});

	test('is one, also where two hand it over at the same moment', async () => {
		const draft = await makeDraft(app, nadia, [
			{ actor: bo, role: 'co-author' },
			{ actor: kim, role: 'co-author' }
		]);
		const both = await Promise.allSettled([
			handOver(app, nadia, draft, bo.person),
			handOver(app, nadia, draft, kim.person)
		]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const owners = (await rolesIn(nadia, draft)).filter((one) => one.endsWith('owner'));
		expect(owners).toHaveLength(1);
	});

	test('who loses the role or leaves the platform is out, and the next co-author takes over', async () => {
		const draft = await makeDraft(app, nadia, [
			{ actor: bo, role: 'co-author' },
			{ actor: kim, role: 'commenter' }
		]);
		await takeRoleFrom(nadia);
		await expect(authoriseDraft(app.db.read, await again(nadia), draft, 'comment')).rejects.toThrow(
			refusal('forbidden')
		);
		expect(await settleOwners(app)).toEqual({ handedOver: 1, putAway: 0 });
		expect(await rolesIn(bo, draft)).toEqual(['Bo: owner', 'Nadia: co-author', 'Kim: commenter']);
		expect(await settleOwners(app)).toEqual({ handedOver: 0, putAway: 0 });
		await endAccess(app, admin, bo.person, '2026-03-14');
		await expect(authoriseDraft(app.db.read, await again(bo), draft, 'comment')).rejects.toThrow(
			refusal('forbidden')
		);
		// Nadia is here still and may be given the role again; a commenter inherits nothing.
		expect(await settleOwners(app)).toEqual({ handedOver: 0, putAway: 0 });
		await endAccess(app, admin, nadia.person, '2026-03-14');
		expect(await settleOwners(app)).toEqual({ handedOver: 0, putAway: 1 });
		const [row] = await app.db.read.select().from(drafts);
		expect(row?.discardedAt).toEqual(app.now());
	});
});

describe('a person’s story is theirs:', () => {
	test('voice, pen name and consent are chosen by oneself alone', async () => {
		const draft = await makeDraft(app, nadia, [{ actor: bo, role: 'co-author' }]);
		expect((await listUndecided(app.db.read, draft)).map(({ name }) => name)).toEqual([
			'Nadia',
			'Bo'
		]);
		await tellAuthorship(app, nadia, draft, { voice: 'lived-experience', penName: 'Solsort' });
		await tellAuthorship(app, bo, draft, { voice: 'professional', penName: null });
		await decideConsent(app, bo, draft, true);
		expect(await listUndecided(app.db.read, draft)).toEqual([]);
		expect(await listDraftPeople(app, bo, draft)).toMatchObject([
			{ voice: 'lived-experience', penName: 'Solsort', consentedOn: '2026-03-14' },
			{ voice: 'professional', penName: null, consentedOn: '2026-03-14' }
		]);
		await decideConsent(app, nadia, draft, false);
		expect((await listUndecided(app.db.read, draft)).map(({ name }) => name)).toEqual(['Nadia']);
	});

	test('the day on which one first agreed stays', async () => {
		const draft = await makeDraft(app, nadia);
		app.setNow(new Date('2026-05-01T09:00:00Z'));
		await decideConsent(app, nadia, draft, true);
		expect(await listDraftPeople(app, nadia, draft)).toMatchObject([{ consentedOn: '2026-03-14' }]);
	});

	test('nothing in the log tells which draft it was', async () => {
		const draft = await makeDraft(app, nadia, [{ actor: bo, role: 'co-author' }]);
		await handOver(app, nadia, draft, bo.person);
		const { audit } = await import('#lib/audit/tables.server.ts');
		const log = await app.db.read.select().from(audit);
		expect(log.map(({ event }) => event)).toContain('draft.made');
		expect(JSON.stringify(log)).not.toContain(draft);
	});

	test('who asks for it is forgotten as an author; what is shared stays with the others', async () => {
		const alone = await makeDraft(app, nadia);
		const shared = await makeDraft(app, nadia, [{ actor: bo, role: 'co-author' }]);
		const mine = newId();
		const answer = newId();
		await app.db.write(async (tx) => {
			const comment = {
				draft: shared,
				place: null,
				quote: null,
				must: false,
				at: app.now(),
				resolvedAt: null,
				resolvedBy: null
			};
			await tx.insert(draftComments).values([
				{ ...comment, id: mine, under: null, body: 'Det var sådan.', by: nadia.person },
				{ ...comment, id: answer, under: mine, body: 'Tak.', by: bo.person }
			]);
			await tx.insert(reviewerGrants).values({
				person: nadia.person,
				key: 'lived-experience',
				offeredBy: null,
				offeredAt: app.now(),
				acceptedAt: null
			});
		});
		expect(await listOwnAuthorship(app.db.read, nadia.person)).toMatchObject({
			drafts: [{ role: 'owner' }, { role: 'owner' }],
			comments: [{ body: 'Det var sådan.', day: '2026-03-14' }],
			keys: [{ key: 'lived-experience', offeredOn: '2026-03-14', acceptedOn: null }]
		});
		await eraseAuthorship(app, nadia);
		expect(await listOwnAuthorship(app.db.read, nadia.person)).toEqual({
			drafts: [],
			comments: [],
			mentions: 0,
			published: [],
			keys: [],
			approvals: []
		});
		const left = await app.db.read.select().from(drafts);
		expect(left.map(({ id }) => id)).toEqual([shared]);
		expect(left[0]?.id).not.toBe(alone);
		expect(await rolesIn(bo, shared)).toEqual(['Bo: owner']);
		expect(await app.db.read.select().from(draftComments)).toMatchObject([
			{ id: answer, under: null, body: 'Tak.' }
		]);
		expect(await app.db.read.select().from(draftUpdates)).toMatchObject([{ by: null }]);
	});

	test('who has left is forgotten as an author together with their private side', async () => {
		const draft = await makeDraft(app, nadia, [{ actor: bo, role: 'co-author' }]);
		await endAccess(app, admin, nadia.person, '2026-03-14');
		app.setNow(new Date(`${addDays('2026-03-14', 31)}T09:00:00Z`));
		await carryOutRetention(app);
		expect(await rolesIn(bo, draft)).toEqual(['Bo: owner']);
	});
});

describe('a file that is brought', () => {
	const folder = join('courses', 'scenarios');

	test.each(readdirSync(folder))('%s has a place for everything it says', (file) => {
		const read = readUploadedStory(readFileSync(join(folder, file)), file, 'da');
		if ('refused' in read) throw new Error(read.refused.en);
		expect(read.unread).toEqual([]);
	});
});
