import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** The customary address of an accessibility statement at Danish public bodies. */
export const load: PageServerLoad = () => redirect(303, '/accessibility');
