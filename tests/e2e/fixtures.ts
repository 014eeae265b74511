import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { Complaints } from './complaints.ts';
import { Visitor } from './visitor.ts';
import { startServer, type TestServer } from './server.ts';
import { sayIn, type Language, type Say } from './words.ts';

export interface Choices {
	/** The language the browser asks for. */
	language: Language;
	/** Whether the test writes something, and so has a platform of its own. */
	changesState: boolean;
	/** A folder of courses that stand beside ours, for a platform of the test's own. */
	moreCourses: string | undefined;
}

interface Fixtures {
	server: TestServer;
	/** What the interface says in the language of the test. */
	say: Say;
	/** What browsers complain about during the test; nothing, unless the test expects it. */
	complaints: Complaints;
	/** Somebody at the browser. */
	visitor: Visitor;
	/** Somebody at another browser that knows nothing of the first. */
	another: () => Promise<Visitor>;
}

interface Shared {
	/** The platform of all tests of a worker that only look. */
	shared: () => Promise<TestServer>;
}

export const test = base.extend<Choices & Fixtures, Shared>({
	language: ['da', { option: true }],
	changesState: [false, { option: true }],
	moreCourses: [undefined, { option: true }],

	shared: [
		// Playwright reads which fixtures are asked for off the pattern, which must be there.
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			let server: Promise<TestServer> | undefined;
			await use(() => (server ??= startServer()));
			await (await server)?.stop();
		},
		{ scope: 'worker' }
	],

	server: async ({ changesState, moreCourses, shared }, use) => {
		if (!changesState) return use(await shared());
		const own = await startServer(moreCourses);
		await use(own);
		await own.stop();
	},

	baseURL: async ({ server }, use) => use(server.origin),
	locale: async ({ language }, use) => use(language === 'da' ? 'da-DK' : 'en-GB'),
	say: async ({ language }, use) => use(sayIn(language)),

	complaints: async ({ server, javaScriptEnabled }, use) => {
		const complaints = new Complaints(server.origin);
		// Where no script may run, Chromium says so of those it is told of beforehand.
		if (javaScriptEnabled === false) complaints.expect(/^failed: .*\.js csp$/);
		await use(complaints);
		expect(complaints.unexpected).toEqual([]);
	},

	context: async ({ context, complaints }, use) => {
		await prepare(context, complaints);
		await use(context);
	},

	visitor: async ({ page, server: { origin }, language, javaScriptEnabled }, use) =>
		use(new Visitor({ page, origin, language, hasScripts: javaScriptEnabled !== false })),

	another: async (
		{ browser, contextOptions, server: { origin }, language, locale, complaints },
		use
	) => {
		const contexts: BrowserContext[] = [];
		await use(async () => {
			const context = await browser.newContext({
				...contextOptions,
				baseURL: origin,
				locale,
				javaScriptEnabled: true
			});
			contexts.push(context);
			await prepare(context, complaints);
			const page = await context.newPage();
			return new Visitor({ page, origin, language, hasScripts: true });
		});
		await Promise.all(contexts.map((context) => context.close()));
	}
});

export { expect };

async function prepare(context: BrowserContext, complaints: Complaints): Promise<void> {
	complaints.listen(context);
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The only ones that can turn out differently in other colours. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** Holds the page against the rules of WCAG 2.2 that a program can check, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
	// Without its style sheets a page is another.
	await page.waitForLoadState('load');
	const light = await (await readyAxe(page)).withTags(rules).analyze();
	await page.emulateMedia({ colorScheme: 'dark' });
	const dark = await (await readyAxe(page)).withRules(colourRules).analyze();
	await page.emulateMedia({ colorScheme: 'light' });
	const found = [...light.violations, ...dark.violations].map(({ id, help, nodes }) => ({
		rule: `${id}: ${help}`,
		where: nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`)
	}));
	expect(found, page.url()).toEqual([]);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function readyAxe(page: Page): Promise<AxeBuilder> {
	// It takes longer to read in than to run: once is enough for as long as the page lasts.
	const isThere = await page.evaluate(() => 'axe' in window);
	return (
		new AxeBuilder({ page, axeSource: isThere ? ';' : axe })
			// What holds is not written out.
			.options({ resultTypes: ['violations'] })
			// What legacy mode leaves out is foreign frames, and our pages have none.
			.setLegacyMode()
	);
}
