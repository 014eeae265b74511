import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import {
	listOwnTexts,
	listVersions,
	publishReview,
	restoreVersion,
	retire,
	shelvePublished,
	withdrawText
} from '#lib/authoring/published.server.ts';
import { reviewKeys, type ReviewKey } from '#lib/authoring/review.ts';
import {
	acceptKey,
	declineKey,
	listKeys,
	listOwnKeys,
	offerKey,
	withdrawKey
} from '#lib/authoring/reviewers.server.ts';
import {
	approveParts,
	askForChanges,
	readReview,
	sendToReview,
	takeBack
} from '#lib/authoring/reviews.server.ts';
import { draftPeople } from '#lib/authoring/tables.server.ts';
import { readReleasesOf } from '#lib/authoring/choice-releases.server.ts';
import { writeYaml } from '#lib/authoring/document/write.ts';
import { readDocument } from '#lib/authoring/updates.server.ts';
import { newId } from '#lib/id.ts';
import { listWaitingReviews } from '#lib/authoring/waiting-reviews.server.ts';
import { findScenarioVersion, readVersion } from '#lib/scenario/versions.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import {
	giveKey,
	hireWriters,
	makeDraft,
	reword,
	storySlug,
	storyText,
	write
} from '#tests/support/reviewed-draft.ts';
import { makeEvent } from '#tests/support/event.ts';
import { makeOrganisation } from '#tests/support/world.ts';
import { listStepsBehind } from '#lib/practice/progress.server.ts';
import { publishChoices } from '../../src/choices.server.ts';
import { load as loadModule } from '../../src/routes/learn/[course]/[module]/+page.server.ts';
import { beginPlay, describePlay, recordPlay } from '../../src/routes/scenarios/play.server.ts';

async function makeHouse() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const people = await hireWriters(app, org);
	const draft = await makeDraft(app, [
		{ actor: people.worker },
		{ actor: people.peer, role: 'co-author', voice: 'lived-experience', penName: 'Vibe' }
	]);
	return { app, org, draft, ...people };
}
type House = Awaited<ReturnType<typeof makeHouse>>;

async function send({ app, draft, peer, worker }: House, text = storyText): Promise<void> {
	const frozen = await write(app, draft, text, peer, worker);
	expect(await sendToReview(app, worker, draft, frozen)).toBeNull();
}

/** Turns a key for every part, as the page shows them. */
async function turn({ app, draft }: House, by: Actor, key: ReviewKey): Promise<void> {
	const { standing } = await readReview(app, by, draft);
	const parts = Object.fromEntries(standing.parts.map(({ part, hash }) => [part, hash]));
	await approveParts(app, by, draft, { key, parts });
}

async function publish(house: House, text = storyText): Promise<void> {
	await send(house, text);
	await turn(house, house.subject, 'subject');
	await turn(house, house.lived, 'lived-experience');
	expect(await publishReview(house.app, house.editor, house.draft)).toBeNull();
}

const mended = reword(storyText, storyText.match(/^ {6}da: (.{20})/m)![1]!, 'Nu står der det her');

describe('a key', () => {
	test('opens nothing before it is accepted, and can be declined and taken back', async () => {
		const { app, org, editor, subject } = await makeHouse();
		const bo = await org.hire('Bo', org.north, 'key-staff');
		await offerKey(app, editor, { person: bo.person, key: 'subject' });
		expect(await listOwnKeys(app.db.read, bo.person)).toEqual([
			{ key: 'subject', isAccepted: false }
		]);
		await acceptKey(app, bo, 'subject');
		expect((await listKeys(app, editor)).grants).toContainEqual(
			expect.objectContaining({ name: 'Bo', key: 'subject', isAccepted: true })
		);
		await declineKey(app, bo, 'subject');
		await withdrawKey(app, editor, { person: subject.person, key: 'subject' });
		expect((await listKeys(app, editor)).grants.map(({ name }) => name)).toEqual(['Lis']);
	});

	test('is offered by a letter that does not say which it is, and not after it was answered', async () => {
		const { app, org, editor } = await makeHouse();
		await app.runJobs();
		app.mailer.sent.length = 0;
		const bo = await org.hire('Bo', org.north, 'peer-supporter');
		const offer = { person: bo.person, key: 'lived-experience' as const };
		await offerKey(app, editor, offer);
		await offerKey(app, editor, offer);
		await app.runJobs();
		expect(app.mailer.sent).toMatchObject([{ to: { name: 'Bo' } }]);
		expect(app.mailer.sent[0]?.text).toContain('/author/keys');
		expect(app.mailer.sent[0]?.text).not.toMatch(/levet|lived|faglig/u);
		await declineKey(app, bo, 'lived-experience');
		app.setNow(new Date(app.now().getTime() + 60_000));
		await offerKey(app, editor, offer);
		await acceptKey(app, bo, 'lived-experience');
		await app.runJobs();
		expect(app.mailer.sent).toHaveLength(1);
	});

	test('8.2.2 is offered and seen by editors alone, and only to who may write', async () => {
		const { app, org, editor, peer, learner } = await makeHouse();
		await expect(listKeys(app, peer)).rejects.toMatchObject({ code: 'forbidden' });
		const offer = { person: peer.person, key: 'subject' as const };
		await expect(offerKey(app, peer, offer)).rejects.toMatchObject({ code: 'forbidden' });
		const foreign = await makeOrganisation(app, 'Elsewhere');
		const ib = await foreign.hire('Ib', foreign.north, 'key-staff');
		for (const { person } of [learner, ib])
			await expect(offerKey(app, editor, { ...offer, person })).rejects.toMatchObject({
				code: 'not-found'
			});
		await expect(acceptKey(app, peer, 'subject')).rejects.toMatchObject({ code: 'not-found' });
		expect(org.id).toBe(editor.organisation);
	});
});

describe('a draft is sent', () => {
	test('with its authors’ line and the number it will be published under', async () => {
		const house = await makeHouse();
		await send(house);
		const { frozen, state, standing } = await readReview(house.app, house.worker, house.draft);
		expect(state.value).toBe('in-review');
		expect(frozen?.body).toContain('\nversion: 1\n');
		expect(frozen?.body).toContain(
			'authors: [{ role: professional }, { role: lived-experience, name: Vibe }]'
		);
		expect(standing.parts.length).toBeGreaterThan(4);
	});

	test('only where all who write it have agreed, and where it has no fault', async () => {
		const { app, worker, peer } = await makeHouse();
		const silent = await makeDraft(app, [
			{ actor: worker },
			{ actor: peer, role: 'co-author', consents: false }
		]);
		const text = await write(app, silent, storyText, worker);
		expect(await sendToReview(app, worker, silent, text)).toEqual({
			reason: 'consent',
			names: ['Pia']
		});
		const draft = await makeDraft(app, [{ actor: worker }]);
		const faulty = await write(app, draft, reword(storyText, '\nstart: ', '\nstart: no-'), worker);
		expect(await sendToReview(app, worker, draft, faulty)).toMatchObject({ reason: 'problems' });
		const taken = await write(app, draft, reword(storyText, storySlug, 'wrong-office'), worker);
		expect(await sendToReview(app, worker, draft, taken)).toEqual({ reason: 'slug-taken' });
	});

	test('which those who hold a key and may turn it hear of by mail, once a round', async () => {
		const house = await makeHouse();
		const { app, draft, peer, worker } = house;
		await app.runJobs();
		app.mailer.sent.length = 0;
		await send(house);
		const again = await write(app, draft, mended, worker);
		expect(await sendToReview(app, worker, draft, again)).toBeNull();
		await app.runJobs();
		const heard = app.mailer.sent.map(({ to }) => to.name);
		expect(heard.toSorted()).toEqual(['Lis', 'Sif']);
		expect(app.mailer.sent[0]?.text).toContain(`/author/${draft}/review`);
		// What is taken back before the mail goes out is not told of.
		await takeBack(app, peer, draft);
		await send(house);
		await takeBack(app, peer, draft);
		await app.runJobs();
		expect(app.mailer.sent).toHaveLength(2);
	});

	test('and waits for who holds a key or publishes, until the round is over', async () => {
		const house = await makeHouse();
		const { app, draft, worker, subject, lived, editor } = house;
		const waiting = async (actor: Actor) =>
			(await listWaitingReviews(app, actor)).map((one) => one.draft);
		expect(await waiting(lived)).toEqual([]);
		await send(house);
		for (const reviewer of [subject, lived, editor])
			expect(await waiting(reviewer)).toEqual([draft]);
		expect(await waiting(worker)).toEqual([]);
		await askForChanges(app, subject, draft);
		expect(await waiting(lived)).toEqual([]);
	});

	test('8.2.2 by who writes it, and read by those it concerns', async () => {
		const house = await makeHouse();
		const { app, org, draft, peer, worker, subject, lived, editor, learner } = house;
		const stranger = await org.hire('Bo', org.north, 'key-staff');
		for (const one of [subject, editor, stranger])
			await expect(readReview(app, one, draft)).rejects.toMatchObject({ code: 'not-found' });
		await send(house);
		for (const one of [peer, worker, subject, lived, editor]) await readReview(app, one, draft);
		await expect(readReview(app, stranger, draft)).rejects.toMatchObject({ code: 'not-found' });
		await expect(readReview(app, learner, draft)).rejects.toMatchObject({ code: 'forbidden' });
		const text = await write(app, draft, storyText, worker);
		await expect(sendToReview(app, subject, draft, text)).rejects.toMatchObject({
			code: 'not-found'
		});
	});
});

describe('a version is published', () => {
	test('byte for byte as it was approved, and found at once and after a restart', async () => {
		const house = await makeHouse();
		const { app, editor, draft } = house;
		expect(app.library.scenario(storySlug)).toBeUndefined();
		await publish(house);
		const { frozen } = await readReview(app, editor, draft);
		const found = app.library.scenario(storySlug);
		expect(found).toMatchObject({ hash: frozen?.hash, source: frozen?.body });
		expect(app.library.scenarios).toContain(found);
		const again = makeApp({ dataDir: app.dataDir });
		await shelvePublished(again);
		expect(again.library.scenario(storySlug)).toMatchObject({ hash: frozen?.hash });
		expect(await listVersions(app, editor, draft)).toMatchObject([
			{ version: 1, state: 'published', publishedOn: '2026-03-14' }
		]);
	});

	test('by an editor alone, and with one key not', async () => {
		const house = await makeHouse();
		const { app, draft, subject, editor, worker } = house;
		await send(house);
		await turn(house, subject, 'subject');
		await expect(publishReview(app, editor, draft)).rejects.toMatchObject({ code: 'conflict' });
		await expect(publishReview(app, worker, draft)).rejects.toMatchObject({ code: 'forbidden' });
	});

	test('with no key of its last author, and none that nobody gave', async () => {
		const house = await makeHouse();
		const { app, draft, worker, peer, editor } = house;
		await send(house);
		for (const key of reviewKeys) await giveKey(app, editor, worker, key);
		await expect(turn(house, worker, 'subject')).rejects.toMatchObject({ message: 'last-author' });
		await expect(turn(house, peer, 'subject')).rejects.toMatchObject({ code: 'forbidden' });
		await expect(
			approveParts(app, house.subject, draft, { key: 'subject', parts: { ':head': 'other' } })
		).rejects.toMatchObject({ message: 'another-version' });
	});

	test('again with a new number, keeping the approvals of what stayed the same', async () => {
		const house = await makeHouse();
		const { app, draft, editor } = house;
		await publish(house);
		await send(house, mended);
		const { standing } = await readReview(app, editor, draft);
		expect(standing.approved).toBe(standing.parts.length - 1);
		await turn(house, house.subject, 'subject');
		await turn(house, house.lived, 'lived-experience');
		expect(await publishReview(app, editor, draft)).toBeNull();
		expect(app.library.scenario(storySlug)?.scenario.version).toBe(2);
		expect(await listVersions(app, editor, draft)).toMatchObject([
			{ version: 2, state: 'published' },
			{ version: 1, state: 'superseded' }
		]);
	});

	test('not where an author has taken their consent back since', async () => {
		const house = await makeHouse();
		const { app, draft } = house;
		await send(house);
		await turn(house, house.subject, 'subject');
		await turn(house, house.lived, 'lived-experience');
		await app.db.write((tx) => tx.update(draftPeople).set({ consentedOn: null }));
		expect(await publishReview(app, house.editor, draft)).toBe('authors-changed');
		expect(app.library.scenario(storySlug)).toBeUndefined();
	});

	test('not after changes were asked for, or it was taken back', async () => {
		const house = await makeHouse();
		const { app, draft, editor } = house;
		for (const end of [
			() => askForChanges(app, house.lived, draft),
			() => takeBack(app, house.worker, draft)
		]) {
			await send(house);
			await turn(house, house.subject, 'subject');
			await turn(house, house.lived, 'lived-experience');
			await end();
			await expect(publishReview(app, editor, draft)).rejects.toMatchObject({ code: 'conflict' });
		}
	});
});

async function begin({ app, learner }: House) {
	await beginPlay(app, learner.person, storySlug);
	const { attempt, scenario } = await describePlay(app, learner.person, storySlug, 'da');
	return { attempt: attempt!.id, scenario };
}

const firstMove = (app: TestApp, slug = storySlug) => {
	const { scenario } = app.library.scenario(slug)!;
	const scene = scenario.scenes[scenario.start]!;
	return Object.keys('choices' in scene ? scene.choices : {})[0]!;
};

describe('who is in the middle of a story', () => {
	test('of a module has that step behind them when it is withdrawn, and hears why', async () => {
		const house = await makeHouse();
		const { app, worker, peer, learner } = house;
		// A new version of a story that a module names: it is played from that moment.
		const slug = 'reception-full-house';
		const file = app.library.scenario(slug)!;
		const draft = await makeDraft(
			app,
			[{ actor: worker }, { actor: peer, role: 'co-author', voice: 'lived-experience' }],
			file.hash
		);
		await publish({ ...house, draft }, file.source);
		expect(app.library.scenario(slug)!.scenario.version).toBe(file.scenario.version + 1);
		const ref = { course: 'basic', module: 'when-it-heats-up' };
		const { module } = app.library.catalogue;
		const step = module(ref.course, ref.module)!.steps.find(
			(one) => one.kind === 'scenario' && one.scenarios.includes(slug)
		)!;
		await beginPlay(app, learner.person, slug);
		await withdrawText(app, peer, slug);
		const look = () =>
			loadModule(
				makeEvent(app, {
					actor: learner,
					params: ref,
					url: `/learn/basic/${ref.module}?step=${step.key}&scenario=${slug}`
				}) as Parameters<typeof loadModule>[0]
			);
		expect(await look()).toMatchObject({
			module: { step: { play: { isWithdrawn: true, attempt: null } } }
		});
		expect(await listStepsBehind(app.learning, learner.person, ref)).toContain(step.key);
		// The file that the story was begun from is there again, and can be played.
		await beginPlay(app, learner.person, slug);
		expect(await look()).toMatchObject({ module: { step: { play: { isWithdrawn: false } } } });
	});

	test('keeps the version they began when another is published, and when it is retired', async () => {
		const house = await makeHouse();
		const { app, learner, editor, draft } = house;
		await publish(house);
		const { hash } = app.library.scenario(storySlug)!;
		const move = firstMove(app);
		const { attempt } = await begin(house);
		await publish(house, mended);
		expect(app.library.scenario(storySlug)!.hash).not.toBe(hash);
		expect((await findScenarioVersion(app, storySlug, hash)).hash).toBe(hash);
		const first = { attempt, position: 0, move };
		await recordPlay(app, learner.person, storySlug, first);
		await retire(app, editor, draft);
		expect(app.library.scenario(storySlug)).toBeUndefined();
		const play = await describePlay(app, learner.person, storySlug, 'da');
		expect(play.attempt?.moves).toEqual([move]);
		expect(play.hasNewerVersion).toBe(false);
	});

	test('is told kindly when it was withdrawn, and sees nothing of it again', async () => {
		const house = await makeHouse();
		const { app, learner, peer, worker } = house;
		await publish(house);
		const { hash } = app.library.scenario(storySlug)!;
		const move = firstMove(app);
		const { attempt } = await begin(house);
		await expect(withdrawText(app, worker, storySlug)).rejects.toMatchObject({
			code: 'not-found'
		});
		await withdrawText(app, peer, storySlug);
		await withdrawText(app, peer, storySlug);
		expect(app.library.scenario(storySlug)).toBeUndefined();
		expect(await readVersion(app.db.read, hash)).toBeNull();
		await expect(
			recordPlay(app, learner.person, storySlug, { attempt, position: 0, move })
		).rejects.toMatchObject({ code: 'not-found', message: 'withdrawn' });
		await expect(describePlay(app, learner.person, storySlug, 'da')).rejects.toMatchObject({
			message: 'withdrawn'
		});
		expect(await listOwnTexts(app, peer.person)).toMatchObject([
			{ slug: storySlug, state: 'withdrawn', mayWithdraw: false }
		]);
		const again = makeApp({ dataDir: app.dataDir });
		await shelvePublished(again);
		await expect(findScenarioVersion(again, storySlug, hash)).rejects.toMatchObject({
			message: 'withdrawn'
		});
	});
});

describe('what was published', () => {
	test('begins a new draft with the text of an earlier version, once', async () => {
		const house = await makeHouse();
		const { app, draft, worker, learner } = house;
		await publish(house);
		await publish(house, mended);
		const id = newId();
		await restoreVersion(app, worker, draft, { version: 1, id });
		await restoreVersion(app, worker, draft, { version: 1, id });
		const restored = writeYaml((await readDocument(app.db.read, id)).doc);
		const [before, after] = [storyText, restored].map(
			(text) => app.library.check(text, storySlug).scenario!
		);
		expect(after!.scenes).toEqual(before!.scenes);
		expect(restored).not.toContain('Nu står der det her');
		await expect(
			restoreVersion(app, worker, draft, { version: 9, id: newId() })
		).rejects.toMatchObject({ code: 'not-found' });
		await expect(
			restoreVersion(app, learner, draft, { version: 1, id: newId() })
		).rejects.toMatchObject({ code: 'forbidden' });
	});

	test('tells its authors what learners chose, from five people of two houses on', async () => {
		const house = await makeHouse();
		const { app, org } = house;
		await publish(house);
		const { hash } = app.library.scenario(storySlug)!;
		const move = firstMove(app);
		const play = async (workplace: string) => {
			const { person } = await org.hire('Lo', workplace);
			const own = { ...house, learner: { ...house.learner, person } };
			const { attempt } = await begin(own);
			await recordPlay(app, person, storySlug, { attempt, position: 0, move });
		};
		for (let count = 0; count < 5; count += 1) await play(org.north);
		await publishChoices(app);
		expect(await readReleasesOf(app.db.read, hash)).toEqual([]);
		await play(org.south);
		await publishChoices(app);
		expect(await readReleasesOf(app.db.read, hash)).toMatchObject([{ choice: move, people: 5 }]);
		for (let count = 0; count < 3; count += 1) await play(org.south);
		await publishChoices(app);
		expect(await readReleasesOf(app.db.read, hash)).toMatchObject([{ people: 5 }]);
	});
});
