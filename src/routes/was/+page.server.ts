import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/**
 * The customary address of an accessibility statement at Danish public bodies: leads to that of the
 * installation at the authority, where it has one, else to what the platform says itself.
 */
export const load: PageServerLoad = ({ locals: { app } }) =>
	redirect(303, app.contact?.statement ?? '/accessibility');
