/** What of a person's own waits in the tab stands under keys that begin so. */
export const unsentPrefix = 'unsent:';

/** Asks before somebody signs out while choices of theirs still wait here, and then takes them away. */
export function liveSignOut(): void {
	const form = document.querySelector<HTMLFormElement>('form[data-ask-unsent]');
	form?.addEventListener('submit', (event) => {
		const waiting = listUnsent();
		if (waiting.length === 0) return;
		if (confirm(form.dataset['askUnsent']))
			for (const key of waiting) sessionStorage.removeItem(key);
		else event.preventDefault();
	});
}

function listUnsent(): string[] {
	try {
		return Object.keys(sessionStorage).filter((key) => key.startsWith(unsentPrefix));
	} catch {
		return [];
	}
}
