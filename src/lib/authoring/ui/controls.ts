/** Finding the control of a place among those of a form, by what `data-place` says. */
import type { Place } from '../document/place.ts';

/** What stands for a place in what is shown below `root`, or the nearest thing to it. */
export function findPlace(root: ParentNode, wanted: Place): HTMLElement | undefined {
	const all = [...root.querySelectorAll<HTMLElement>('[data-view="write"] [data-place]')];
	const placeOf = (element: HTMLElement) => element.dataset['place'] ?? '';
	const exact = all.find((element) => placeOf(element) === wanted);
	if (exact) return exact;
	const inside = all.find((element) => placeOf(element).startsWith(`${wanted}/`));
	if (inside) return inside;
	return all
		.filter((element) => wanted.startsWith(`${placeOf(element)}/`))
		.toSorted((a, b) => placeOf(b).length - placeOf(a).length)[0];
}

/** Puts focus on the control of a place, opening whatever it is folded into. */
export function focusPlace(target: HTMLElement, wanted: Place): void {
	for (let at = target.parentElement; at; at = at.parentElement) {
		if (at instanceof HTMLDetailsElement) at.open = true;
	}
	const control = readControl(target, wanted);
	control.focus({ preventScroll: true });
	control.scrollIntoView({ block: 'center' });
}

/** A group of controls gives focus to its first one. */
function readControl(target: HTMLElement, wanted: Place): HTMLElement {
	if (target instanceof HTMLDetailsElement) {
		target.open = true;
		return target.querySelector('summary') ?? target;
	}
	const isGroup = !target.matches('input, textarea, select, button, [tabindex]');
	const missing = target.querySelector<HTMLElement>(
		`[data-place^="${wanted}"]:is(input, textarea)`
	);
	const first = target.querySelector<HTMLElement>('input, textarea, select, button');
	return isGroup ? (missing ?? first ?? target) : target;
}

/** The place of what has focus within what is written; undefined elsewhere. */
export function readFocusedPlace(target: EventTarget | null): Place | undefined {
	const at = target instanceof HTMLElement ? target.closest('[data-place]') : null;
	if (!(at instanceof HTMLElement) || !at.closest('[data-view="write"]')) return undefined;
	const found = at.dataset['place'] ?? '';
	return /^\w+\//u.test(found) ? found : undefined;
}
