import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../src/commands/install.mjs';
import { expect, expectAccessible, test } from './fixtures.ts';
import { languages, nameOf, type Language } from './words.ts';

const file = join(root, 'courses/basic/07-refresher/module.yaml');
// The checks of courses see to it that the file has its shape.
const { title } = parse(readFileSync(file, 'utf8')) as { title: Record<Language, string> };

for (const language of languages) {
	test.describe(`in ${nameOf[language]}`, () => {
		test.use({ language });

		test('who has completed a track finds its refresher there, which has no number', async ({
			visitor,
			say
		}) => {
			const { page } = visitor;
			await visitor.signIn('key');
			await visitor.open('/learn/basic');
			await expectAccessible(page);
			await visitor.press(visitor.link(title[language]));
			await expect(visitor.heading(title[language])).toBeVisible();
			await expect(page.getByText(`, ${say('player_refresher')}`)).toBeVisible();
			await expect(page).toHaveTitle(new RegExp(`^${say('player_refresher_tab')} `));
		});
	});
}

test('who has not yet completed it does not', async ({ visitor, say }) => {
	await visitor.signIn('staff');
	await visitor.open('/learn/basic');
	await expect(visitor.heading(say('player_refresher'), 2)).toHaveCount(0);
});
