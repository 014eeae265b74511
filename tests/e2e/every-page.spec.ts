import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { makeReader } from './texts.ts';
import { goAs, whoGo } from './tour.ts';
import type { Visitor } from './visitor.ts';
import { languages, nameOf } from './words.ts';

const small = { width: 320, height: 640 };
const large = { width: 1280, height: 800 };
/** A folder for pictures of every page, for people to look at. */
const pictures = process.env.PICTURES;

test.use({ changesState: true, viewport: small });

for (const language of languages) {
	for (const who of whoGo) {
		test.describe(`in ${nameOf[language]}, where ${who} go`, () => {
			test.use({ language });

			test('18.6.1 every page fits 320 pixels, can be hit with a thumb, is accessible, asks nobody else, has help one press away and no word in another language, or that was never written', async ({
				visitor,
				complaints
			}, testInfo) => {
				test.setTimeout(600_000);
				complaints.expect(/status of (40[134]|422)/);
				const { page } = visitor;
				const read = makeReader(language);
				const run = join('test-results', 'accessibility', `${language}.${who}.json`);
				rmSync(run, { force: true });
				let places = 0;
				for await (const place of goAs(who, visitor)) {
					places += 1;
					await expectToFit(page, place);
					await expectToBeHit(page, place);
					await expectAccessible(page);
					await read(page, place);
					await expectHelp(visitor, place);
					if (pictures)
						await page.screenshot({
							path: join(pictures, `${place}-${language}.png`),
							fullPage: true
						});
				}
				expect(testInfo.errors).toEqual([]);
				tellRun(run, places);
			});
		});
	}
}

/** What `npm run accessibility:keep` makes the proof of a release from. */
function tellRun(file: string, places: number): void {
	mkdirSync(join(file, '..'), { recursive: true });
	const day = new Date().toISOString().slice(0, 10);
	const { version: axe } = JSON.parse(readFileSync('node_modules/axe-core/package.json', 'utf8'));
	writeFileSync(file, JSON.stringify({ day, axe, places, walks: whoGo.length }));
}

/** One press away, on a small screen and on a large one. */
async function expectHelp(visitor: Visitor, place: string): Promise<void> {
	// A page that could be any intranet’s has nothing of ours.
	if (place === 'away') return;
	const { page, say } = visitor;
	const way =
		place === 'pause'
			? visitor.link(say('player_pause_support'))
			: visitor.link(say('shell_help')).first();
	await expect(way, place).toHaveAttribute('href', '/help');
	await expect(way, place).toBeVisible();
	await page.setViewportSize(large);
	await expect(way, place).toBeVisible();
	await page.setViewportSize(small);
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
