import { gzipSync } from 'node:zlib';
import type { Browser, Response } from '@playwright/test';

const kinds = ['document', 'stylesheet', 'script', 'font', 'image'] as const;
export type Kind = (typeof kinds)[number] | 'other';

/** What a browser with an empty cache loads for a page, by kind, in kB as they travel, texts compressed. */
export async function weigh(
	browser: Browser,
	address: string,
	cookie: string
): Promise<Map<Kind, number>> {
	const [name = '', value = ''] = cookie.split('=');
	const context = await browser.newContext({ locale: 'da', viewport: { width: 390, height: 844 } });
	await context.addCookies([{ name, value, url: address }]);
	const page = await context.newPage();
	const responses: Response[] = [];
	page.on('response', (response) => responses.push(response));
	await page.goto(address, { waitUntil: 'networkidle' });
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
