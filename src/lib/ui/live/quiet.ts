import { leaving } from './leave.ts';
import { forgetUnsent } from './sign-out.ts';

const lastKey = 'quiet:last';
const minute = 60_000;

/**
 * On a shared tablet: after `data-quiet-minutes` without a touch somebody is signed out, and asked a
 * minute before. The server ends the session by itself as well; what is touched here without a request
 * is told to it, so that nobody is signed out while reading. What one tab sees counts for all.
 */
export function liveQuiet(): void {
	const dialog = document.querySelector<HTMLDialogElement>('dialog[data-quiet]');
	const form = dialog?.querySelector<HTMLFormElement>('form[action^="/sign-out"]');
	if (!dialog || !form) return;
	const quiet = Number(dialog.dataset['quietMinutes']) * minute;

	let told = Date.now();
	touch();
	for (const kind of ['pointerdown', 'keydown', 'scroll', 'input'])
		addEventListener(kind, () => !dialog.open && touch(), { passive: true, capture: true });
	dialog.addEventListener('close', stay);
	document.addEventListener(leaving, () => {
		forget();
		navigator.sendBeacon('/sign-out', new URLSearchParams());
	});
	document.addEventListener('visibilitychange', look);
	addEventListener('pageshow', look);
	setInterval(look, 1000);

	function stay(): void {
		touch();
		void tell();
	}

	function look(): void {
		const last = lastTouch();
		const since = Date.now() - last;
		if (since >= quiet) return signOut();
		if (since >= quiet - minute) return void (dialog?.open || dialog?.showModal());
		// Another tab was touched.
		if (dialog?.open) dialog.close();
		if (last > told && Date.now() - told >= quiet / 3) void tell();
	}

	/** Puts the end of the session off; where it has ended already, nothing of it stays to be seen. */
	async function tell(): Promise<void> {
		told = Date.now();
		const response = await fetch('/sign-in/here', { method: 'POST' }).catch(() => null);
		if (response?.status === 401) signOut();
	}

	function signOut(): void {
		document.documentElement.hidden = true;
		forget();
		form?.submit();
	}
}

function touch(): void {
	try {
		localStorage.setItem(lastKey, String(Date.now()));
	} catch {
		// Without a memory the tab keeps its own time.
		fallback = Date.now();
	}
}

let fallback = Date.now();

function lastTouch(): number {
	try {
		return Number(localStorage.getItem(lastKey) ?? fallback);
	} catch {
		return fallback;
	}
}

/** Unsent choices and reader's wishes are somebody's own, and go with them. */
function forget(): void {
	forgetUnsent();
	try {
		sessionStorage.clear();
		localStorage.clear();
	} catch {
		// Then there was no memory.
	}
}
