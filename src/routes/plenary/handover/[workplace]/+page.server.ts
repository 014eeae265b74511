import { readAgreements } from '#lib/plenary/agreements.server.ts';
import { listHouses } from '#lib/plenary/company.server.ts';
import { listSessions } from '#lib/plenary/sessions.server.ts';
import { addMonths, dayOf, writeDay } from '#lib/time.ts';
import { answer, signedIn } from '../../../respond.ts';
import { describeSession } from '../../describe.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { workplace, standing, contacts } = await readAgreements(
			app,
			actor,
			event.params.workplace
		);
		const own = (await listSessions(app, actor)).filter((one) => one.workplace === workplace.id);
		const today = dayOf(app.now());
		const house = (await listHouses(app, actor)).find(({ id }) => id === workplace.id);
		return {
			workplace,
			today: writeDay(today, locale),
			agreements: standing.map(({ body, owner, due }) => ({
				body,
				owner,
				due: due && writeDay(due, locale)
			})),
			contacts,
			ahead: own
				.filter(({ state }) => state === 'planned' || state === 'open')
				.map((session) => describeSession(session, locale)),
			held: own
				.filter(({ state, heldOn }) => state === 'ended' && (heldOn ?? '') >= addMonths(today, -12))
				.map((session) => describeSession(session, locale)),
			supervision: house?.supervisionOn ? writeDay(house.supervisionOn, locale) : null,
			followUp: house?.followUpOn ? writeDay(house.followUpOn, locale) : null
		};
	});
