import { readFileSync } from 'node:fs';
import { expect, expectAccessible, test } from './fixtures.ts';
import type { Visitor } from './visitor.ts';

test.use({ changesState: true });

const story = readFileSync('courses/scenarios/wrong-office.yaml', 'utf8')
	.replace(/^id: .*$/mu, 'id: the-wrong-door')
	.replace(/^ {2}da: .*$/mu, '  da: Den forkerte dør')
	.replace(/^ {2}en: .*$/mu, '  en: The wrong door');

/** Somebody tells what they draw on, and agrees to what they write being published. */
async function agree(author: Visitor, draft: string): Promise<void> {
	const { page, say } = author;
	await author.open(`${draft}/people`);
	await page.getByLabel(say('author_voice_lived')).check();
	await page.getByLabel(say('author_pen_name')).fill('Musvit');
	const own = page.getByRole('region', { name: say('author_own_title') });
	await own.getByLabel(say('author_consent_agree')).check();
	await author.press(author.button(say('author_own_save')));
	await expect(page.getByText(say('author_people_own_saved'))).toBeVisible();
}

async function offer(editor: Visitor, name: RegExp, key: string): Promise<void> {
	const { page, say } = editor;
	await editor.open('/author/keys');
	const who = page.locator('select[name="person"]');
	const value = await who.locator('option', { hasText: name }).getAttribute('value');
	await who.selectOption(value);
	await page.locator('select[name="key"]').selectOption(key);
	await editor.press(editor.button(say('author_keys_offer')));
	await expect(page.getByText(say('author_keys_done_offered'))).toBeVisible();
}

async function accept(reviewer: Visitor): Promise<void> {
	const { page, say } = reviewer;
	await reviewer.open('/author/keys');
	await expect(page.getByText(say('author_keys_offered_you'))).toBeVisible();
	await reviewer.press(
		page.getByRole('button', { name: new RegExp(`^${say('author_keys_accept')}`) })
	);
	await expect(page.getByText(say('author_keys_held'))).toBeVisible();
}

async function sendToReview(author: Visitor, draft: string, button: string): Promise<void> {
	await author.open(`${draft}/review`);
	await author.press(author.button(button));
	await expect(author.page.getByText(author.say('author_review_done_sent'))).toBeVisible();
}

async function approveAll(reviewer: Visitor, draft: string, key: string): Promise<void> {
	const { page, say } = reviewer;
	await reviewer.open(`${draft}/review`);
	await reviewer.press(reviewer.button(say('author_review_approve_all', { key })));
	await expect(page.getByText(say('author_review_done_approved'))).toBeVisible();
}

test('a story is sent, commented, mended, opened by both keys, played, and withdrawn', async ({
	visitor: author,
	another,
	complaints,
	say
}) => {
	test.setTimeout(240_000);
	// A form that is answered with what is missing, and a move of a story that is no more.
	complaints.expect(/status of (?:422|410)/);
	await author.signIn('peer');
	await author.open('/author/new');
	await author.page.locator('#file').setInputFiles({
		name: 'the-wrong-door.yaml',
		mimeType: 'text/yaml',
		buffer: Buffer.from(story)
	});
	await author.press(author.button(say('author_upload_button')));
	await expect(author.page).toHaveURL(/\/author\/[0-9a-f-]{36}/u);
	const draft = new URL(author.page.url()).pathname;

	// Not before its author has agreed.
	await author.open(`${draft}/review`);
	await author.press(author.button(say('author_review_send')));
	await expect(author.page.getByText(say('author_review_fault_consent'))).toBeVisible();
	await agree(author, draft);

	const editor = await another();
	await editor.signIn('editor');
	await offer(editor, /^Anders Kjær/u, 'subject');
	await offer(editor, /^Bo Lykke/u, 'lived-experience');
	await expectAccessible(editor.page);
	const expert = await another();
	await expert.signIn('key');
	await accept(expert);
	await expectAccessible(expert.page);
	const peer = await another();
	await peer.signIn('peer2');
	await accept(peer);

	await sendToReview(author, draft, say('author_review_send'));
	await expectAccessible(author.page);

	// The expert asks for something that must be mended, and the author sees it without asking.
	await expert.open(`${draft}/review`);
	const comments = expert.page.locator('#comments');
	await comments
		.getByLabel(say('author_comment_new'))
		.fill('@Nadia, resuméet må gerne være kortere.');
	await comments.getByLabel(say('author_comment_ask_must')).check();
	await expert.press(comments.getByRole('button', { name: say('author_comment_send') }).last());
	await expect(author.page.getByText('@Nadia, resuméet må gerne være kortere.')).toBeVisible();
	await expert.press(expert.button(say('author_review_ask')));
	await expect(expert.page.getByText(say('author_review_done_asked'))).toBeVisible();
	await expectAccessible(expert.page);

	// It is mended in the draft.
	await author.open(draft);
	const outline = author.page.getByRole('navigation', { name: say('author_edit_outline') });
	await author.press(
		outline.getByRole('button', { name: new RegExp(`^${say('author_edit_about')}`) })
	);
	const summary = author.page.locator(
		'[data-place="scenario/summary"] textarea, [data-place="scenario/summary"] input'
	);
	const saved = author.page.waitForResponse(
		(response) => response.url().endsWith('/updates') && response.request().method() === 'POST'
	);
	await summary.first().fill('Tove er kommet til den forkerte dør.');
	expect((await saved).status()).toBe(200);
	await sendToReview(author, draft, say('author_review_send'));

	// The expert resolves it, and approves; what has changed is told.
	await expert.open(`${draft}/review`);
	await expect(expert.page.getByText(/^Resuméet er skrevet om/u)).toBeVisible();
	await expert.press(comments.getByRole('button', { name: say('author_comment_resolve') }));
	await expect(comments.getByText(say('author_comments_none'))).toBeVisible();
	await approveAll(expert, draft, say('author_key_subject'));
	await editor.open(`${draft}/review`);
	await expect(editor.button(say('author_review_publish'))).toHaveCount(0);

	// The other key walks through it first.
	await peer.open(`${draft}/review`);
	await peer.press(peer.page.getByRole('link', { name: /^Gå historien igennem/u }));
	await expect(peer.heading(say('author_tour_title'))).toBeVisible();
	await peer.awaken();
	await expectAccessible(peer.page);
	const steps = peer.button(say('author_tour_take'));
	const over = peer.page.getByText(say('author_tour_over'));
	for (;;) {
		await expect(steps.or(over)).toBeVisible();
		if (await over.isVisible()) break;
		// The last step takes the button along.
		await steps.click();
		await peer.page.evaluate(() => new Promise(requestAnimationFrame));
	}
	await approveAll(peer, draft, say('author_key_lived'));

	await editor.open(`${draft}/review`);
	await editor.press(editor.button(say('author_review_publish')));
	await expect(editor.page.getByText(say('author_review_done_published'))).toBeVisible();
	await editor.open(`${draft}/versions`);
	await expect(
		editor.page.getByText(say('author_version_number', { number: 1 })).first()
	).toBeVisible();
	await expectAccessible(editor.page);

	// A learner plays it at once.
	const learner = await another();
	await learner.signIn('staff');
	await learner.open('/learn');
	await learner.press(learner.link('Den forkerte dør'));
	await expect(learner.page).toHaveURL(/\/scenarios\/the-wrong-door/u);
	await learner.press(learner.page.locator('form[action="?/begin"] button'));
	await learner.awaken();
	await expect(learner.page.locator('#exercise')).toBeVisible();

	// Its author takes it back, and the learner hears it kindly.
	await author.open('/me/texts');
	await author.press(
		author.page.getByRole('link', { name: new RegExp(`^${say('own_texts_withdraw')}`) })
	);
	await expectAccessible(author.page);
	await author.press(author.button(say('own_texts_withdraw_now')));
	await expect(author.page.getByText(say('own_texts_done'))).toBeVisible();
	await learner.press(learner.page.locator('#exercise button[name="move"]').first());
	await expect(learner.heading(say('scenario_withdrawn_title'))).toBeVisible();
	await expectAccessible(learner.page);
});
