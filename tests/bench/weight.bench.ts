import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Response } from '@playwright/test';
import { ensureChromium } from '../../src/commands/chromium.mjs';
import type { BudgetName } from './budgets.ts';
import type { Figure } from './figure.ts';
import type { Measure } from './ground.ts';
import { learner, pages, type Page } from './learner.ts';

const kinds = ['document', 'stylesheet', 'script', 'font', 'image'] as const;
type Kind = (typeof kinds)[number] | 'other';

const scripts: Partial<Record<Page['name'], BudgetName>> = {
	lesson: 'lessonScripts',
	scenario: 'scenarioScripts'
};

/** What a browser with an empty cache loads for a page, in kB as they travel, texts compressed. */
export const measure: Measure = async (ground) => {
	const visitor = await learner(ground);
	const { origin } = await ground.serve();
	const browser = await chromium.launch({ executablePath: await ensureChromium() });
	ground.tidyUp(() => browser.close());
	const figures: Figure[] = [];
	for (const page of pages) {
		const weights = await weigh(browser, origin, page.path, visitor.headers.cookie ?? '');
		figures.push(...describe(page.name, weights));
	}
	return figures;
};

function describe(name: Page['name'], weights: ReadonlyMap<Kind, number>): Figure[] {
	const of = (kind: Kind) => weights.get(kind) ?? 0;
	const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
	const write = (kind: Kind, word: string) => `${word} ${of(kind).toFixed(1)}`;
	return [
		{
			what: `${name}, JavaScript`,
			found: '',
			value: of('script'),
			unit: 'kB',
			...(scripts[name] && { budget: scripts[name] })
		},
		{
			what: `${name}, all of it`,
			found: [
				write('document', 'HTML'),
				write('stylesheet', 'CSS'),
				write('script', 'JavaScript'),
				write('font', 'font'),
				write('image', 'images'),
				write('other', 'other')
			].join(', '),
			value: total,
			unit: 'kB',
			...(name === 'scenario' && { budget: 'firstScreen' as const })
		}
	];
}

async function weigh(
	browser: Browser,
	origin: string,
	path: string,
	cookie: string
): Promise<Map<Kind, number>> {
	const [name = '', value = ''] = cookie.split('=');
	const context = await browser.newContext({ locale: 'da', viewport: { width: 390, height: 844 } });
	await context.addCookies([{ name, value, url: origin }]);
	const page = await context.newPage();
	const responses: Response[] = [];
	page.on('response', (response) => responses.push(response));
	await page.goto(`${origin}${path}`, { waitUntil: 'networkidle' });
	const weights = new Map<Kind, number>();
	for (const response of responses) {
		const kind = kindOf(response);
		const bytes = compress(await response.body(), response.headers()['content-type'] ?? '');
		weights.set(kind, (weights.get(kind) ?? 0) + bytes / 1000);
	}
	await context.close();
	return weights;
}

function kindOf(response: Response): Kind {
	const type = response.request().resourceType();
	return kinds.find((kind) => kind === type) ?? 'other';
}

/** Pictures and fonts are compressed already. */
function compress(body: Buffer, type: string): number {
	const isText = /^text\/|javascript|json|svg/.test(type);
	return isText ? gzipSync(body, { level: 9 }).length : body.length;
}
