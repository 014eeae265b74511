import { chromium, type Browser, type Page } from '@playwright/test';
import { scenario } from '#tests/support/player.ts';
import { ensureChromium } from '../../src/commands/chromium.mjs';
import type { Figure } from './figure.ts';
import type { Ground } from './ground.ts';
import { learner } from './learner.ts';
import { weigh } from './weigh.ts';

/** Choices that are made at each speed; the first ones warm up and do not count. */
const choices = 40;
const warmUp = 8;

/** Milliseconds in which somebody who is quick reads what has just been said, before they choose. */
const reading = 1500;

/** How long it takes from the press of a choice to the paint of what follows, and what the player weighs. */
export async function measureBrowser(ground: Ground): Promise<Figure[]> {
	const visitor = await learner(ground);
	const { origin } = await ground.serve();
	await visitor.submit(`/scenarios/${scenario}?/begin`, { again: '1' });
	const browser = await chromium.launch({ executablePath: await ensureChromium() });
	ground.tidyUp(() => browser.close());
	const cookie = visitor.headers.cookie ?? '';
	const address = `${origin}/scenarios/${scenario}`;
	const full = await timeChoices(browser, address, cookie, 1);
	const slow = await timeChoices(browser, address, cookie, 4);
	const weights = await weigh(browser, address, cookie);
	return [
		describe('choice to paint', full),
		{ ...describe('choice to paint, processor 4 × slower', slow), budget: 'choiceToPaint' },
		{ what: 'player, JavaScript', found: '', value: weights.get('script') ?? 0, unit: 'kB' },
		{ what: 'player, CSS', found: '', value: weights.get('stylesheet') ?? 0, unit: 'kB' }
	];
}

function describe(what: string, times: readonly number[]): Figure {
	const sorted = times.toSorted((a, b) => a - b);
	const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
	return {
		what,
		found: `${times.length} choices, fastest ${at(0).toFixed(0)}, p90 ${at(0.9).toFixed(0)}, slowest ${at(1).toFixed(0)} ms; the median`,
		value: at(0.5),
		unit: 'ms'
	};
}

/** Milliseconds of each choice, from the event of the press to the frame after what follows was drawn. */
async function timeChoices(
	browser: Browser,
	address: string,
	cookie: string,
	slowdown: number
): Promise<number[]> {
	const [name = '', value = ''] = cookie.split('=');
	const context = await browser.newContext({ locale: 'da', viewport: { width: 390, height: 844 } });
	await context.addCookies([{ name, value, url: address }]);
	const page = await context.newPage();
	const devtools = await context.newCDPSession(page);
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
	const times: number[] = [];
	while (times.length < choices) {
		await page.goto(address);
		await page.waitForSelector('#exercise[data-live]');
		await listen(page);
		for (;;) {
			const buttons = page.locator('button[name="move"]');
			const count = await buttons.count();
			if (count === 0) break;
			await page.waitForTimeout(reading);
			// Different ways, the same in every run of the benchmark.
			times.push(await timeChoice(page, times.length % count));
		}
		const again = page.locator('button[name="again"]');
		await Promise.all([page.waitForEvent('load'), again.click()]);
	}
	await context.close();
	return times.slice(warmUp, choices);
}

interface Timing {
	painted?: number | undefined;
}

/**
 * Has the page itself take the time: what the tool needs to press a button is not counted. Only a frame
 * in which one sees what happened, and what one can do then, counts as the answer.
 */
async function listen(page: Page): Promise<void> {
	await page.evaluate(() => {
		const timing = window as unknown as Timing;
		const seen = (selector: string) =>
			[...document.querySelectorAll(selector)].filter((element) =>
				element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
			).length;
		document.addEventListener(
			'click',
			({ timeStamp }) => {
				const told = seen('[id^="consequence-"]');
				const look = () => {
					requestAnimationFrame(() => {
						const isTold = seen('[id^="consequence-"]') > told && seen('#now-scene .scene') === 1;
						const mayGoOn = seen('#now-scene button[name="move"], #now-scene > .sky') > 0;
						if (!isTold || !mayGoOn) return look();
						// After the frame in which the answer is drawn.
						const { port1, port2 } = new MessageChannel();
						port1.onmessage = () => (timing.painted = performance.now() - timeStamp);
						port2.postMessage(null);
					});
				};
				look();
			},
			{ capture: true }
		);
	});
}

async function timeChoice(page: Page, index: number): Promise<number> {
	await page.evaluate(() => {
		(window as unknown as Timing).painted = undefined;
	});
	await page.locator('button[name="move"]').nth(index).click();
	const painted = await page.waitForFunction(() => (window as unknown as Timing).painted);
	return Number(await painted.jsonValue());
}
