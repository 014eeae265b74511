import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { tabAndEnter, tabTo } from './keyboard.ts';
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

/** The place of what has focus. */
function placeOf(page: Page): Promise<{ place: string; tag: string }> {
	return page.evaluate(() => {
		const { activeElement: element } = document;
		const at = element?.closest<HTMLElement>('[data-place]');
		return { place: at?.dataset['place'] ?? '', tag: element?.tagName ?? '' };
	});
}

/** Writes whatever is missing where focus stands. */
async function mend(page: Page): Promise<void> {
	const { place, tag } = await placeOf(page);
	if (tag === 'SELECT') return page.keyboard.press('ArrowDown');
	if (tag === 'INPUT' && /\/(?:kind|audience)$/u.test(place)) return page.keyboard.press('Space');
	if (!/\/(?:da|en)$/u.test(place)) throw new Error(`Nothing is known to be missing at ${place}.`);
	const isDanish = place.endsWith('/da');
	await page.keyboard.type(isDanish ? 'Du venter lidt.' : 'You wait a little.');
	if (!isDanish) return;
	await page.keyboard.press('Tab');
	await page.keyboard.type('You wait a little.');
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

test('by keyboard alone somebody writes a story until nothing is left to mend, and plays it', async ({
	visitor,
	say,
	server
}) => {
	test.setTimeout(240_000);
	const { page } = visitor;
	await visitor.signIn('peer');
	await visitor.open(await beginDraft(visitor, server.origin));
	await expect(visitor.heading('Låst dør')).toBeVisible();

	// Another scene, and a way to it from the first.
	await tabAndEnter(visitor.button(say('author_edit_add_scene')));
	await page.keyboard.type('Ved søen');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 2, name: /Ved soeen/u })).toBeFocused();
	await tabTo(page.getByLabel(say('author_edit_kind_decision')));
	await page.keyboard.press('ArrowDown');
	await expect(page.getByLabel(say('author_edit_ending'))).toBeVisible();
	const outline = page.getByRole('navigation', { name: say('author_edit_outline') });
	await page.keyboard.press('Shift+F6');
	await tabAndEnter(outline.getByRole('button', { name: /^Begyndelsen/u }));
	await expect(page.getByRole('heading', { level: 2, name: /Begyndelsen/u })).toBeFocused();
	await tabAndEnter(visitor.button(say('author_edit_add_choice')));
	const second = page.getByRole('region', {
		name: say('author_edit_choice_number', { number: 2 })
	});
	await expect(second).toBeVisible();
	await tabTo(second.getByLabel(say('author_edit_to')));
	await page.keyboard.type('Ved');
	await expect(second.getByLabel(say('author_edit_to'))).toHaveValue(/^[a-z0-9]{12}$/u);

	// The list of what is missing leads through the rest.
	const errors = page.locator('.problems li.error');
	await expect(errors.first()).toBeVisible();
	for (let rounds = 0; rounds < 40 && (await errors.count()) > 0; rounds += 1) {
		const what = (await errors.first().innerText()).replace(/(?: mangler\.|: den ).*$/su, '');
		await goToPart(page, say('author_edit_problems'));
		await tabAndEnter(errors.first().getByRole('button', { name: say('author_edit_go_to_place') }));
		await mend(page);
		const left = async () => (await errors.allInnerTexts()).filter((text) => text.startsWith(what));
		await expect.poll(left).toEqual([]);
	}
	await expect(errors).toHaveCount(0);
	await expect(page.getByText(say('author_edit_saved'), { exact: true })).toBeVisible();

	// Undone and done again, with the same keys as everywhere.
	await goToPart(page, say('author_edit_problems'));
	await page.keyboard.press('Control+z');
	await expect(errors).toHaveCount(1);
	await page.keyboard.press('Control+y');
	await expect(errors).toHaveCount(0);

	// It is played to its end.
	await tabAndEnter(visitor.button(say('author_edit_preview')));
	await expect(visitor.heading(say('author_edit_preview'), 2)).toBeFocused();
	await tabAndEnter(visitor.button(say('author_edit_try_start')));
	await expect(page.locator('#now')).toBeFocused();
	await tabAndEnter(page.locator('.preview button[name="move"]').first());
	await expect(page.getByText(say('author_edit_try_over'))).toBeVisible();
	await expectAccessible(page);

	// What was written is there for whoever comes back.
	await visitor.open(new URL(page.url()).pathname);
	await expect(page.getByText(say('author_edit_saved'), { exact: true })).toBeVisible();
	await expect(errors).toHaveCount(0);
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
