import { expect, test } from './fixtures.ts';

test('a leader filters, sorts and searches by keyboard alone', async ({ visitor }) => {
	const { page, say } = visitor;
	await visitor.signIn('leader');
	await visitor.open('/team');
	await page.getByRole('link', { name: say('team_not_started') }).focus();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\?state=not-started#people$/);
	const rows = page.getByRole('table', { name: say('team_by_person') }).locator('tbody tr');
	await expect(rows.first()).toContainText(say('team_not_started'));
	const before = await rows.count();

	await page
		.getByRole('navigation', { name: say('team_sort') })
		.getByRole('link', { name: say('team_workplace') })
		.focus();
	await page.keyboard.press('Enter');
	await expect(
		page.getByRole('columnheader', { name: say('team_workplace') }).last()
	).toHaveAttribute('aria-sort', 'ascending');
	await expect(rows).toHaveCount(before);

	// From everybody again: a search stays within what is filtered.
	await visitor.open('/team');
	await page.getByLabel(say('team_search')).focus();
	await page.keyboard.type('hojlund');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/q=hojlund/);
	await expect(rows).toHaveCount(1);
	await expect(rows).toContainText('Søren Højlund');
	await page.getByRole('link', { name: say('team_show_all') }).press('Enter');
	await expect(rows.nth(before)).toBeVisible();
});
