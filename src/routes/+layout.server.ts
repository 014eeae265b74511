import { canAnywhere } from '#lib/access/rights.ts';
import type { LayoutServerLoad } from './$types';

/** Pages are HTML; what comes alive on them are small scripts and islands of our own. */
export const csr = false;

/** What every page shows of who is signed in. It opens nothing: each page asks for its own right. */
export const load: LayoutServerLoad = ({ locals: { actor, locale, app } }) => ({
	locale,
	demonstration: app.demonstration,
	person: actor && { name: actor.name, leads: canAnywhere(actor, 'team.read') }
});
