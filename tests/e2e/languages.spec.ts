import type { Page } from '@playwright/test';
import { listTexts, shelter, titleOfLesson } from './content.ts';
import { agreed, heldSession, plannedSession } from '../../src/demonstration/sessions.ts';
import { expect, test } from './fixtures.ts';
import { goEverywhere } from './tour.ts';
import { catalogue, languages, nameOf, sayIn, type Key, type Language } from './words.ts';

/** Words that no sentence in the other language can do without. */
const telling: Readonly<Record<Language, RegExp>> = {
	da: /(?<![\p{L}-])(ikke|jeg|dig|din|det|hvad|eller|også|når|fra)(?![\p{L}-])/iu,
	en: /(?<![\p{L}-])(the|you|your|with|continue|please|this|what|from)(?![\p{L}-])/iu
};

for (const language of languages) {
	const other = language === 'da' ? 'en' : 'da';
	test.describe(`in ${nameOf[language]}`, () => {
		test.use({ language, changesState: true });

		test(`no page has words in ${nameOf[other]}, or a word that was never written`, async ({
			visitor,
			complaints
		}) => {
			// Every page there is, one after another.
			test.setTimeout(1_200_000);
			complaints.expect(/status of (40[134]|422)/);
			const foreign = listForeignTexts(language, other);
			for await (const place of goEverywhere(visitor)) {
				await expect(visitor.page.locator('html'), place).toHaveAttribute('lang', language);
				const texts = await readTexts(visitor.page);
				expect(texts.length, place).toBeGreaterThan(0);
				expect
					.soft(
						texts.filter((text) => foreign.has(text)),
						place
					)
					.toEqual([]);
				expect
					.soft(
						texts.filter((text) => telling[other].test(text)),
						place
					)
					.toEqual([]);
				expect
					.soft(
						texts.filter((text) => /\b[a-z]+(_[a-z]+)+\b|\{\w+\}/.test(text)),
						place
					)
					.toEqual([]);
			}
		});
	});
}

test.describe('the switch of language', () => {
	for (const address of [
		'/',
		'/sign-in?to=%2Flearn%2Fbasic',
		'/help',
		'/privacy',
		'/accessibility'
	]) {
		test(`keeps the place at ${address}`, async ({ visitor }) => {
			await visitor.open(address);
			await visitor.press(visitor.button('English'));
			await expect(visitor.page.locator('html')).toHaveAttribute('lang', 'en');
			await expect(visitor.page).toHaveURL(address);
			await expect(visitor.button('English')).toHaveAttribute('aria-current', 'true');
			await visitor.press(visitor.button('Dansk'));
			await expect(visitor.page.locator('html')).toHaveAttribute('lang', 'da');
			await expect(visitor.page).toHaveURL(address);
		});
	}
});

test.describe('for who is signed in, the switch of language', () => {
	test.use({ changesState: true });
	const english = sayIn('en');

	test('keeps the step, and what was chosen holds on another device too', async ({
		visitor,
		another
	}) => {
		const { page } = visitor;
		const title = titleOfLesson('01-what-is-trauma', 'hard-to-see', 'en');
		await visitor.signIn('staff');
		await visitor.open('/learn/basic/what-is-trauma?step=hard-to-see');
		await visitor.press(visitor.button('English'));
		await expect(visitor.heading(title)).toBeVisible();
		await expect(page).toHaveURL('/learn/basic/what-is-trauma?step=hard-to-see');
		const device = await another();
		await device.signIn('staff');
		await device.open('/learn/basic/what-is-trauma?step=hard-to-see');
		await expect(device.heading(title)).toBeVisible();
	});

	test('keeps the place in a story', async ({ visitor }) => {
		await visitor.signIn('staff');
		await visitor.open('/learn/basic/when-it-heats-up?step=scenario-1');
		await visitor.beginStory(shelter);
		await visitor.isAtDecision(1);
		const saved = visitor.page.waitForResponse((response) => response.url().endsWith('/moves'));
		await visitor.choose(['at-the-hatch', 'greet']);
		await saved;
		await visitor.press(visitor.button('English'));
		const decision = new RegExp(`^\\s*${english('scenario_decision', { number: 2 })}`);
		await expect(visitor.heading(decision, 2)).toBeVisible();
	});

	test('keeps the leader’s view', async ({ visitor }) => {
		await visitor.signIn('leader');
		await visitor.open('/team?sort=state&state=in-progress');
		await visitor.press(visitor.button('English'));
		await expect(visitor.page).toHaveURL('/team?sort=state&state=in-progress');
		await expect(visitor.heading(english('team_by_person'), 2)).toBeVisible();
	});
});

test('the browser’s wish decides until somebody chooses, and Danish is what is left', async ({
	request
}) => {
	for (const [wish, lang] of [
		['en-GB,en;q=0.9,da;q=0.8', 'en'],
		['da,en;q=0.9', 'da'],
		['nb-NO,nb;q=0.9,en;q=0.8', 'da'],
		['de-DE,de;q=0.9,en;q=0.5', 'en'],
		['pl', 'da']
	] as const) {
		const response = await request.get('/', { headers: { 'accept-language': wish } });
		expect(await response.text(), wish).toContain(`<html lang="${lang}"`);
	}
});

/** The texts of the other language that are not also texts of this one. */
function listForeignTexts(language: Language, other: Language): Set<string> {
	const words = Object.keys(catalogue.da) as Key[];
	const pairs = [
		...words.map((key) => ({ da: catalogue.da[key], en: catalogue.en[key] })),
		...listTexts()
	];
	const own = new Set(pairs.map((pair) => tidy(pair[language])));
	return new Set(pairs.map((pair) => tidy(pair[other])).filter((text) => !own.has(text)));
}

/** Every text of the page, shown or told, except what says that it is in another language. */
async function readTexts(page: Page): Promise<string[]> {
	const texts = await page.evaluate(() => {
		const found: string[] = [document.title];
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		const isOther = (element: Element | null) =>
			element?.closest('script, style, code, [lang]:not(html)') !== null;
		while (walker.nextNode()) {
			if (!isOther(walker.currentNode.parentElement))
				found.push(walker.currentNode.textContent ?? '');
		}
		for (const name of ['aria-label', 'alt', 'title', 'placeholder']) {
			for (const element of document.querySelectorAll(`[${name}]`)) {
				if (!isOther(element)) found.push(element.getAttribute(name) ?? '');
			}
		}
		return found;
	});
	return texts
		.map(leaveOutWritten)
		.map(tidy)
		.filter((text) => text !== '');
}

/** What people of the demonstration wrote, in the language they write in. */
const written = listStrings([agreed, heldSession, plannedSession]);

function listStrings(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value ? Object.values(value).flatMap(listStrings) : [];
}

function leaveOutWritten(text: string): string {
	return written.reduce((left, one) => left.replaceAll(one, ''), text);
}

function tidy(text: string): string {
	return text.replaceAll(/\s+/g, ' ').trim();
}
