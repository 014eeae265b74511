import { isPlainPress, isWriting } from './keys.ts';
import { recallWishes } from './reader.ts';

/** The page tells by these events on the document that it is paused, and that one goes on. */
export const pauseEvents = { paused: 'paused', resumed: 'resumed' } as const;

/** Opens the pause as a dialog from its link and by the key P; without scripts the link is a page. */
export function livePause(): void {
	const dialog = document.querySelector<HTMLDialogElement>('dialog[data-pause]');
	const link = document.querySelector<HTMLAnchorElement>('a[data-pause]');
	if (!dialog || !link) return;

	const open = (): void => {
		if (dialog.open) return;
		dialog.showModal();
		dialog.querySelector<HTMLElement>('h2')?.focus();
		document.dispatchEvent(new Event(pauseEvents.paused));
	};
	dialog.addEventListener('close', () => document.dispatchEvent(new Event(pauseEvents.resumed)));
	link.addEventListener('click', (event) => {
		if (!isPlainPress(event)) return;
		event.preventDefault();
		open();
	});
	addEventListener('keydown', (event) => {
		if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
		if (event.key.toLowerCase() !== 'p' || isWriting(event.target)) return;
		if (recallWishes().hasKeys) open();
	});
}
