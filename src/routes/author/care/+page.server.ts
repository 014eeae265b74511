import { signedIn } from '../../respond.ts';
import type { PageServerLoad } from './$types';

/** What a story is, for whoever may be asked to write one. */
export const load: PageServerLoad = (event) => {
	signedIn(event);
};
