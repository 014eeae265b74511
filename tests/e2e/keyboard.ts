import { expect, type Locator, type Page } from '@playwright/test';

/** Goes to something with the Tab key alone, seeing at every stop where one is. */
export async function tabTo(target: Locator, atMost = 40): Promise<void> {
	const page = target.page();
	await expect(target).toBeVisible();
	for (let stops = 0; stops < atMost; stops += 1) {
		if (await isFocused(target)) return;
		await page.keyboard.press('Tab');
		await expectFocusSeen(page);
	}
	await expect(target, `reached in ${atMost} presses of Tab`).toBeFocused({ timeout: 1 });
}

/**
 * Goes to something with the Tab key alone, whichever way it lies. Of things of which one is picked it
 * is enough to come to one.
 */
export async function walkTo(target: Locator, atMost = 250): Promise<void> {
	const page = target.page();
	await expect(target).toBeVisible();
	const isBefore = await target.evaluate((element) => {
		const { activeElement: here, body } = document;
		if (!here || here === body || here.contains(element)) return false;
		return element.compareDocumentPosition(here) === Node.DOCUMENT_POSITION_FOLLOWING;
	});
	for (let stops = 0; stops < atMost; stops += 1) {
		if (await isReached(target)) return expectFocusSeen(page);
		await page.keyboard.press(isBefore ? 'Shift+Tab' : 'Tab');
	}
	await expect(target, `reached in ${atMost} presses of Tab`).toBeFocused({ timeout: 1 });
}

function isReached(target: Locator): Promise<boolean> {
	return target.evaluate((element) => {
		const { activeElement: here } = document;
		if (element === here) return true;
		const isOneOfSeveral = (one: Element | null): one is HTMLInputElement =>
			one instanceof HTMLInputElement && one.type === 'radio';
		return isOneOfSeveral(element) && isOneOfSeveral(here) && here.name === element.name;
	});
}

/** Goes to a button or link and presses it. */
export async function tabAndEnter(target: Locator): Promise<void> {
	await tabTo(target);
	await target.page().keyboard.press('Enter');
}

function isFocused(target: Locator): Promise<boolean> {
	return target.evaluate((element) => element === document.activeElement);
}

/** What has focus has an outline, is in sight, and nothing lies over it. */
export async function expectFocusSeen(page: Page): Promise<void> {
	const seen = await page.evaluate(() => {
		const element = document.activeElement;
		if (!element || element === document.body) return { what: 'the page itself', faults: [] };
		const isOutlined = (one: Element | null) => {
			if (!one) return false;
			const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
			return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
		};
		const { left, right, top, bottom } = element.getBoundingClientRect();
		const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
		const over = document.elementFromPoint(x, y);
		const isFree = over !== null && (element.contains(over) || over.contains(element));
		const faults = [
			...(isOutlined(element) || isOutlined(element.closest('label')) ? [] : ['no outline']),
			...(bottom > 0 && top < innerHeight && right > left ? [] : ['out of sight']),
			...(isFree ? [] : [`under ${over?.outerHTML.slice(0, 80)}`])
		];
		return { what: element.outerHTML.slice(0, 120), faults };
	});
	expect(seen.faults, seen.what).toEqual([]);
}
