import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { Visitor } from './visitor.ts';
import { sayIn } from './words.ts';

const say = sayIn('da');

test.use({ changesState: true });

const accounts = ['key', 'peer'] as const;

/** Begins a draft past the pages, and lets another write in it. */
async function beginTogether(visitor: Visitor, other: Visitor, origin: string): Promise<string> {
	const id = '0190f3a0-0000-7000-8000-00000000d1af';
	const headers = { accept: 'text/html', origin };
	const begun = await visitor.page.request.post('/author/new?/blank', {
		form: { id, title: 'Låst dør' },
		headers,
		maxRedirects: 0
	});
	expect(begun.status()).toBe(303);
	await visitor.open(`/author/${id}/people`);
	const { page } = visitor;
	const section = page.getByRole('region', { name: say('author_link_title') });
	await section.getByLabel(say('author_consent_agree')).check();
	await visitor.press(visitor.button(say('author_link_button')));
	const address = (await page.getByText('/author/invitations/').textContent()) ?? '';
	await other.open(new URL(address.trim()).pathname);
	await other.press(other.button(say('author_join_button')));
	await expect(other.heading(say('author_own_title'), 2)).toBeVisible();
	return `/author/${id}`;
}

const titleOf = (page: Page) => page.locator('[data-place="scenario/title/da"]');

test('two people write in one text at once, also while one is without a line, and nothing is lost', async ({
	visitor,
	another,
	server,
	complaints
}) => {
	test.setTimeout(180_000);
	complaints.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|failed/u);
	const other = await another();
	await visitor.signIn(accounts[0]);
	await other.signIn(accounts[1]);
	const address = await beginTogether(visitor, other, server.origin);
	await visitor.open(address);
	await other.open(address);
	const [mine, theirs] = [titleOf(visitor.page), titleOf(other.page)];
	await expect(mine).toHaveValue('Låst dør');
	await expect(theirs).toHaveValue('Låst dør');

	// At the same time, one at the end and one at the beginning.
	await mine.focus();
	await visitor.page.keyboard.press('End');
	await theirs.focus();
	await other.page.keyboard.press('Home');
	await Promise.all([
		visitor.page.keyboard.type(' om natten', { delay: 20 }),
		other.page.keyboard.type('En ', { delay: 20 })
	]);
	await expect(mine).toHaveValue('En Låst dør om natten');
	await expect(theirs).toHaveValue('En Låst dør om natten');

	// One loses the line, and both write on.
	await other.page.context().setOffline(true);
	await other.page.keyboard.type('meget ', { delay: 20 });
	await expect(other.page.getByText(say('author_edit_kept'))).toBeVisible();
	await visitor.page.keyboard.type(' i maj', { delay: 20 });
	await other.page.context().setOffline(false);
	await expect(mine).toHaveValue('En meget Låst dør om natten i maj');
	await expect(theirs).toHaveValue('En meget Låst dør om natten i maj');

	// It is there after a reload, and what one wrote oneself can still be undone, step by step.
	await expect(other.page.getByText(say('author_edit_saved'))).toBeVisible();
	await other.open(address);
	await expect(theirs).toHaveValue('En meget Låst dør om natten i maj');
	const undo = other.page.getByRole('button', { name: say('author_edit_undo') });
	await expect(async () => {
		if (await undo.isEnabled()) await undo.click();
		await expect(mine).toHaveValue('Låst dør om natten i maj', { timeout: 500 });
	}).toPass();
});
