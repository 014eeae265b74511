/** Whether somebody is writing there, so that a letter is a letter. */
export function isWriting(target: EventTarget | null): boolean {
	return target instanceof Element && target.closest('input, textarea, select') !== null;
}

/** Whether a link was pressed to follow it here, and not in another tab or window. */
export function isPlainPress(event: MouseEvent): boolean {
	return !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0;
}
