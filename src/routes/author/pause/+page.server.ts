import { ownPath, signedIn } from '../../respond.ts';
import type { PageServerLoad } from './$types';

/** The pause as a page, for a browser without JavaScript. */
export const load: PageServerLoad = (event) => {
	signedIn(event);
	return { back: ownPath(event.url.searchParams.get('back'), '/author') };
};
