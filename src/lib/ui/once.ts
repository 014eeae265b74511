import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { getLocale } from './messages/runtime.js';

const made = new WeakMap<Component, Map<string, string>>();

/**
 * The HTML of a component that shows the same to everybody who reads the same language: rendered the
 * first time it is asked for, and kept. Only to be called while the server renders.
 */
export function writeOnce(component: Component, id: string): string {
	let texts = made.get(component);
	if (!texts) made.set(component, (texts = new Map()));
	const locale = getLocale();
	let html = texts.get(locale);
	// The ids that a component makes for itself must not meet those of the page around it.
	if (html === undefined) texts.set(locale, (html = render(component, { idPrefix: id }).body));
	return html;
}
