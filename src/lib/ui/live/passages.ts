const blocks = 'h1, h2, h3, h4, h5, h6, p, li, summary, blockquote';
const unread = 'button.source, [popover], .visually-hidden, details:not([open]) > :not(summary)';

/**
 * What stands in an element, passage by passage, as it is to be read aloud: without explanations that
 * are folded away and without the marks of sources.
 */
export function findPassages(root: HTMLElement): string[] {
	const copy = root.cloneNode(true) as HTMLElement;
	for (const element of copy.querySelectorAll(unread)) element.remove();
	return [...copy.querySelectorAll(blocks)]
		.filter((block) => block.querySelector(blocks) === null)
		.map((block) => (block.textContent ?? '').replace(/\s+/gu, ' ').trim())
		.filter((passage) => passage !== '');
}
