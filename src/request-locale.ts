import { AsyncLocalStorage } from 'node:async_hooks';
import type { Locale } from '#lib/content/localised.ts';
import { overwriteGetLocale } from '#lib/ui/messages/runtime.js';

const locales = new AsyncLocalStorage<Locale>();
overwriteGetLocale(() => locales.getStore() ?? 'da');

/** Does something in a language: what is written within it is written in that one. */
export function inLocale<T>(locale: Locale, work: () => T): T {
	return locales.run(locale, work);
}
