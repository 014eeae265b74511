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
	// Written so that no text of ours can end the element it stands in.
	const data = JSON.stringify(props).replaceAll('<', '\\u003c');
	return `<div id="${id}" data-island>${body}</div><script type="application/json" id="${id}-data">${data}</script>`;
}
