import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { tabTo } from './keyboard.ts';
import type { Visitor } from './visitor.ts';

test.use({ changesState: true });

/** Begins a draft past the pages, where beginning is not what the test is about. */
async function beginDraft(visitor: Visitor, origin: string): Promise<string> {
	const id = crypto.randomUUID();
	const response = await visitor.page.request.post('/author/new?/blank', {
		form: { id, title: 'Låst dør' },
		headers: { accept: 'text/html', origin },
		maxRedirects: 0
	});
	expect(response.status()).toBe(303);
	return `/author/${id}`;
}

/** Goes from one part of the page to the next until it is the one with this heading. */
async function goToPart(page: Page, heading: string): Promise<void> {
	const part = page.getByRole('heading', { level: 2, name: heading, exact: true });
	for (let parts = 0; parts < 4; parts += 1) {
		if (await part.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press('F6');
	}
	await expect(part).toBeFocused();
}

test('keys lead from one part of the editor to the next, and undo what one wrote', async ({
	visitor,
	say,
	server
}) => {
	const { page } = visitor;
	await visitor.signIn('peer');
	await visitor.open(await beginDraft(visitor, server.origin));
	await expect(visitor.heading('Låst dør')).toBeVisible();
	await goToPart(page, say('author_edit_about'));
	const title = page.locator('[data-place="scenario/title/da"]');
	await tabTo(title);
	await page.keyboard.press('End');
	await page.keyboard.type(' om natten');
	await expect(visitor.heading('Låst dør om natten')).toBeVisible();
	await goToPart(page, say('author_edit_problems'));
	await page.keyboard.press('Control+z');
	await expect(title).toHaveValue('Låst dør');
	await page.keyboard.press('Control+y');
	await expect(title).toHaveValue('Låst dør om natten');
});

test('the editor is accessible in each of its parts, and the map is fetched only when wanted', async ({
	visitor,
	say,
	server
}) => {
	test.setTimeout(120_000);
	const { page } = visitor;
	await visitor.signIn('peer');
	const fetched: string[] = [];
	page.on('request', (request) => fetched.push(request.url()));
	await visitor.open(await beginDraft(visitor, server.origin));
	await expectAccessible(page);
	expect(fetched.filter((address) => /MapView.*\.js/u.test(address))).toEqual([]);
	const outline = page.getByRole('navigation', { name: say('author_edit_outline') });
	for (const form of ['author_edit_people', 'author_edit_gauges'] as const) {
		await visitor.press(outline.getByRole('button', { name: say(form) }));
		await expect(visitor.heading(say(form), 2)).toBeFocused();
		await expectAccessible(page);
	}
	await visitor.press(outline.getByRole('button', { name: /^Begyndelsen/u }));
	await expectAccessible(page);
	await visitor.press(visitor.button(say('author_edit_map')));
	await expect(page.locator('.svelte-flow__node')).toHaveCount(2);
	const line = page.locator('.draft-map svg:has(> .svelte-flow__edge)').first();
	expect(await line.evaluate((svg) => svg.clientWidth)).toBeGreaterThan(0);
	// It keeps within its frame.
	const frame = (await page.locator('.draft-map').boundingBox())!;
	const drawn = (await page.locator('.draft-map .svelte-flow__node').first().boundingBox())!;
	expect(drawn.y).toBeGreaterThanOrEqual(frame.y);
	expect(drawn.x).toBeGreaterThanOrEqual(frame.x);
	expect(drawn.y + drawn.height).toBeLessThanOrEqual(frame.y + frame.height);
	await expectAccessible(page);
	expect(fetched.filter((address) => /MapView.*\.js/u.test(address))).toHaveLength(1);
});

test('on a small screen one part is shown at a time, and nothing is wider than the screen', async ({
	visitor,
	say,
	server
}) => {
	const { page } = visitor;
	await page.setViewportSize({ width: 320, height: 640 });
	await visitor.signIn('peer');
	await visitor.open(await beginDraft(visitor, server.origin));
	for (const part of ['author_edit_outline', 'author_edit_preview', 'author_edit_write'] as const) {
		await visitor.press(visitor.button(say(part)));
		await expect(page.locator('[data-view]:not([hidden])')).toHaveCount(1);
		const width = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(width).toBeLessThanOrEqual(320);
	}
});
