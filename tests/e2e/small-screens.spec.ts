import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Page, TestInfo } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { goEverywhere } from './tour.ts';
import { languages, nameOf } from './words.ts';

test.use({ changesState: true, viewport: { width: 320, height: 640 } });

for (const language of languages) {
	test.describe(`in ${nameOf[language]}`, () => {
		test.use({ language });

		test('18.6.1 every page fits 320 pixels, can be hit with a thumb, is accessible, and asks nobody else', async ({
			visitor,
			complaints
		}, testInfo) => {
			// Every page there is, one after another.
			test.setTimeout(1_200_000);
			complaints.expect(/status of (40[134]|422)/);
			const places: string[] = [];
			for await (const place of goEverywhere(visitor)) {
				places.push(place);
				await expectToFit(visitor.page, place);
				await expectToBeHit(visitor.page, place);
				await expectAccessible(visitor.page);
				await keepPicture(visitor.page, testInfo, `${place}-${language}`);
			}
			expect(testInfo.errors).toEqual([]);
			tellRun(language, places.length);
		});
	});
}

/** What `npm run accessibility:keep` makes the proof of a release from. */
function tellRun(language: string, places: number): void {
	mkdirSync('test-results/accessibility', { recursive: true });
	const day = new Date().toISOString().slice(0, 10);
	const file = `test-results/accessibility/${language}.json`;
	const { version: axe } = JSON.parse(readFileSync('node_modules/axe-core/package.json', 'utf8'));
	writeFileSync(file, JSON.stringify({ day, axe, places }));
}

async function expectToFit(page: Page, place: string): Promise<void> {
	const { width, tooWide } = await page.evaluate(() => {
		const wide = [...document.querySelectorAll('body *')].filter(
			(element) => element.getBoundingClientRect().right > 320.5
		);
		return {
			width: document.scrollingElement?.scrollWidth ?? 0,
			tooWide: wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120))
		};
	});
	expect.soft(width, `${place}: ${tooWide.join('\n')}`).toBeLessThanOrEqual(320);
}

/**
 * 24 pixels for everything that is pressed, except links within a sentence (WCAG 2.5.8); 44 for
 * buttons and for the tools of the player.
 */
async function expectToBeHit(page: Page, place: string): Promise<void> {
	const tooSmall = await page.evaluate(() => {
		const targets = document.querySelectorAll<HTMLElement>(
			'a[href], button, summary, textarea, select, input:not([type="hidden"])'
		);
		const faults: string[] = [];
		for (const target of targets) {
			// A box to tick is as large as what it stands in.
			const hit = target.matches('[type="radio"], [type="checkbox"]')
				? (target.closest('label') ?? target)
				: target;
			const { width, height } = hit.getBoundingClientRect();
			const { display, visibility } = getComputedStyle(target);
			if (!target.checkVisibility() || visibility === 'hidden' || display === 'inline') continue;
			// Seen only while it has focus.
			if (width <= 1 && height <= 1) continue;
			const isMain = target.matches(
				'main :is(button, summary, input):not([popovertarget]), .player-bar nav a'
			);
			const least = isMain ? 44 : 24;
			if (width < least - 0.5 || height < least - 0.5)
				faults.push(`${Math.round(width)}×${Math.round(height)} ${target.outerHTML.slice(0, 120)}`);
		}
		return faults;
	});
	expect.soft(tooSmall, place).toEqual([]);
}

/** For people to look at; compared with nothing. */
async function keepPicture(page: Page, testInfo: TestInfo, name: string): Promise<void> {
	await page.screenshot({ path: testInfo.outputPath(`${name}.png`), fullPage: true });
}
