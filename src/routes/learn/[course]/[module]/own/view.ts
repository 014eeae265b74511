import type { Html } from '#lib/content/html.ts';
import type { ScenarioView } from '../view.ts';

/** How the landing is named in addresses and forms. */
export const landing = 'landing';

/** What the page of a refresher that was made for one person shows. */
export interface OwnRefresherView {
	course: { slug: string; title: string };
	/** The refresher module, with its first step, where the standard one begins. */
	module: { slug: string; title: string; first: string };
	/** The encounters, then the landing. */
	steps: { key: string; behind: boolean }[];
	/** Index of the step that is shown. */
	current: number;
	isPaused: boolean;
	/** The encounter that is shown; null at the landing. */
	encounter: ScenarioView | null;
	/** One thing to use today, at the landing. */
	today: Html | null;
}
