/** Prints the page from its own button, with everything that can be opened standing open. */
export function livePrint(): void {
	document.addEventListener('click', ({ target }) => {
		if (target instanceof Element && target.closest('[data-print] button')) print();
	});
	let opened: HTMLDetailsElement[] = [];
	addEventListener('beforeprint', () => {
		opened = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')];
		for (const details of opened) details.open = true;
	});
	addEventListener('afterprint', () => {
		for (const details of opened) details.open = false;
	});
}
