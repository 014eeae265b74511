import type { Component } from 'svelte';
import { render } from 'svelte/server';

/**
 * A part of a page that comes alive by itself: the component as HTML, in an element with the given id,
 * and beside it the properties it was made with, for the script that wakes it (`wakeIsland`). Only to be
 * called while the server renders. The properties must be plain data.
 */
export function writeIsland<Props extends Record<string, unknown>>(
	id: string,
	component: Component<Props>,
	props: Props
): string {
	// The ids that a component makes for itself must not meet those of the page around it.
	const { body } = render(component as Component<Record<string, unknown>>, { props, idPrefix: id });
	return `<div id="${id}" data-island>${body}</div><script type="application/json" id="${id}-data">${writeData(props)}</script>`;
}

/** Data as JSON in which no text can end the element it stands in. */
export function writeData(data: unknown): string {
	return JSON.stringify(data).replaceAll('<', '\\u003c');
}
