import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import {
	addComment,
	commentsChannel,
	listComments,
	listUnseenMentions,
	seeComments,
	settleComment,
	type NewComment
} from '#lib/authoring/comments.server.ts';
import { countOpenMusts, sendToReview } from '#lib/authoring/reviews.server.ts';
import { channelOf } from '#lib/authoring/updates.server.ts';
import { newId } from '#lib/id.ts';
import { listenTo } from '#lib/server/live/ring.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { hireWriters, makeDraft, storyText, write } from '#tests/support/reviewed-draft.ts';
import { makeOrganisation } from '#tests/support/world.ts';

let app: TestApp;
let draft: string;
let people: Awaited<ReturnType<typeof hireWriters>>;

beforeEach(async () => {
	app = makeApp();
	people = await hireWriters(app, await makeOrganisation(app, 'Acme'));
	draft = await makeDraft(app, [
		{ actor: people.worker },
		{ actor: people.peer, role: 'co-author', voice: 'lived-experience' }
	]);
});

async function say(actor: Actor, comment: Partial<NewComment> = {}): Promise<string> {
	const id = comment.id ?? newId();
	const place = 'scene/one/text/da';
	await addComment(app, actor, draft, {
		...{ under: null, place, quote: 'døren', body: 'Hvorfor er den låst?', must: false },
		...comment,
		id
	});
	return id;
}

const threads = async (actor: Actor) => (await listComments(app, actor, draft)).threads;

describe('a comment', () => {
	test('is there once, however often it is sent, with its answers under it', async () => {
		const { peer, worker } = people;
		const id = await say(peer);
		await say(peer, { id });
		await say(worker, { under: id, body: 'Fordi det er nat.' });
		expect(await threads(worker)).toMatchObject([
			{
				id,
				place: 'scene/one/text/da',
				quote: 'døren',
				said: [
					{ name: 'Pia', isOwn: false },
					{ body: 'Fordi det er nat.', isOwn: true }
				]
			}
		]);
	});

	test('names somebody, who is told of it until they have seen it; looking alone changes nothing', async () => {
		const { peer, worker } = people;
		await say(worker, { body: 'Se lige her, @Pia.' });
		expect(await listUnseenMentions(app.db.read, peer.person)).toEqual([draft]);
		expect((await listComments(app, peer, draft)).hasUnseen).toBe(true);
		expect((await listComments(app, peer, draft)).hasUnseen).toBe(true);
		await seeComments(app, peer, draft);
		expect((await listComments(app, peer, draft)).hasUnseen).toBe(false);
		expect(await listUnseenMentions(app.db.read, peer.person)).toEqual([]);
	});

	test('is resolved and opened again', async () => {
		const { peer, worker } = people;
		const comment = await say(peer);
		await settleComment(app, worker, draft, { comment, isResolved: true });
		expect(await threads(peer)).toMatchObject([{ isResolved: true }]);
		await settleComment(app, peer, draft, { comment, isResolved: false });
		expect(await threads(peer)).toMatchObject([{ isResolved: false }]);
	});

	test('that must be resolved is so by who asked or a reviewer, and not by its authors', async () => {
		const { peer, worker, subject, lived } = people;
		const frozen = await write(app, draft, storyText, peer, worker);
		expect(await sendToReview(app, worker, draft, frozen)).toBeNull();
		const comment = await say(subject, { must: true });
		expect(await countOpenMusts(app.db.read, draft)).toBe(1);
		for (const author of [peer, worker])
			await expect(
				settleComment(app, author, draft, { comment, isResolved: true })
			).rejects.toMatchObject({ code: 'forbidden' });
		await settleComment(app, lived, draft, { comment, isResolved: true });
		expect(await countOpenMusts(app.db.read, draft)).toBe(0);
	});

	test('8.2.2 is made, read and resolved by nobody who is not in the draft', async () => {
		const { peer, subject, learner } = people;
		const comment = await say(peer);
		for (const [stranger, code] of [
			[subject, 'not-found'],
			[learner, 'forbidden']
		] as const) {
			await expect(say(stranger)).rejects.toMatchObject({ code });
			await expect(threads(stranger)).rejects.toMatchObject({ code });
			await expect(seeComments(app, stranger, draft)).rejects.toMatchObject({ code });
			await expect(
				settleComment(app, stranger, draft, { comment, isResolved: true })
			).rejects.toMatchObject({ code });
		}
		await expect(say(peer, { under: newId() })).rejects.toMatchObject({ code: 'not-found' });
	});
});

test('who writes in the draft and who looks at its review are told that something was said', async () => {
	const heard: string[] = [];
	const hear = (where: string) => ({
		ring: () => undefined,
		whisper: (data: unknown) => heard.push(`${where} ${(data as { kind: string }).kind}`)
	});
	const leave = [
		listenTo(channelOf(draft), hear('draft')),
		listenTo(commentsChannel(draft), hear('review'))
	];
	const comment = await say(people.peer);
	await settleComment(app, people.worker, draft, { comment, isResolved: true });
	for (const end of leave) end();
	expect(heard.toSorted()).toEqual([
		'draft comments',
		'draft comments',
		'review comments',
		'review comments'
	]);
});
