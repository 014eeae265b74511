declare const rendered: unique symbol;

/** HTML made and sanitised by our own Markdown renderer; only `Prose.svelte` shows it as HTML. */
export type Html = string & { readonly [rendered]: true };
