import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Actor } from '#lib/access/actor.ts';
import { newId } from '#lib/id.ts';
import { listenTo } from '#lib/server/live/ring.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';
import { createDocument, takeUpdate } from './document/document.ts';
import { addScene, setText, setWords, startBlank } from './document/edits.ts';
import { readDraft } from './document/read.ts';
import { forgetHeld } from './held-documents.server.ts';
import { draftDocuments, draftPeople, drafts, draftUpdates } from './tables.server.ts';
import {
	appendUpdate,
	channelOf,
	fromBase64,
	largestUpdate,
	openDraft,
	readDocument,
	readUpdatesAfter,
	sumUpDrafts,
	tellPresence
} from './updates.server.ts';

let app: TestApp;
let pia: Actor;
let per: Actor;
let stranger: Actor;
let draft: string;

beforeEach(async () => {
	app = makeApp();
	const house = await makeOrganisation(app, 'Acme');
	pia = await house.hire('Pia', house.north, 'peer-supporter');
	per = await house.hire('Per', house.north, 'key-staff');
	stranger = await house.hire('Stig', house.north, 'editor');
	draft = newId();
	await app.db.write(async (tx) => {
		const at = app.now();
		await tx.insert(drafts).values({
			...{ id: draft, organisation: house.id, slug: null, title: { da: '', en: '' } },
			...{ begunFrom: null, createdAt: at, changedAt: at, updates: 0, discardedAt: null }
		});
		const none = { draft, voice: null, penName: null, consentedOn: null };
		await tx.insert(draftPeople).values({ ...none, person: pia.person, role: 'owner' });
		await tx.insert(draftPeople).values({ ...none, person: per.person, role: 'commenter' });
	});
});

/** Somebody's document, and each change to it as an update. */
function write(changes: ((doc: Y.Doc) => void)[]): { doc: Y.Doc; updates: Uint8Array[] } {
	const doc = createDocument();
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	for (const change of changes) change(doc);
	return { doc, updates };
}

const title = (words: string) => (doc: Y.Doc) => setWords(doc, 'scenario/title', { da: words });
const append = (body: Uint8Array, id: string = newId(), actor = pia) =>
	appendUpdate(app, actor, draft, { id, body });

async function read() {
	const { doc, n } = await readDocument(app.db.read, draft);
	return { title: readDraft(doc).title.da, n };
}

describe('a change to a draft', () => {
	test('is kept with its number, who sent it and when, and the draft has its title for lists', async () => {
		const { updates } = write([startBlank, title('Nat'), title('Nattevagt')]);
		for (const [index, update] of updates.entries()) {
			expect(await append(update)).toEqual({ n: index + 1 });
		}
		expect(await read()).toEqual({ title: 'Nattevagt', n: 3 });
		const rows = await app.db.read.select().from(draftUpdates).where(eq(draftUpdates.draft, draft));
		expect(rows.map(({ n, by, at }) => [n, by, at])).toEqual(
			[1, 2, 3].map((n) => [n, pia.person, app.now()])
		);
		const [row] = await app.db.read.select().from(drafts).where(eq(drafts.id, draft));
		expect(row).toMatchObject({ title: { da: 'Nattevagt', en: '' }, updates: 3, slug: null });
	});

	test('that is sent again is there once, and is told its number again', async () => {
		const { updates } = write([startBlank, title('Nat')]);
		const id = newId();
		await append(updates[0]!, id);
		await append(updates[1]!);
		expect(await append(updates[0]!, id)).toEqual({ n: 1 });
		const sent = await Promise.all([append(updates[0]!, id), append(updates[0]!, id)]);
		expect(sent).toEqual([{ n: 1 }, { n: 1 }]);
		expect((await read()).n).toBe(2);
	});

	test('that is no update is refused, and the draft is as it was', async () => {
		const { updates } = write([startBlank, title('Nat')]);
		await append(updates[0]!);
		const broken = [
			new Uint8Array(),
			Uint8Array.of(255, 255, 255, 255, 255),
			updates[1]!.slice(0, updates[1]!.length - 3),
			new TextEncoder().encode('not an update at all, but a long enough text')
		];
		for (const bytes of broken) {
			await expect(append(bytes)).rejects.toMatchObject({
				code: 'invalid',
				message: 'update-malformed'
			});
		}
		expect(await append(updates[1]!)).toEqual({ n: 2 });
		expect(await read()).toEqual({ title: 'Nat', n: 2 });
	});

	test('that builds on one which never came is refused, until both come', async () => {
		const { doc, updates } = write([startBlank, title('Nat'), title('Nattevagt')]);
		await append(updates[0]!);
		await expect(append(updates[2]!)).rejects.toMatchObject({
			code: 'conflict',
			message: 'update-out-of-order'
		});
		const known = (await readDocument(app.db.read, draft)).doc;
		await append(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(known)));
		expect(await read()).toEqual({ title: 'Nattevagt', n: 2 });
	});

	test('that is too large, or has no proper id, is refused', async () => {
		const { updates } = write([title('x'.repeat(largestUpdate + 1))]);
		await expect(append(updates[0]!)).rejects.toMatchObject({ message: 'update-too-large' });
		await expect(append(write([startBlank]).updates[0]!, '../x')).rejects.toMatchObject({
			message: 'update-id'
		});
		expect((await read()).n).toBe(0);
	});

	test('keeps only what was new in it', async () => {
		const { doc, updates } = write([startBlank, title('Nat')]);
		await append(updates[0]!);
		await append(updates[1]!);
		await append(Y.encodeStateAsUpdate(doc));
		const rows = await app.db.read.select().from(draftUpdates).where(eq(draftUpdates.n, 3));
		expect(rows[0]?.body.length).toBe(2);
	});

	test('rings those who listen once it is kept', async () => {
		let rung = 0;
		const leave = listenTo(channelOf(draft), { ring: () => rung++, whisper: () => undefined });
		const { updates } = write([startBlank]);
		const id = newId();
		await append(updates[0]!, id);
		await append(updates[0]!, id);
		await append(Uint8Array.of(9)).catch(() => undefined);
		leave();
		expect(rung).toBe(1);
	});

	test('ASVS 8.2.2: is not taken from who only comments, is not in the draft, or may write no more', async () => {
		const { updates } = write([startBlank]);
		const update = updates[0]!;
		await expect(append(update, newId(), per)).rejects.toMatchObject({ code: 'forbidden' });
		await expect(append(update, newId(), stranger)).rejects.toMatchObject({ code: 'not-found' });
		const retired = { ...pia, grants: [] };
		await expect(append(update, newId(), retired)).rejects.toMatchObject({ code: 'forbidden' });
		await app.db.write(async (tx) => {
			await tx.update(drafts).set({ discardedAt: app.now() }).where(eq(drafts.id, draft));
		});
		await expect(append(update)).rejects.toMatchObject({ code: 'conflict' });
		expect((await read()).n).toBe(0);
	});
});

describe('a draft with many changes', () => {
	const many = 520;

	test('is kept as a sum and what came after, and nobody misses anything', async () => {
		const { doc, updates } = write([
			startBlank,
			...Array.from({ length: many - 1 }, (_, index) => (target: Y.Doc) => {
				const before = readTitleOf(target);
				setText(target, 'scenario/title/da', `${before}${index % 10}`);
			})
		]);
		const ids = updates.map(() => newId());
		for (const [index, update] of updates.entries()) await append(update, ids[index]);
		const whole = readTitleOf(doc);

		const [sum] = await app.db.read.select().from(draftDocuments);
		expect(sum?.upTo).toBe(500);
		expect(await read()).toEqual({ title: whole, n: many });
		// Sent again long after, it is still known.
		expect(await append(updates[3]!, ids[3])).toEqual({ n: 4 });
		const rows = await app.db.read.select().from(draftUpdates);
		expect(rows.filter(({ by }) => by === pia.person)).toHaveLength(many);
		expect(rows.filter(({ body }) => body.length > 2)).toHaveLength(many - 500);

		for (const after of [0, 250, 499, 500, 501, many]) {
			const there = createDocument();
			for (const update of updates.slice(0, after)) takeUpdate(there, update);
			const events = await readUpdatesAfter(app.db.read, draft, after);
			for (const { data } of events) {
				takeUpdate(there, fromBase64((data as { update: string }).update)!);
			}
			expect(readTitleOf(there)).toBe(whole);
			expect(events.map(({ n }) => n)).toEqual(events.map(({ n }) => n).toSorted((a, b) => a - b));
			expect(events.at(-1)?.n ?? after).toBe(many);
		}

		const { n, update } = await openDraft(app, per, draft);
		const opened = createDocument();
		takeUpdate(opened, update);
		expect([n, readTitleOf(opened)]).toEqual([many, whole]);
		const half = createDocument();
		for (const one of updates.slice(0, 300)) takeUpdate(half, one);
		const rest = await openDraft(app, per, draft, Y.encodeStateVector(half));
		takeUpdate(half, rest.update);
		expect(readTitleOf(half)).toBe(whole);
		expect(rest.update.length).toBeLessThan(update.length);
	}, 60_000);

	test('is the same when nothing of it is held', async () => {
		const { updates } = write([startBlank, title('Nat'), title('Nattevagt'), (d) => addScene(d)]);
		for (const update of updates) {
			forgetHeld(app, draft);
			await append(update);
		}
		expect(await read()).toEqual({ title: 'Nattevagt', n: 4 });
	});

	test('lets what was deleted go as it is summed up, and by night at the latest', async () => {
		const { doc, updates } = write([startBlank, title('Hanne fra lageret'), title('En kollega')]);
		for (const update of updates) await append(update);
		const stored = async () => {
			const rows = await app.db.read.select({ body: draftUpdates.body }).from(draftUpdates);
			const sums = await app.db.read.select({ body: draftDocuments.body }).from(draftDocuments);
			const sent = (await openDraft(app, pia, draft)).update;
			const all = [...rows, ...sums].map(({ body }) => Buffer.from(body).toString('latin1'));
			return [...all, Buffer.from(sent).toString('latin1')].join();
		};
		expect(await stored()).toContain('Hanne');
		await sumUpDrafts(app);
		expect(await stored()).not.toContain('Hanne');
		expect(await read()).toEqual({ title: 'En kollega', n: 3 });
		// Whoever has the words still writes on, and the others understand it.
		const before = Y.encodeStateVector(doc);
		title('En kollega på lageret')(doc);
		await append(Y.encodeStateAsUpdate(doc, before));
		expect(await read()).toEqual({ title: 'En kollega på lageret', n: 4 });
		await sumUpDrafts(app);
		expect((await app.db.read.select().from(draftDocuments))[0]?.upTo).toBe(4);
	});

	test('is opened by nobody who is not in it', async () => {
		await expect(openDraft(app, stranger, draft)).rejects.toMatchObject({ code: 'not-found' });
		await expect(openDraft(app, pia, draft, Uint8Array.of(255, 255))).rejects.toMatchObject({
			code: 'invalid'
		});
	});
});

test('where somebody is, the others are told by name and by a mark of their own', async () => {
	const heard: unknown[] = [];
	const leave = listenTo(channelOf(draft), {
		ring: () => undefined,
		whisper: (data) => heard.push(data)
	});
	const here = { tab: 'tab-12345', place: 'scene/a/text/da', gone: false, asks: true };
	await tellPresence(app, pia, draft, here);
	await tellPresence(app, per, draft, here);
	await expect(tellPresence(app, stranger, draft, here)).rejects.toMatchObject({
		code: 'not-found'
	});
	leave();
	expect(heard).toMatchObject([
		{ ...here, kind: 'presence', name: 'Pia', role: 'owner' },
		{ ...here, kind: 'presence', name: 'Per', role: 'commenter' }
	]);
	const marks = heard.map((one) => (one as { mark: number }).mark);
	expect(marks.toSorted((a, b) => a - b)).toEqual([0, 1]);
});

function readTitleOf(doc: Y.Doc): string {
	return doc.getText('scenario/title/da').toString();
}
