/** Brings a scenario to life on the page that shows it. */
import Player from '#lib/scenario/ui/Player.svelte';
import { overwriteGetLocale } from '#lib/ui/messages/runtime.js';
import { wakeIsland } from '#lib/ui/wake-island.ts';

// The server has chosen the language of the page; the page says which.
overwriteGetLocale(() => (document.documentElement.lang === 'en' ? 'en' : 'da'));

wakeIsland('exercise', Player);
