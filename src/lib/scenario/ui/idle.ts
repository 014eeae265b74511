/**
 * Does pieces of work in order, each while the browser has nothing else to do, the first one after the
 * coming frame has been painted. Returns how to leave the rest undone.
 */
export function workWhileIdle(works: readonly (() => void)[]): () => void {
	const left = [...works];
	const go = (): void => {
		left.shift()?.();
		if (left.length > 0) whenIdle(go);
	};
	const frame = requestAnimationFrame(() => setTimeout(go));
	return () => {
		cancelAnimationFrame(frame);
		left.length = 0;
	};
}

/** Safari does not tell when it is idle; a moment of rest comes near to it. */
function whenIdle(work: () => void): void {
	if ('requestIdleCallback' in globalThis) requestIdleCallback(work);
	else setTimeout(work, 50);
}

/** Does something once the coming frame has been painted, and in any case before the page is left. */
export function afterPaint(work: () => void): void {
	let isDone = false;
	const once = (): void => {
		if (isDone) return;
		isDone = true;
		removeEventListener('pagehide', once);
		work();
	};
	addEventListener('pagehide', once);
	requestAnimationFrame(() => setTimeout(once));
	// A tab that is not seen paints nothing.
	setTimeout(once, 300);
}
