import { overwriteGetLocale } from '#lib/ui/messages/runtime.js';

// The server has chosen the language of the page; the page says which.
overwriteGetLocale(() => (document.documentElement.lang === 'en' ? 'en' : 'da'));
