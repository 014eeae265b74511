import { hydrate, type Component } from 'svelte';

/**
 * Brings the part of the page with this id to life, with the properties it was written with and, beside
 * them, what only a browser can give. Does nothing where the page has no such part.
 */
export function wakeIsland<Props extends Record<string, unknown>>(
	id: string,
	component: Component<Props>,
	own: Partial<Props> = {}
): void {
	const target = document.getElementById(id);
	const data = document.getElementById(`${id}-data`)?.textContent;
	if (!target || !data) return;
	hydrate(component, { target, props: { ...(JSON.parse(data) as Props), ...own } });
	// Tests wait for it.
	target.dataset['live'] = '';
}
