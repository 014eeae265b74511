/** Plays the story of the page it stands in, without a server. Built into each exported page. */
import { mount } from 'svelte';
import '#lib/ui/base.css';
import { livePrint } from '#lib/ui/live/print.ts';
import { liveReadAloud } from '#lib/ui/live/read-aloud.ts';
import { recallWishes, showWishes } from '#lib/ui/live/reader.ts';
import type { StoryData } from '../html-export.ts';
import StoryPage from './StoryPage.svelte';

const target = document.getElementById('story');
const data = document.getElementById('story-data')?.textContent;
if (target && data) {
	showWishes(recallWishes());
	liveReadAloud();
	livePrint();
	// Written by the page's own export, with these fields.
	mount(StoryPage, { target, props: { story: JSON.parse(data) as StoryData } });
	// Styles show what only works with scripts by this.
	document.documentElement.dataset['live'] = '';
}
