import { canAnywhere } from '#lib/access/rights.ts';
import { isSharedTablet } from '../shared-tablet.ts';
import type { LayoutServerLoad } from './$types';

/** Pages are HTML; what comes alive on them are small scripts and islands of our own. */
export const csr = false;

/** What every page shows of who is signed in. It opens nothing: each page asks for its own right. */
export const load: LayoutServerLoad = ({
	locals: { actor, locale, app, sessionFacts, shouldSetUp },
	cookies
}) => ({
	locale,
	demonstration: app.demonstration,
	isSharedTablet: isSharedTablet(cookies),
	/** After how many minutes without a touch a shared tablet signs out; null elsewhere. */
	quietMinutes: sessionFacts?.isShared ? sessionFacts.idleMinutes : null,
	/** True for who is asked to set up a second factor, and may put it off till a day. */
	shouldSetUp: shouldSetUp ?? false,
	person: actor && {
		name: actor.name,
		leads: canAnywhere(actor, 'team.read'),
		facilitates: canAnywhere(actor, 'plenary.lead'),
		writes: canAnywhere(actor, 'scenarios.write'),
		administers: canAnywhere(actor, 'people.manage')
	}
});
