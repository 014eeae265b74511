import { readFileSync } from 'node:fs';
import { unzip } from '../support/unzip.ts';
import { expect, expectAccessible, test } from './fixtures.ts';
import { tabAndEnter, tabTo } from './keyboard.ts';
import type { Visitor } from './visitor.ts';
import { sayIn } from './words.ts';

const say = sayIn('da');
const uuid = /\/author\/[0-9a-f-]{36}(?:#.*)?$/;

/** What somebody answers, question by question; what is not here is skipped. */
const answers = [
	[['author_guided_place', 'Du står ved disken i værestedet.']],
	[
		['author_guided_name', 'Tove'],
		['author_guided_about', '58 år. Tegner alt, hvad hun ser.']
	],
	[['author_guided_trigger', 'Tove får at vide, at der er lukket om lidt.']],
	[
		['author_guided_helps', '»Vi lukker om ti minutter. Skal jeg hjælpe dig med at pakke?«'],
		['author_guided_worse', '»Så er det ud.«']
	],
	[],
	[['author_guided_end', 'Tove går hjem med tegningen under armen.']]
] as const;

async function isAtQuestion(visitor: Visitor, step: number): Promise<void> {
	const words = say('author_guided_step', { step, of: 6 });
	await expect(visitor.page.getByText(words)).toBeVisible();
}

/** The address of the draft that was just begun. */
async function readDraft(visitor: Visitor): Promise<string> {
	await expect(visitor.page).toHaveURL(uuid);
	return new URL(visitor.page.url()).pathname;
}

async function download(visitor: Visitor, name: string): Promise<Buffer> {
	const waiting = visitor.page.waitForEvent('download');
	await visitor.press(visitor.page.getByText(name, { exact: true }));
	return readFileSync((await (await waiting).path()) ?? '');
}

test.describe('an author', () => {
	test.use({ changesState: true });

	test('begins a story in six questions by the keyboard alone', async ({ visitor, page }) => {
		test.slow();
		await visitor.signIn('key');
		await visitor.open('/');
		await tabAndEnter(visitor.link(say('shell_author')));
		await expect(visitor.heading(say('author_title'))).toBeVisible();
		await expectAccessible(page);
		await tabAndEnter(visitor.link(say('author_new_title')));
		await expect(visitor.heading(say('author_new_title'))).toBeVisible();
		await expectAccessible(page);
		await tabAndEnter(visitor.link(say('author_guided_begin')));
		for (const [index, given] of answers.entries()) {
			await isAtQuestion(visitor, index + 1);
			await visitor.awaken();
			for (const [label, words] of given) {
				await tabTo(page.getByLabel(say(label)));
				await page.keyboard.type(words);
			}
			await tabAndEnter(visitor.button(say('author_guided_next')));
		}
		await expect(visitor.heading(say('author_guided_look'))).toBeFocused();
		await expectAccessible(page);
		// One goes back to what was skipped, and what was answered is there still.
		await tabAndEnter(
			visitor.button(new RegExp(`^${say('author_guided_change')}.*${say('author_guided_happens')}`))
		);
		await isAtQuestion(visitor, 5);
		await tabTo(page.getByLabel(say('author_guided_after_helps')));
		await page.keyboard.type('Tove nikker og finder sine farver frem.');
		await tabAndEnter(visitor.button(say('author_guided_next')));
		await isAtQuestion(visitor, 6);
		await expect(page.getByLabel(say('author_guided_end'))).toHaveValue(
			'Tove går hjem med tegningen under armen.'
		);
		await tabAndEnter(visitor.button(say('author_guided_next')));
		await tabTo(page.getByLabel(say('author_story_title')));
		await page.keyboard.type('Ti minutter i lukketid');
		await page.keyboard.press('Enter');
		const draft = await readDraft(visitor);
		await visitor.open(`${draft}/files`);
		const yaml = (await download(visitor, say('author_files_yaml_button'))).toString('utf8');
		for (const words of [
			'Ti minutter i lukketid',
			'Tove nikker og finder sine farver frem.',
			'»Så er det ud.«'
		])
			expect(yaml).toContain(words);
	});

	test('shares a draft by link, which lets one person in', async ({ visitor, page, another }) => {
		test.slow();
		await visitor.signIn('key');
		await visitor.open('/author/new');
		await visitor.press(visitor.button(new RegExp(`^${'Lys under døren'}`)));
		const draft = await readDraft(visitor);
		await visitor.open(`${draft}/people`);
		await expectAccessible(page);
		const section = page.getByRole('region', { name: say('author_link_title') });
		await section.getByLabel(say('author_consent_agree')).check();
		await visitor.press(visitor.button(say('author_link_button')));
		await expect(page.getByText(say('author_link_once'))).toBeVisible();
		const address = (await page.getByText('/author/invitations/').textContent()) ?? '';

		const bo = await another();
		await bo.signIn('peer2');
		await bo.open(new URL(address.trim()).pathname);
		await expectAccessible(bo.page);
		await bo.press(bo.button(say('author_join_button')));
		await expect(bo.heading(say('author_own_title'), 2)).toBeVisible();
		await bo.page.getByLabel(say('author_voice_lived')).check();
		await bo.page.getByLabel(say('author_pen_name')).fill('Musvit');
		await bo.page.getByLabel(say('author_consent_agree')).check();
		await bo.press(bo.button(say('author_own_save')));
		await expect(bo.page.getByText(say('author_people_own_saved'))).toBeVisible();

		await visitor.open(`${draft}/people`);
		await expect(page.getByText(say('author_pen_name_is', { name: 'Musvit' }))).toBeVisible();
		const late = await another();
		await late.signIn('peer');
		const { request } = late.page;
		expect((await request.get(new URL(address.trim()).pathname)).status()).toBe(404);
		expect((await request.get(draft)).status()).toBe(404);
	});

	test('takes a draft out and brings it back as it was', async ({ visitor, page }) => {
		test.slow();
		await visitor.signIn('peer');
		await visitor.open('/author');
		const title = 'Posten, der ikke kom';
		await visitor.press(visitor.link(new RegExp(`^${say('author_files_title')}.*${title}`)));
		await expect(visitor.heading(say('author_files_title'))).toBeVisible();
		await expectAccessible(page);
		const yaml = await download(visitor, say('author_files_yaml_button'));
		await visitor.press(
			visitor.link(say('author_files_print_button', { language: say('author_language_da') }))
		);
		await expect(visitor.heading(title)).toBeVisible();
		await expectAccessible(page);

		await visitor.open('/author/new');
		await page
			.getByLabel(say('author_upload_file'), { exact: true })
			.setInputFiles({ name: 'posten.yaml', mimeType: 'application/yaml', buffer: yaml });
		await visitor.press(visitor.button(say('author_upload_button')));
		const draft = await readDraft(visitor);
		await visitor.open(`${draft}/files`);
		expect((await download(visitor, say('author_files_yaml_button'))).equals(yaml)).toBe(true);

		await visitor.open('/author/new');
		const noted = Buffer.concat([Buffer.from('# Spørg Bo om slutningen.\n'), yaml]);
		await page
			.getByLabel(say('author_upload_file'), { exact: true })
			.setInputFiles({ name: 'posten.yaml', mimeType: 'application/yaml', buffer: noted });
		await visitor.press(visitor.button(say('author_upload_button')));
		await expect(visitor.heading(say('author_upload_made'))).toBeVisible();
		await expect(page.getByText('Spørg Bo om slutningen.')).toBeVisible();
		await expectAccessible(page);

		await visitor.open('/author');
		const archive = await download(visitor, say('author_archive_button'));
		expect(Object.keys(unzip(archive)).filter((name) => name.endsWith('.yaml'))).toHaveLength(3);
	});

	test('finds the pause and who to talk to on every page', async ({ visitor, page }) => {
		await visitor.signIn('peer');
		for (const address of ['/author', '/author/new', '/author/new/guided', '/author/care']) {
			await visitor.open(address);
			await visitor.press(visitor.link(say('player_pause')));
			await expect(page.getByRole('dialog')).toBeVisible();
			await visitor.press(
				page.getByRole('dialog').getByRole('button', { name: say('player_pause_go_on') })
			);
			await expect(visitor.link(say('shell_help')).first()).toBeVisible();
		}
	});
});

test.describe('without JavaScript, an author', () => {
	test.use({ changesState: true, javaScriptEnabled: false });

	test('begins, shares, pauses and puts away', async ({ visitor, page, complaints }) => {
		test.slow();
		// Nothing is shared before its owner has agreed.
		complaints.expect(/status of 422/);
		await visitor.signIn('key');
		await visitor.open('/author/new/guided');
		await page.getByLabel(say('author_guided_place')).fill('En gang med tre døre.');
		await visitor.press(visitor.button(say('author_guided_next')));
		await isAtQuestion(visitor, 2);
		await visitor.press(visitor.button(say('author_guided_to_look')));
		await expect(page.getByText('En gang med tre døre.')).toBeVisible();
		await page.getByLabel(say('author_story_title')).fill('Tre døre');
		await visitor.press(visitor.button(say('author_guided_build')));
		const draft = await readDraft(visitor);
		await visitor.open(`${draft}/people`);
		await visitor.press(visitor.button(say('author_invite_button')));
		await expect(page.getByText(say('author_consent_first'))).toBeVisible();
		await page
			.getByRole('region', { name: say('author_invite_title') })
			.getByLabel(say('author_consent_agree'))
			.check();
		await visitor.press(visitor.button(say('author_invite_button')));
		await expect(page.getByText(say('author_people_invited'))).toBeVisible();
		await visitor.press(visitor.link(say('player_pause')));
		await expect(visitor.heading(say('player_pause_title'))).toBeVisible();
		await visitor.press(visitor.link(say('player_pause_go_on')));
		await visitor.press(visitor.button(say('author_discard_button')));
		await expect(page.getByText(say('author_done_discarded'))).toBeVisible();
		await visitor.press(visitor.button(new RegExp(`^${say('author_restore')}`)));
		await expect(page.getByText(say('author_done_restored'))).toBeVisible();
	});
});
