import type { Component } from 'svelte';
import { expect, test } from 'vitest';
import { overwriteGetLocale } from './messages/runtime.js';
import { writeOnce } from './once.ts';

test('what is the same for everybody is made once in each language', () => {
	let locale: 'da' | 'en' = 'da';
	overwriteGetLocale(() => locale);
	let times = 0;
	// What Svelte compiles a component to, for the server.
	const component = ((renderer: { push(html: string): void }) => {
		times += 1;
		renderer.push(`<p>${locale}</p>`);
	}) as unknown as Component;
	for (const one of ['da', 'en', 'da', 'en'] as const) {
		locale = one;
		expect(writeOnce(component, 'it')).toContain(`<p>${one}</p>`);
	}
	expect(times).toBe(2);
});
