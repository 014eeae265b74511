/**
 * From one step to the next, focus goes to the heading: who steers by keyboard or listens does not
 * begin at the top of the page again. Not where one comes from elsewhere, or to a place in the page.
 */
export function liveArrival(): void {
	const isOnward = document.referrer.startsWith(`${location.origin}/`);
	if (!isOnward || location.hash || performance.getEntriesByType('navigation').some(isReload))
		return;
	document.querySelector<HTMLElement>('main[data-arrive] h1')?.focus({ preventScroll: true });
}

function isReload(entry: PerformanceEntry): boolean {
	return entry instanceof PerformanceNavigationTiming && entry.type !== 'navigate';
}
