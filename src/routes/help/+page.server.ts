import { dayOf } from '#lib/time.ts';
import { listHelp } from './listing.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { app, locale } }) => ({
	help: listHelp(app.library.catalogue.contacts, locale, dayOf(app.now()))
});
