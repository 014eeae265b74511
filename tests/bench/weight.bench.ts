import { chromium } from '@playwright/test';
import { ensureChromium } from '../../src/commands/chromium.mjs';
import type { BudgetName } from './budgets.ts';
import type { Figure } from './figure.ts';
import type { Measure } from './ground.ts';
import { learner, pages, type Page } from './learner.ts';
import { weigh, type Kind } from './weigh.ts';

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
		const weights = await weigh(browser, `${origin}${page.path}`, visitor.headers.cookie ?? '');
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
