/** The page tells by this event on the document that it is being left. */
export const leaving = 'leaving';

const escapesToLeave = 3;
const escapesWithin = 3_000;

/** Leaves at once, by each link that is for leaving and by Escape pressed three times. */
export function liveLeave(): void {
	const links = document.querySelectorAll<HTMLAnchorElement>('a[data-leave]');
	const address = links[0]?.href;
	if (address === undefined) return;
	for (const link of links) {
		link.addEventListener('click', (event) => {
			event.preventDefault();
			leaveFor(link.href);
		});
	}
	let escapes: number[] = [];
	addEventListener('keydown', ({ key, repeat, timeStamp }) => {
		if (repeat) return;
		if (key !== 'Escape') {
			escapes = [];
			return;
		}
		escapes = [...escapes.filter((earlier) => timeStamp - earlier < escapesWithin), timeStamp];
		if (escapes.length >= escapesToLeave) leaveFor(address);
	});
}

function leaveFor(address: string): void {
	// Nothing of the page stays to be seen while the next one is fetched.
	document.documentElement.hidden = true;
	document.dispatchEvent(new Event(leaving));
	location.replace(address);
}
