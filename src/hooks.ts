import type { Transport } from '@sveltejs/kit';

/**
 * Kit writes down once more all that a page was made from, for its router in the browser. Ours are
 * pages of HTML without a router (`csr` is false): of an object nothing is written but that it is kept
 * back, so that no more leaves the server than a page shows, and no work goes into it.
 */
export const transport: Transport = {
	kept: {
		encode: (value: unknown) => typeof value === 'object' && value !== null && 1,
		decode: () => undefined
	}
};
