/** Brings the ways through a story in review to life. */
import ReviewTour from '#lib/authoring/ui/ReviewTour.svelte';
import { overwriteGetLocale } from '#lib/ui/messages/runtime.js';
import { wakeIsland } from '#lib/ui/wake-island.ts';

// The server has chosen the language of the page; the page says which.
overwriteGetLocale(() => (document.documentElement.lang === 'en' ? 'en' : 'da'));

wakeIsland('tour', ReviewTour);
