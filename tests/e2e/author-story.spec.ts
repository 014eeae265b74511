import { expect, expectAccessible, test } from './fixtures.ts';
import { byKeyboard, byMouse, forbidPointers, type Hands } from './hands.ts';
import type { Account, Visitor } from './visitor.ts';
import { sayIn } from './words.ts';

const say = sayIn('da');
const title = 'Ti minutter i lukketid';

test.use({ changesState: true });

/** Somebody at a browser of their own, with the hands they have. */
interface Somebody extends Hands {
	visitor: Visitor;
}

interface Cast {
	/** Lets somebody come to a browser of their own. */
	seat(account: Account): Promise<Somebody>;
	/** Holds a page against the rules of accessibility; once for both ways is enough. */
	look(who: Somebody): Promise<void>;
}

/** What is answered in the guided start, question by question. */
const answers = [
	[['author_guided_place', 'Du står ved disken i værestedet.']],
	[
		['author_guided_name', 'Tove'],
		['author_guided_about', '58 år. Tegner alt, hvad hun ser.']
	],
	[['author_guided_trigger', 'Tove får at vide, at der er lukket om lidt.']],
	[
		['author_guided_helps', '»Vi lukker om ti minutter. Skal jeg hjælpe dig?«'],
		['author_guided_worse', '»Så er det ud.«']
	],
	[
		['author_guided_after_helps', 'Tove nikker.'],
		['author_guided_after_worse', 'Tove bliver stående.']
	],
	[
		['author_guided_end', 'Tove går hjem.'],
		['author_guided_takeaway', 'Sig det i god tid.']
	]
] as const;

/** Begins a draft in six questions, and gives its address. */
async function beginGuided(who: Somebody): Promise<string> {
	const { visitor } = who;
	const { page } = visitor;
	await visitor.open('/author/new');
	await who.press(visitor.link(say('author_guided_begin')));
	for (const [index, given] of answers.entries()) {
		const step = say('author_guided_step', { step: index + 1, of: answers.length });
		await expect(page.getByText(step)).toBeVisible();
		await visitor.awaken();
		for (const [label, words] of given) await who.write(page.getByLabel(say(label)), words);
		await who.press(visitor.button(say('author_guided_next')));
	}
	await expect(visitor.heading(say('author_guided_look'))).toBeFocused();
	await who.write(page.getByLabel(say('author_story_title')), title);
	await who.press(visitor.button(say('author_guided_build')));
	await expect(page).toHaveURL(/\/author\/[0-9a-f-]{36}/u);
	return new URL(page.url()).pathname;
}

/** Tells what one writes from and under which name, and agrees to what one writes being published. */
async function agree(who: Somebody, draft: string, voice: 'lived' | 'professional') {
	const { page } = who.visitor;
	await who.visitor.open(`${draft}/people`);
	const own = page.getByRole('region', { name: say('author_own_title') });
	await who.tick(own.getByLabel(say(`author_voice_${voice}`)));
	if (voice === 'lived') await who.write(own.getByLabel(say('author_pen_name')), 'Musvit');
	await who.tick(own.getByLabel(say('author_consent_agree')));
	await who.press(who.visitor.button(say('author_own_save')));
	await expect(page.getByText(say('author_people_own_saved'))).toBeVisible();
}

async function letIn(owner: Somebody, other: Somebody): Promise<void> {
	await owner.press(owner.visitor.button(say('author_link_button')));
	const address = await owner.visitor.page.getByText('/author/invitations/').textContent();
	await other.visitor.open(new URL((address ?? '').trim()).pathname);
	await other.press(other.visitor.button(say('author_join_button')));
	await expect(other.visitor.heading(say('author_own_title'), 2)).toBeVisible();
}

async function offerKey(editor: Somebody, name: string, key: 'subject' | 'lived'): Promise<void> {
	const { page } = editor.visitor;
	await editor.visitor.open('/author/keys');
	await editor.pick(page.locator('select[name="person"]'), name);
	await editor.pick(page.locator('select[name="key"]'), say(`author_key_${key}`));
	await editor.press(editor.visitor.button(say('author_keys_offer')));
	await expect(page.getByText(say('author_keys_done_offered'))).toBeVisible();
}

async function acceptKey(who: Somebody): Promise<void> {
	const { page } = who.visitor;
	await who.visitor.open('/author/keys');
	const offered = page.getByRole('button', { name: new RegExp(`^${say('author_keys_accept')}`) });
	await who.press(offered);
	await expect(page.getByText(say('author_keys_held'))).toBeVisible();
}

const outlineOf = ({ visitor: { page } }: Somebody) =>
	page.getByRole('navigation', { name: say('author_edit_outline') });

/** Opens a form of the editor through its outline. */
async function goTo(who: Somebody, name: string): Promise<void> {
	const entry = outlineOf(who).getByRole('button', { name: new RegExp(`^${name}`, 'u') });
	await who.press(entry.first());
	await expect(who.visitor.heading(new RegExp(`${name}$`, 'u'), 2)).toBeFocused();
}

async function addScene(who: Somebody, name: string, kind?: 'ending'): Promise<void> {
	const { page } = who.visitor;
	await who.press(who.visitor.button(say('author_edit_add_scene')));
	await who.write(page.getByLabel(say('author_edit_new_scene_name')), name);
	await page.keyboard.press('Enter');
	await expect(who.visitor.heading(new RegExp(`${name}$`, 'u'), 2)).toBeFocused();
	if (kind) await who.tick(page.getByLabel(say('author_edit_kind_ending')));
}

/** Adds a choice to the scene that is open. */
async function addChoice(who: Somebody, number: number, to: string, kind: 'good' | 'okay') {
	const { page } = who.visitor;
	await who.press(who.visitor.button(say('author_edit_add_choice')));
	const choice = page.getByRole('region', { name: say('author_edit_choice_number', { number }) });
	await expect(choice).toBeVisible();
	await who.pick(choice.getByLabel(say('author_edit_to')), to);
	await expect(choice.getByRole('button', { name: new RegExp(`: ${to}`, 'u') })).toBeVisible();
	await who.tick(choice.getByLabel(say(`author_edit_${kind}`)));
}

const fieldsOf = ({ visitor: { page } }: Somebody) =>
	page.locator('[data-view="write"] :is(textarea, input[type="text"])[data-place]');

/** Writes whatever stands empty in the form that is open. */
async function fill(who: Somebody, mark: string): Promise<void> {
	const empty = await fieldsOf(who).evaluateAll((fields) =>
		(fields as HTMLTextAreaElement[])
			.filter((one) => one.value === '' && one.checkVisibility())
			.map((one) => one.dataset['place'] ?? '')
			.filter((place) => /\/(?:da|en)$/u.test(place))
	);
	for (const [index, place] of empty.entries()) {
		const words = place.endsWith('/da') ? `Trin ${mark}${index}.` : `Step ${mark}${index}.`;
		await who.write(who.visitor.page.locator(`[data-place="${place}"]`), words);
	}
}

/** Goes from one problem to the next, as the list leads, until nothing is left to mend. */
async function mendRest(who: Somebody): Promise<void> {
	const { page } = who.visitor;
	const errors = page.locator('.problems li.error');
	const lead = { name: new RegExp(`^${say('author_edit_go_to_place')}`, 'u') };
	for (let rounds = 0; rounds < 20 && (await errors.count()) > 0; rounds += 1) {
		let before = '';
		// One thing that is mended may mend another, a moment later.
		await expect(async () => {
			before = (await errors.count()) > 0 ? await errors.first().innerText({ timeout: 1000 }) : '';
			if (before !== '') await who.press(errors.first().getByRole('button', lead));
		}).toPass();
		if (before === '') break;
		// Not the heading, on the way there.
		const field = page.locator(
			'[data-view="write"] :is(textarea, input, select)[data-place]:focus'
		);
		await expect(field).toHaveCount(1);
		const place = (await field.getAttribute('data-place')) ?? '';
		const control = page.locator(`[data-view="write"] [data-place="${place}"]`);
		if (await control.evaluate((element) => element instanceof HTMLSelectElement)) {
			const options = await control.locator('option:not([value=""])').allTextContents();
			await who.pick(control, options[0]?.trim() ?? '');
		} else if (/\/(?:da|en)$/u.test(place)) {
			await who.write(control, place.endsWith('/da') ? 'Kom.' : 'Come.');
		} else throw new Error(`${before} at ${place}`);
		await expect(errors.filter({ hasText: before })).toHaveCount(0);
	}
	await expect(errors).toHaveCount(0);
}

/** Undoes, or does again, until both have this summary: who paused while typing has taken more than one step. */
async function step(who: Somebody, way: 'undo' | 'redo', other: Somebody, wanted: string) {
	for (let steps = 0; steps < 15; steps += 1) {
		if ((await summaryOf(who).inputValue()) === wanted) break;
		await who.press(who.visitor.button(say(`author_edit_${way}`)));
		await who.visitor.page.evaluate(() => new Promise(requestAnimationFrame));
	}
	await expect(summaryOf(who)).toHaveValue(wanted);
	await expect(summaryOf(other)).toHaveValue(wanted);
}

const saved = ({ visitor: { page } }: Somebody) =>
	expect(page.getByText(say('author_edit_saved'), { exact: true })).toBeVisible();

async function send(who: Somebody, draft: string): Promise<void> {
	await who.visitor.open(`${draft}/review`);
	await who.press(who.visitor.button(say('author_review_send')));
	await expect(who.visitor.page.getByText(say('author_review_done_sent'))).toBeVisible();
}

async function approve(who: Somebody, draft: string, key: 'subject' | 'lived'): Promise<void> {
	await who.visitor.open(`${draft}/review`);
	const all = say('author_review_approve_all', { key: say(`author_key_${key}`) });
	await who.press(who.visitor.button(all));
	await expect(who.visitor.page.getByText(say('author_review_done_approved'))).toBeVisible();
}

const isTour = new RegExp(`^${say('author_tour_title')}`, 'u');

async function openTour(who: Somebody, draft: string): Promise<void> {
	await who.visitor.open(`${draft}/review`);
	await who.press(who.visitor.link(isTour).first());
	await expect(who.visitor.heading(say('author_tour_title'))).toBeVisible();
	await who.visitor.awaken();
}

/** Takes the first walk of a tour to its end. */
async function walk(who: Somebody): Promise<void> {
	const { visitor } = who;
	const step = visitor.button(say('author_tour_take'));
	const over = visitor.page.getByText(say('author_tour_over'));
	for (;;) {
		await expect(step.or(over)).toBeVisible();
		if (await over.isVisible()) return;
		await who.press(step);
		await visitor.page.evaluate(() => new Promise(requestAnimationFrame));
	}
}

/** Two write it together, a third reads it, both keys turn, and somebody learns from it. */
async function tellStory({ seat, look }: Cast): Promise<void> {
	const [peer, worker, reviewer] = [await seat('peer'), await seat('key'), await seat('editor')];
	const draft = await beginGuided(peer);
	await agree(peer, draft, 'lived');
	await letIn(peer, worker);
	await agree(worker, draft, 'professional');
	await peer.visitor.open(draft);
	await worker.visitor.open(draft);

	// At the same time in one text, one at its end and one at its beginning.
	await peer.append(summaryOf(peer), 'Tove venter.');
	await expect(summaryOf(worker)).toHaveValue('Tove venter.');
	await Promise.all([
		peer.append(summaryOf(peer), ' Hun tegner.'),
		worker.prepend(summaryOf(worker), 'Aften. ')
	]);
	for (const who of [peer, worker])
		await expect(summaryOf(who)).toHaveValue('Aften. Tove venter. Hun tegner.');

	// Three more scenes; each sees where the other is, and what the other makes.
	await addScene(peer, 'Telefonen', 'ending');
	await addScene(worker, 'Udenfor');
	await expect(outlineOf(peer).getByText(/her: Anders/u)).toBeVisible();
	await addScene(peer, 'Baenken', 'ending');
	await addChoice(worker, 1, 'Telefonen', 'good');
	await addChoice(worker, 2, 'Baenken', 'okay');
	await goTo(peer, 'Begyndelsen');
	await addChoice(peer, 3, 'Udenfor', 'okay');
	const scenes = ['Begyndelsen', 'Videre', 'Slutningen', 'Telefonen'];
	const others = ['Udenfor', 'Baenken', 'Det gik galt', 'Rettet op'];

	// One loses the line in the midst of it, and both write on: in scenes of their own, and in one text.
	await worker.visitor.page.context().setOffline(true);
	await Promise.all([
		(async () => {
			for (const [index, scene] of scenes.entries()) {
				await goTo(peer, scene);
				await fill(peer, `${index}`);
			}
			await goTo(peer, say('author_edit_about'));
			await peer.prepend(summaryOf(peer), 'I maj. ');
		})(),
		(async () => {
			for (const [index, scene] of others.entries()) {
				await goTo(worker, scene);
				await fill(worker, `${index + 5}`);
			}
			await goTo(worker, say('author_edit_about'));
			await worker.append(summaryOf(worker), ' Det er sent.');
			await expect(worker.visitor.page.getByText(say('author_edit_kept'))).toBeVisible();
		})()
	]);
	await worker.visitor.page.context().setOffline(false);
	const whole = 'I maj. Aften. Tove venter. Hun tegner. Det er sent.';
	for (const who of [peer, worker]) {
		await expect(summaryOf(who)).toHaveValue(whole);
		await saved(who);
	}

	// After a reload all of it is there, and what one wrote oneself can still be undone.
	await worker.visitor.open(draft);
	await goTo(worker, say('author_edit_about'));
	await expect(summaryOf(worker)).toHaveValue(whole);
	await step(worker, 'undo', peer, 'I maj. Aften. Tove venter. Hun tegner.');
	await step(worker, 'redo', peer, whole);
	await fill(worker, '9');
	await saved(worker);

	// What is left is told in a list that leads there; then it is played to an end.
	await mendRest(peer);
	await look(peer);
	await peer.press(peer.visitor.button(say('author_edit_preview')));
	await peer.press(peer.visitor.button(say('author_edit_try_start')));
	await peer.press(peer.visitor.page.locator('.preview button[name="move"]').first());
	await expect(peer.visitor.page.locator('.preview button[name="move"]').first()).toBeVisible();
	await saved(peer);

	await offerKey(reviewer, 'Hanne Brandt', 'subject');
	await offerKey(reviewer, 'Bo Lykke', 'lived');
	await look(reviewer);
	await acceptKey(reviewer);
	await send(worker, draft);
	await look(worker);

	// The reviewer asks for something in the running story; who writes sees it at its scene at once.
	await openTour(reviewer, draft);
	await look(reviewer);
	const aside = reviewer.visitor.page.getByRole('complementary', {
		name: say('author_tour_comments')
	});
	await reviewer.write(aside.getByLabel(say('author_comment_new')), '@Nadia, hvad hører man?');
	await reviewer.tick(aside.getByLabel(say('author_comment_ask_must')));
	await reviewer.press(aside.getByRole('button', { name: say('author_comment_send') }).last());
	const asked = new RegExp(`^Begyndelsen.*${say('author_edit_comment_one')}, `, 'u');
	await expect(outlineOf(peer).getByRole('button', { name: asked })).toBeVisible();
	await reviewer.visitor.open(`${draft}/review`);
	await reviewer.press(reviewer.visitor.button(say('author_review_ask')));
	await expect(reviewer.visitor.page.getByText(say('author_review_done_asked'))).toBeVisible();

	// It is mended, and sent again.
	await goTo(peer, 'Begyndelsen');
	const heard = peer.visitor.page.locator('[data-view="write"] textarea[data-place$="/text/da"]');
	const arrives = peer.visitor.page.waitForResponse((one) => one.url().endsWith('/updates'));
	await peer.append(heard.first(), ' Radioen spiller.');
	expect((await arrives).status()).toBe(200);
	await saved(peer);
	await send(worker, draft);
	await reviewer.visitor.open(`${draft}/review`);
	const comments = reviewer.visitor.page.locator('#comments');
	await reviewer.press(comments.getByRole('button', { name: say('author_comment_resolve') }));
	await expect(comments.getByText(say('author_comments_none'))).toBeVisible();
	await approve(reviewer, draft, 'subject');
	await expect(reviewer.visitor.button(say('author_review_publish'))).toHaveCount(0);

	// The other key walks through it first.
	const lived = await seat('peer2');
	await acceptKey(lived);
	await openTour(lived, draft);
	await walk(lived);
	await approve(lived, draft, 'lived');
	await reviewer.visitor.open(`${draft}/review`);
	await reviewer.press(reviewer.visitor.button(say('author_review_publish')));
	await expect(reviewer.visitor.page.getByText(say('author_review_done_published'))).toBeVisible();
	await reviewer.visitor.open(`${draft}/versions`);
	const first = say('author_version_number', { number: 1 });
	await expect(reviewer.visitor.page.getByText(first).first()).toBeVisible();
	await look(reviewer);

	// A learner plays it at once, until its author takes it back, and hears that kindly.
	const learner = await seat('staff');
	await learner.visitor.open('/learn');
	await learner.press(learner.visitor.link(title));
	await learner.press(learner.visitor.page.locator('form[action="?/begin"] button'));
	const moves = learner.visitor.page.locator('#exercise button[name="move"]');
	await learner.press(moves.first());
	await expect(learner.visitor.consequence(0)).toBeVisible();
	await peer.visitor.open('/me/texts');
	const withdraw = new RegExp(`^${say('own_texts_withdraw')}`, 'u');
	await peer.press(peer.visitor.link(withdraw));
	await look(peer);
	await peer.press(peer.visitor.button(say('own_texts_withdraw_now')));
	await expect(peer.visitor.page.getByText(say('own_texts_done'))).toBeVisible();
	await learner.press(moves.first());
	await expect(learner.visitor.heading(say('scenario_withdrawn_title'))).toBeVisible();
	await look(learner);
}

const summaryOf = ({ visitor: { page } }: Somebody) =>
	page.locator('[data-place="scenario/summary/da"]');

const ways = [
	{ how: 'by mouse', hands: byMouse },
	{ how: 'by keyboard alone', hands: byKeyboard }
];

for (const { how, hands } of ways) {
	test(`two write a story together, one of them without a line for a while, and it is read, opened by both keys, played and taken back, ${how}`, async ({
		another,
		complaints
	}) => {
		test.setTimeout(600_000);
		// Of the line that is gone for a while, and of a move in a story that is no more.
		complaints.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|status of 410/u);
		await tellStory({
			async seat(account) {
				const visitor = await another();
				if (hands === byKeyboard) await forbidPointers(visitor.page);
				await visitor.signIn(account);
				return { visitor, ...hands };
			},
			look: ({ visitor }) =>
				hands === byMouse ? expectAccessible(visitor.page) : Promise.resolve()
		});
	});
}
