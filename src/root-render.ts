import type { Component } from 'svelte';
import { render } from 'svelte/server';

type Options = Omit<NonNullable<Parameters<typeof render>[1]>, 'props'>;

/**
 * The root of all pages as Kit asks for it on the server, in place of what Svelte gives for it: the same text,
 * but as plain values. See `shortLivedRequests` in `vite.config.ts` for why.
 */
export function asClassComponent(component: Component<Record<string, unknown>>) {
	return {
		render(props: Record<string, unknown>, options: Options = {}) {
			const { head, body } = render(component, { props, ...options });
			return { head, html: body, css: { code: '', map: null } };
		}
	};
}
