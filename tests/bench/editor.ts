import { brotliCompressSync } from 'node:zlib';
import { chromium, type Page, type Response } from '@playwright/test';
import { createDocument } from '#lib/authoring/document/document.ts';
import { spliceText } from '#lib/authoring/document/edits.ts';
import { loadFields } from '#lib/authoring/document/load.ts';
import { readDraft } from '#lib/authoring/document/read.ts';
import { checkDraft } from '#lib/authoring/document/trace.ts';
import { draftFields } from '#lib/authoring/document/write.ts';
import { tellProblems } from '#lib/authoring/problems.ts';
import { writeFields } from '#lib/scenario/written.ts';
import { plantDraft } from '#tests/support/draft-rows.ts';
import { vocabulary } from '#tests/support/sound-scenario.ts';
import { Visitor } from '#tests/support/visitor.ts';
import { ensureChromium } from '../../src/commands/chromium.mjs';
import type { Figure } from './figure.ts';
import type { Ground } from './ground.ts';
import { makeLargeScenario } from './large-scenario.ts';

const scenes = 50;
const gauges = 3;
const keystrokes = 40;

/** All that the editor does after a keystroke in a long draft: reads it, checks it, tells what is to be mended. */
export function typeAndCheck(): Figure {
	const doc = createDocument();
	loadFields(doc, writeFields(makeLargeScenario(scenes, gauges)));
	const [scene] = readDraft(doc).scenes;
	if (!scene) throw new Error('the draft has no scenes');
	const times: number[] = [];
	for (let round = 0; round < 2 * keystrokes; round += 1) {
		const began = performance.now();
		spliceText(doc, `${scene.place}/text/da`, 0, 0, 'x');
		const draft = readDraft(doc);
		const { problems } = checkDraft(draft, vocabulary);
		tellProblems(problems, draftFields(draft));
		// The first ones only warm up.
		if (round >= keystrokes) times.push(performance.now() - began);
	}
	const sorted = times.toSorted((a, b) => a - b);
	const value = sorted[Math.floor(sorted.length / 2)] ?? 0;
	return {
		what: `a keystroke in ${scenes} scenes: read, checked and told`,
		found: `median ${value.toFixed(1)} ms, slowest ${(sorted.at(-1) ?? 0).toFixed(1)} ms`,
		value,
		unit: 'ms',
		budget: 'checkAsYouType'
	};
}

/** What a browser with an empty cache loads of scripts for the editor, and more of them for its map. */
export async function weighEditor(ground: Ground): Promise<Figure[]> {
	const server = await ground.serve();
	const account = 'peer@demo.example';
	const visitor = await new Visitor(server.origin).signIn(account);
	const draft = plantDraft(server.dataDir, [account]);
	const browser = await chromium.launch({ executablePath: await ensureChromium() });
	ground.tidyUp(() => browser.close());
	const context = await browser.newContext({ locale: 'da' });
	const [name = '', value = ''] = (visitor.headers.cookie ?? '').split('=');
	await context.addCookies([{ name, value, url: server.origin }]);
	const page = await context.newPage();
	const scripts = new Map<string, Response>();
	page.on('response', (response) => {
		if (response.request().resourceType() === 'script') scripts.set(response.url(), response);
	});
	await page.goto(`${server.origin}/author/${draft}`);
	await page.getByRole('navigation', { name: 'Oversigt' }).waitFor();
	const editor = await weighAll(scripts);
	await showMap(page);
	const all = await weighAll(scripts);
	return [
		figure('the editor, JavaScript', editor, 'editorScripts'),
		figure('its map, JavaScript besides', all - editor, 'mapScripts')
	];
}

async function showMap(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Kort', exact: true }).click();
	await page.locator('.draft-map .svelte-flow').waitFor();
}

function figure(what: string, value: number, budget: 'editorScripts' | 'mapScripts'): Figure {
	return { what, found: 'as they travel, in Brotli', value, unit: 'kB', budget };
}

async function weighAll(scripts: ReadonlyMap<string, Response>): Promise<number> {
	let bytes = 0;
	for (const response of scripts.values()) {
		bytes += brotliCompressSync(await response.body()).length;
	}
	return bytes / 1000;
}
