import { resolve } from 'node:path';
import { openLibrary } from '../support/library.ts';
import { expect, test } from './fixtures.ts';
import { languages, nameOf } from './words.ts';

const { framework, toolbox } = openLibrary(resolve('courses')).catalogue;

for (const language of languages) {
	test.describe(`looking things up in ${nameOf[language]}`, () => {
		test.use({ language });

		test('needs a sign-in, and shows every outcome with what it says', async ({ visitor, say }) => {
			const { page } = visitor;
			await visitor.open('/framework');
			await visitor.press(visitor.button(/staff@demo\.example/));
			await expect(visitor.heading(say('framework_title'))).toBeVisible();
			for (const { id, text } of framework.outcomes) {
				await expect.soft(page.locator(`#${id}`)).toContainText(text[language]);
			}
			for (const { id, reason } of framework.uncovered) {
				await expect.soft(page.locator(`#${id}`)).toContainText(reason[language]);
			}
		});

		test('leads from an outcome to its module and to a scenario that trains it', async ({
			visitor,
			say
		}) => {
			await visitor.signIn('staff');
			await visitor.open('/framework');
			const outcome = visitor.page.locator('#TI-S3');
			await visitor.press(outcome.locator('summary'));
			const story = outcome.getByRole('listitem').first().getByRole('link');
			const name = await story.innerText();
			await visitor.press(story);
			await expect(visitor.heading(name)).toBeVisible();
			await visitor.open('/framework');
			await visitor.press(visitor.link(say('framework_uncovered_title')));
			await expect(visitor.page).toHaveURL('/framework#uncovered');
			await expect(visitor.heading(say('framework_uncovered_title'), 2)).toBeInViewport();
		});

		test('finds a card for every tool, and words for every link on it', async ({ visitor }) => {
			await visitor.signIn('staff');
			await visitor.open('/toolbox');
			for (const { slug, name, links } of toolbox.tools) {
				const card = visitor.page.getByRole('article', { name: name[language], exact: true });
				await expect(card).toHaveAttribute('id', slug);
				const shown = card.getByRole('link');
				await expect(shown).toHaveText(links.map(({ title }) => title[language]));
				for (const [index, { url }] of links.entries()) {
					await expect(shown.nth(index)).toHaveAttribute('href', url);
				}
			}
		});
	});
}

test('all three are in the list of what to look up, and in the foot of the page', async ({
	visitor,
	say
}) => {
	await visitor.signIn('staff');
	for (const key of ['framework_title', 'toolbox_title', 'evidence_title'] as const) {
		await visitor.open('/learn');
		const region = visitor.page.getByRole('region', { name: say('learn_look_up') });
		await visitor.press(region.getByRole('link', { name: say(key) }));
		await expect(visitor.heading(say(key))).toBeVisible();
		await expect(
			visitor.page.getByRole('contentinfo').getByRole('link', { name: say(key) })
		).toBeVisible();
	}
});

test('a leader’s module leads to the card of the tool it names', async ({ visitor }) => {
	await visitor.signIn('leader');
	await visitor.open('/learn/leader/measuring-without-harm?step=tools-by-others');
	await visitor.press(visitor.link('TICOMETER'));
	await expect(visitor.page).toHaveURL('/toolbox#ticometer');
	await expect(visitor.page.locator('#ticometer')).toBeInViewport();
});
