import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findIllustration, illustrations } from './illustrations.ts';

const folder = 'static/illustrations';

test('every drawing that has a name is there, and every drawing that is there has a name', () => {
	const files = readdirSync(folder).map((file) => file.replace(/\.svg$/u, ''));
	expect(illustrations).toEqual(files.toSorted());
});

test('a name without a drawing shows the open horizon', () => {
	expect(findIllustration('not-drawn-yet')).toBe('horizon');
});

describe.each(illustrations)('the drawing %s', (name) => {
	const text = readFileSync(`${folder}/${name}.svg`, 'utf8');

	test('is twice as wide as high, and light enough for a poor connection', () => {
		expect(text).toContain('viewBox="0 0 960 480"');
		expect(Buffer.byteLength(text)).toBeLessThan(4_500);
	});

	test('has colours for the day and for the night', () => {
		const [day, night] = [...text.matchAll(/:root\{([^}]*)\}/gu)].map(([, colours]) => [
			...(colours ?? '').matchAll(/--([a-z]):#[0-9a-f]{3,6}/gu)
		]);
		expect(text).toContain('@media (prefers-color-scheme:dark){:root{');
		expect(day?.map(([, colour]) => colour).toSorted()).toEqual(
			night?.map(([, colour]) => colour).toSorted()
		);
	});

	test('paints with colours that it has defined', () => {
		const defined = new Set([...text.matchAll(/--([a-z]):/gu)].map(([, colour]) => colour));
		const ruled = new Set([...text.matchAll(/\.([a-z]{1,2})\{/gu)].map(([, rule]) => rule));
		for (const [, colour] of text.matchAll(/var\(--([a-z])\)/gu)) expect(defined).toContain(colour);
		for (const [, rule] of text.matchAll(/class="([a-z]+)"/gu)) expect(ruled).toContain(rule);
	});

	test('says nothing in letters, runs nothing and fetches nothing', () => {
		expect(text).not.toMatch(/<(?:text|script|image|foreignObject|use)\b|href=|\son\w+=/u);
	});
});
