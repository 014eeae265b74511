import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test, type Page } from '@playwright/test';
import { findNode, root } from '../../src/commands/install.mjs';
import { Complaints } from './complaints.ts';
import { choiceIn, repairing, shelter } from './content.ts';
import { expectAccessible } from './fixtures.ts';
import { tabAndEnter } from './keyboard.ts';
import { languages, nameOf, sayIn, type Language } from './words.ts';

const run = promisify(execFile);
let folder: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'exported-'));
	await exportTo('story.html', '--to', 'html');
	for (const language of languages) {
		await exportTo(`script-${language}.html`, '--to', 'script', '--language', language);
	}
});

test.afterAll(() => rm(folder, { recursive: true }));

async function exportTo(file: string, ...options: string[]): Promise<void> {
	const parameters = ['src/commands/scenario-export.ts', 'reception-full-house', ...options];
	await run(findNode(), [...parameters, '--out', join(folder, file)], { cwd: root });
}

/** Opens a file as from a memory stick, with the network cut; nothing may be asked for or complained of. */
async function open(page: Page, file: string): Promise<Complaints> {
	const complaints = new Complaints('null');
	complaints.listen(page.context());
	await page.context().setOffline(true);
	await page.goto(pathToFileURL(join(folder, file)).href);
	return complaints;
}

async function chooseLanguage(page: Page, language: Language): Promise<void> {
	await page.getByRole('button', { name: { da: 'Dansk', en: 'English' }[language] }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', language);
}

for (const language of languages) {
	test(`an exported story plays from its file to an ending, by keyboard alone, in ${nameOf[language]}`, async ({
		page
	}) => {
		const say = sayIn(language);
		const complaints = await open(page, 'story.html');
		await chooseLanguage(page, language);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(shelter.title[language]);
		await expectAccessible(page);

		await tabAndEnter(page.getByRole('button', { name: say('scenario_start'), exact: true }));
		for (const step of repairing) {
			const { text } = choiceIn(step);
			await tabAndEnter(page.locator('button[name="move"]', { hasText: text[language] }));
		}
		const lookBack = page.getByRole('heading', { name: say('scenario_look_back') });
		await expect(lookBack).toBeVisible();
		await expect(page.getByText(say('scenario_practised'))).toBeVisible();
		await expectAccessible(page);
		expect(complaints.unexpected).toEqual([]);
	});
}

test('an exported story goes on where it stands when its language is changed', async ({ page }) => {
	const complaints = await open(page, 'story.html');
	await page.getByRole('button', { name: sayIn('da')('scenario_start'), exact: true }).click();
	const first = choiceIn(repairing[0]);
	await page.locator('button[name="move"]', { hasText: first.text.da }).click();
	await chooseLanguage(page, 'en');
	await expect(page.getByText(first.text.en)).toBeVisible();
	await expect(
		page.locator('button[name="move"]', { hasText: choiceIn(repairing[1]).text.en })
	).toBeVisible();
	expect(complaints.unexpected).toEqual([]);
});

test('another way can be tried from the debrief, and help stands on the page itself', async ({
	page
}) => {
	const say = sayIn('en');
	const complaints = await open(page, 'story.html');
	await chooseLanguage(page, 'en');
	await page.getByRole('button', { name: say('scenario_start'), exact: true }).click();
	for (const step of repairing) {
		await page.locator('button[name="move"]', { hasText: choiceIn(step).text.en }).click();
	}
	// Nothing is kept, so nothing is asked for that would have to be.
	await expect(page.locator('textarea')).toHaveCount(0);
	await page.getByRole('link', { name: say('scenario_contacts_link') }).click();
	await expect(page).toHaveURL(/story\.html#contacts$/);
	await page.locator('#decision-1 summary').click();
	await page.locator('#decision-1').getByRole('button').click();
	await expect(page.getByText(say('scenario_trial_text'))).toBeVisible();
	await page
		.getByRole('button', { name: say('scenario_trial_back') })
		.first()
		.click();
	await page.getByRole('button', { name: say('scenario_again') }).click();
	await expect(page.getByText(choiceIn(repairing[0]).text.en)).toBeVisible();
	await expect(page.getByRole('heading', { name: say('scenario_look_back') })).toBeHidden();
	expect(complaints.unexpected).toEqual([]);
});

test('an exported story keeps within 320 pixels and weighs less than 400 kB', async ({ page }) => {
	await page.setViewportSize({ width: 320, height: 640 });
	await open(page, 'story.html');
	await page.getByRole('button', { name: sayIn('da')('scenario_start'), exact: true }).click();
	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(320);
	expect((await readFile(join(folder, 'story.html'))).length).toBeLessThan(400_000);
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('an exported story is its short text, in both languages', async ({ page }) => {
		await open(page, 'story.html');
		for (const language of languages) {
			await expect(page.getByText(shelter.title[language], { exact: true })).toBeVisible();
		}
		await expect(page.locator('article')).toHaveCount(2);
	});
});

for (const language of languages) {
	test(`a printed script can be read by everybody, in ${nameOf[language]}`, async ({ page }) => {
		const complaints = await open(page, `script-${language}.html`);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(shelter.title[language]);
		await expectAccessible(page);
		expect(complaints.unexpected).toEqual([]);
	});
}
