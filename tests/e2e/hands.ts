import { expect, type Locator, type Page } from '@playwright/test';
import { walkTo } from './keyboard.ts';
import { awaken } from './visitor.ts';

/** How somebody does what a page offers. A story told with it is the same whatever hands it has. */
export interface Hands {
	/** Presses a button or follows a link. */
	press(target: Locator): Promise<void>;
	/** Writes in place of what stands there. */
	write(target: Locator, words: string): Promise<void>;
	/** Writes after what stands there, letter by letter. */
	append(target: Locator, words: string): Promise<void>;
	/** Writes before it, likewise. */
	prepend(target: Locator, words: string): Promise<void>;
	/** Picks what has this name, or begins with it. */
	pick(target: Locator, name: string): Promise<void>;
	/** Ticks a box or picks one of several. */
	tick(target: Locator): Promise<void>;
}

export const byMouse: Hands = {
	async press(target) {
		await comeTo(target);
		// What is gone meanwhile is not waited for until the test is over.
		await target.click({ timeout: 20_000 });
	},
	write: (target, words) => target.fill(words),
	async append(target, words) {
		await target.click();
		await typeAt(target, 'End', words);
	},
	async prepend(target, words) {
		await target.click();
		await typeAt(target, 'Home', words);
	},
	async pick(target, name) {
		const option = target.locator('option').filter({ hasText: startsWith(name) });
		await target.selectOption(await option.first().getAttribute('value'));
	},
	tick: (target) => target.check()
};

/** Only the tab key, arrows, enter, space and letters; where one is, is found by walking there. */
export const byKeyboard: Hands = {
	async press(target) {
		await comeTo(target);
		await walkTo(target);
		await target.page().keyboard.press('Enter');
	},
	async write(target, words) {
		await walkTo(target);
		const { keyboard } = target.page();
		if ((await target.inputValue()) !== '') {
			await keyboard.press('Control+a');
			await keyboard.press('Backspace');
		}
		await keyboard.type(words);
	},
	async append(target, words) {
		await walkTo(target);
		await typeAt(target, 'End', words);
	},
	async prepend(target, words) {
		await walkTo(target);
		await typeAt(target, 'Home', words);
	},
	async pick(target, name) {
		const option = target.locator('option').filter({ hasText: startsWith(name) });
		// Another may have made it a moment ago.
		await expect(option).not.toHaveCount(0);
		await walkTo(target);
		// Typing the first letters of it chooses it.
		await target.page().keyboard.type(name);
	},
	async tick(target) {
		const { keyboard } = target.page();
		await walkTo(target);
		// Of several that are picked from one has the tab key, and the arrows go on from it.
		for (let steps = 0; steps < 8; steps += 1) {
			if (await target.evaluate((element) => element === document.activeElement)) break;
			await keyboard.press('ArrowDown');
		}
		if (!(await target.isChecked())) await keyboard.press('Space');
	}
};

/** Has the browser complain should a pointer be used after all. */
export async function forbidPointers(page: Page): Promise<void> {
	await page.context().addInitScript(() => {
		const complain = () => console.error('a pointer was used');
		for (const kind of ['pointerdown', 'touchstart']) addEventListener(kind, complain, true);
	});
}

/** The page that it stands on answers by itself before it is pressed. */
async function comeTo(target: Locator): Promise<void> {
	await expect(target).toBeVisible();
	await awaken(target.page());
}

async function typeAt(target: Locator, end: 'Home' | 'End', words: string): Promise<void> {
	const { keyboard } = target.page();
	await keyboard.press(`Control+${end}`);
	await keyboard.type(words);
}

function startsWith(name: string): RegExp {
	return new RegExp(`^\\s*${RegExp.escape(name)}`, 'u');
}
