import type { Page } from '@playwright/test';
import { agreed, heldSession, plannedSession } from '../../src/demonstration/sessions.ts';
import { listTexts } from './content.ts';
import { expect } from './fixtures.ts';
import { catalogue, type Key, type Language } from './words.ts';

/** Words that no sentence in the other language can do without. */
const telling: Readonly<Record<Language, RegExp>> = {
	da: /(?<![\p{L}-])(ikke|jeg|dig|din|det|hvad|eller|også|når|fra)(?![\p{L}-])/iu,
	en: /(?<![\p{L}-])(the|you|your|with|continue|please|this|what|from)(?![\p{L}-])/iu
};

/** Holds what pages say against the language they are in. */
export function makeReader(language: Language): (page: Page, place: string) => Promise<void> {
	const other = language === 'da' ? 'en' : 'da';
	const foreign = listForeignTexts(language, other);
	return async (page, place) => {
		await expect(page.locator('html'), place).toHaveAttribute('lang', language);
		const texts = await readTexts(page);
		expect(texts.length, place).toBeGreaterThan(0);
		const faults = {
			written: texts.filter((text) => foreign.has(text)),
			told: texts.filter((text) => telling[other].test(text)),
			never: texts.filter((text) => /\b[a-z]+(_[a-z]+)+\b|\{\w+\}/.test(text))
		};
		expect.soft(faults, place).toEqual({ written: [], told: [], never: [] });
	};
}

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
