/** What of a person's own waits in the tab, or on the device, stands under keys that begin so. */
export const unsentPrefix = 'unsent:';

/** The database of the browser that holds what is too large for that. */
export const unsentDatabase = 'unsent';

/** Asks before somebody signs out while choices of theirs still wait here, and then takes them away. */
export function liveSignOut(): void {
	const form = document.querySelector<HTMLFormElement>('form[data-ask-unsent]');
	form?.addEventListener('submit', (event) => {
		const isWaiting = listUnsent().length > 0;
		if (!isWaiting || confirm(form.dataset['askUnsent'])) forgetUnsent();
		else event.preventDefault();
	});
}

/** Takes away what of a person's own is on the device. */
export function forgetUnsent(): void {
	for (const { shelf, key } of listUnsent()) shelf.removeItem(key);
	try {
		indexedDB.deleteDatabase(unsentDatabase);
	} catch {
		// Then nothing was kept there either.
	}
}

function listUnsent(): { shelf: Storage; key: string }[] {
	try {
		return [sessionStorage, localStorage].flatMap((shelf) =>
			Object.keys(shelf)
				.filter((key) => key.startsWith(unsentPrefix))
				.map((key) => ({ shelf, key }))
		);
	} catch {
		return [];
	}
}
