/** Brings the editor of a draft to life. */
import Editor from '#lib/authoring/ui/Editor.svelte';
import { openDraft } from '#lib/authoring/ui/open-draft.svelte.ts';
import { overwriteGetLocale } from '#lib/ui/messages/runtime.js';
import { wakeIsland } from '#lib/ui/wake-island.ts';

// The server has chosen the language of the page; the page says which.
overwriteGetLocale(() => (document.documentElement.lang === 'en' ? 'en' : 'da'));

wakeIsland('editor', Editor, { open: openDraft });
