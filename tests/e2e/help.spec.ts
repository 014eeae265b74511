import { expect, test } from './fixtures.ts';
import { languages, nameOf } from './words.ts';

for (const language of languages) {
	test.describe(`help in ${nameOf[language]}`, () => {
		test.use({ language });

		test('needs no sign-in and begins with what to do in danger', async ({ visitor, say }) => {
			const { page } = visitor;
			await visitor.open('/learn/basic/what-is-trauma');
			await visitor.press(visitor.link(say('shell_help')).first());
			await expect(visitor.heading(say('help_title'))).toBeVisible();
			const headings = await page
				.getByRole('main')
				.getByRole('heading', { level: 2 })
				.allTextContents();
			expect(headings.slice(0, 3)).toEqual([
				say('help_danger_title'),
				say('help_local_title'),
				say('help_national_title')
			]);
			const call = page.getByRole('link', { name: say('help_call', { number: '112' }) });
			await expect(call.first()).toHaveAttribute('href', 'tel:112');
		});

		test('says of every contact how old it is', async ({ visitor, say }) => {
			await visitor.open('/help');
			const dated = say('help_source_dated', { date: '.+' });
			const said = new RegExp(`${dated}|${say('help_source_undated')}`);
			const contacts = visitor.page
				.getByRole('region', { name: say('help_national_title') })
				.getByRole('listitem')
				.filter({ has: visitor.page.getByRole('heading', { level: 3 }) });
			expect(await contacts.count()).toBeGreaterThan(5);
			for (const contact of await contacts.all()) await expect(contact).toContainText(said);
		});
	});
}

test('Livslinien never stands alone', async ({ visitor, say }) => {
	await visitor.open('/help');
	const contact = visitor.page
		.getByRole('listitem')
		.filter({ has: visitor.page.getByRole('heading', { level: 3, name: 'Livslinien' }) });
	await expect(contact).toContainText(say('help_together'));
	await expect(contact.getByRole('listitem')).not.toHaveCount(0);
});
