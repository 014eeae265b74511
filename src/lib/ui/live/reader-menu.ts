import { keepWishes, recallWishes } from './reader.ts';

/** Lets the reader's menu show what is wished on this device, and change it. */
export function liveReaderMenus(): void {
	for (const menu of document.querySelectorAll<HTMLElement>('[data-reader-menu]')) {
		const controls = menu.querySelectorAll<HTMLInputElement>('input');
		const wishes = recallWishes();
		for (const control of controls) {
			if (control.dataset['reader'] === 'size')
				control.checked = Number(control.value) === wishes.size;
			if (control.dataset['reader'] === 'spaced') control.checked = wishes.isSpaced;
			if (control.dataset['reader'] === 'keys') control.checked = wishes.hasKeys;
		}
		menu.addEventListener('change', ({ target }) => {
			if (!(target instanceof HTMLInputElement)) return;
			const now = recallWishes();
			if (target.dataset['reader'] === 'size') keepWishes({ ...now, size: Number(target.value) });
			if (target.dataset['reader'] === 'spaced') keepWishes({ ...now, isSpaced: target.checked });
			if (target.dataset['reader'] === 'keys') keepWishes({ ...now, hasKeys: target.checked });
		});
	}
}
