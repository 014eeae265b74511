import { expect, expectAccessible, test } from './fixtures.ts';
import { tabAndEnter, tabTo } from './keyboard.ts';
import { languages, nameOf } from './words.ts';
import type { Visitor } from './visitor.ts';

test.use({ changesState: true });

const sentence = {
	da: /Alle ansatte i Herberget Lanternen tager Peerstøtte inden 45 dage\. Det skal ikke fornyes\./,
	en: /Everyone who works in Herberget Lanternen takes Peer support within 45 days\. It need not be renewed\./
};

const field = ({ page }: Visitor, name: string) => page.getByLabel(name, { exact: true });

/** Chooses in a list by the first letters of what is wanted, as one does without a mouse. */
async function chooseByKeys(visitor: Visitor, name: string, value: RegExp): Promise<void> {
	const control = field(visitor, name);
	await tabTo(control);
	const wanted = control.locator('option').filter({ hasText: value });
	const steps = await wanted.evaluate((option: HTMLOptionElement) => {
		const list = option.closest('select');
		return option.index - (list?.selectedIndex ?? 0);
	});
	for (let step = 0; step < Math.abs(steps); step += 1)
		await visitor.page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
	await expect(control).toHaveValue((await wanted.getAttribute('value')) ?? '');
}

async function fillByKeys(visitor: Visitor, name: string, text: string): Promise<void> {
	await tabTo(field(visitor, name));
	await visitor.page.keyboard.press('ControlOrMeta+a');
	await visitor.page.keyboard.type(text);
}

for (const language of languages) {
	test.describe(`in ${nameOf[language]}`, () => {
		test.use({ language });

		test('by keyboard alone, a rule is looked at before it is made, and ended again', async ({
			visitor,
			say
		}) => {
			test.slow();
			const { page } = visitor;
			await visitor.signIn('admin');
			await visitor.open('/admin/rules');
			await expectAccessible(page);
			await chooseByKeys(visitor, say('rules_workplace'), /Lanternen/);
			await chooseByKeys(visitor, say('rules_course'), /^(Peerstøtte|Peer support)$/);
			await fillByKeys(visitor, say('rules_due'), '45');
			await fillByKeys(visitor, say('rules_grace'), '0');
			await tabAndEnter(visitor.button(say('rules_preview_button')));
			const preview = page.getByRole('status').filter({ hasText: sentence[language] });
			await expect(preview).toBeVisible();
			await expect(preview).toContainText(/\d+/);
			await expectAccessible(page);
			await tabAndEnter(preview.getByRole('button'));
			await expect(page.getByText(say('rules_done_made'))).toBeVisible();
			const line = page.getByRole('listitem').filter({ hasText: sentence[language] });
			await expect(line).toHaveCount(1);
			await tabAndEnter(line.getByRole('link', { name: new RegExp(`^${say('rules_end')}`) }));
			await expect(page.getByText(say('rules_end_sure'))).toBeVisible();
			await tabAndEnter(visitor.button(say('rules_end_button')));
			await expect(page.getByText(say('rules_done_ended'))).toBeVisible();
			await expect(line).toHaveCount(0);
		});
	});
}

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('a rule is looked at before it is made, and what cannot be is said where it stands', async ({
		visitor,
		complaints,
		say
	}) => {
		complaints.expect(/status of 422/);
		const { page, language } = visitor;
		await visitor.signIn('admin');
		await visitor.open('/admin/rules');
		const places = field(visitor, say('rules_workplace'));
		const house = places.locator('option').filter({ hasText: 'Lanternen' });
		await places.selectOption((await house.getAttribute('value')) ?? '');
		await field(visitor, say('rules_course')).selectOption('peer');
		await field(visitor, say('rules_due')).fill('0');
		await field(visitor, say('rules_grace')).fill('0');
		await visitor.press(visitor.button(say('rules_preview_button')));
		await expect(
			page.getByText(say('settings_days_between', { least: 1, most: 730 }))
		).toBeVisible();
		await field(visitor, say('rules_due')).fill('45');
		await visitor.press(visitor.button(say('rules_preview_button')));
		await expect(page.getByText(sentence[language])).toBeVisible();
		await visitor.press(visitor.button(say('rules_make_button')).last());
		await expect(page.getByText(say('rules_done_made'))).toBeVisible();
		await expect(page.getByRole('listitem').filter({ hasText: sentence[language] })).toHaveCount(1);
	});
});
