/** Brings the comments of a draft to life on the page of its review. */
import Comments from '#lib/authoring/ui/Comments.svelte';
import { overwriteGetLocale } from '#lib/ui/messages/runtime.js';
import { wakeIsland } from '#lib/ui/wake-island.ts';

// The server has chosen the language of the page; the page says which.
overwriteGetLocale(() => (document.documentElement.lang === 'en' ? 'en' : 'da'));

wakeIsland('comments', Comments);
