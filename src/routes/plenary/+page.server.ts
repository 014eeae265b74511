import { listHouses } from '#lib/plenary/company.server.ts';
import { listSessions } from '#lib/plenary/sessions.server.ts';
import { addMonths, dayOf, writeDay } from '#lib/time.ts';
import { answer, signedIn } from '../respond.ts';
import { describeSession } from './describe.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const sessions = await listSessions(app, actor);
		const houses = await listHouses(app, actor);
		const names = new Map(houses.map(({ id, name }) => [id, name]));
		const today = dayOf(app.now());
		const since = addMonths(today, -12);
		const describe = (some: typeof sessions) =>
			some.map((session) => ({
				...describeSession(session, locale),
				house: names.get(session.workplace) ?? null
			}));
		const isAhead = ({ state, startsAt }: (typeof sessions)[number]) =>
			state === 'open' || (state === 'planned' && dayOf(startsAt) >= today);
		return {
			ahead: describe(sessions.filter(isAhead)),
			/** Planned for a day that has passed, and not noted as held. */
			open: describe(
				sessions.filter(({ state, startsAt }) => state === 'planned' && dayOf(startsAt) < today)
			),
			held: describe(
				sessions
					.filter(({ state, heldOn }) => state === 'ended' && (heldOn ?? '') >= since)
					.toReversed()
			),
			cancelled: describe(
				sessions.filter(({ state, startsAt }) => state === 'cancelled' && dayOf(startsAt) >= today)
			),
			houses: houses.map(({ id, name, supervisionOn, followUpOn }) => ({
				id,
				name,
				supervision: supervisionOn && writeDay(supervisionOn, locale),
				followUp: followUpOn && writeDay(followUpOn, locale)
			}))
		};
	});
