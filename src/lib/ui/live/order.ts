/**
 * Lists marked `data-order` are put in order by the buttons of their items; where each item stands is
 * what its select sends. The item that is moved keeps the focus, and a status says where it is now.
 */
export function liveOrders(): void {
	document.addEventListener('click', ({ target }) => {
		const button =
			target instanceof Element && target.closest<HTMLElement>('[data-order] [data-move]');
		if (button) move(button);
	});
	// Also where nothing was moved: what one sees is what one answers. Before whoever reads the form.
	document.addEventListener(
		'submit',
		({ target }) => {
			if (!(target instanceof HTMLFormElement)) return;
			for (const list of target.querySelectorAll('[data-order]')) writePlaces(list);
		},
		{ capture: true }
	);
}

function move(button: HTMLElement): void {
	const item = button.closest('li');
	const list = item?.parentElement;
	if (!item || !list) return;
	// Its neighbour goes round it: an element that is taken out of the page loses the focus.
	if (button.dataset['move'] === 'up') {
		const before = item.previousElementSibling;
		if (!before) return tell(list, item, 'atEnd');
		item.after(before);
	} else {
		const after = item.nextElementSibling;
		if (!after) return tell(list, item, 'atEnd');
		item.before(after);
	}
	markEnds(list);
	writePlaces(list);
	item.scrollIntoView({ block: 'nearest' });
	tell(list, item, 'moved');
}

/** At the ends the buttons stay, so that focus stays, and say that they lead nowhere. */
function markEnds(list: Element): void {
	const last = list.children.length - 1;
	for (const [index, item] of [...list.children].entries()) {
		mark(item.querySelector('[data-move="up"]'), index === 0);
		mark(item.querySelector('[data-move="down"]'), index === last);
	}
}

function mark(button: Element | null, isAtEnd: boolean): void {
	if (isAtEnd) button?.setAttribute('aria-disabled', 'true');
	else button?.removeAttribute('aria-disabled');
}

/** The first option of a select is no place, the next is the first place. */
function writePlaces(list: Element): void {
	for (const [index, item] of [...list.children].entries()) {
		const select = item.querySelector('select');
		if (select) select.selectedIndex = index + 1;
	}
}

function tell(list: HTMLElement, item: Element, what: 'moved' | 'atEnd'): void {
	const status = list.parentElement?.querySelector('[data-order-status]');
	if (!status) return;
	const words = item.querySelector('[data-text]')?.textContent ?? '';
	const place = [...(item.parentElement?.children ?? [])].indexOf(item) + 1;
	status.textContent = (list.dataset[what] ?? '')
		.replace('{item}', () => words.trim())
		.replace('{place}', String(place));
}
