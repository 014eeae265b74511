import { readOwnHouse } from '#lib/plenary/agreements.server.ts';
import { listHouse } from '#lib/plenary/attendance.server.ts';
import { findRecipe } from '#lib/plenary/recipes.ts';
import { findSheets } from '#lib/plenary/sheets.ts';
import { addNames, findLedSession } from '#lib/plenary/sessions.server.ts';
import { layOut, writeTime } from '#lib/plenary/when.ts';
import { answer, signedIn } from '../../../../respond.ts';
import { describeSession } from '../../../describe.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const session = await findLedSession(app, actor, event.params.session);
		const { house, facilitatorName, helpers } = await addNames(app.db.read, session);
		const isOfHouse = session.own === 'facilitator' || session.own === 'key-staff';
		const played = session.scenario === null ? undefined : app.library.scenario(session.scenario);
		return {
			session: describeSession(session, session.locale),
			language: session.locale,
			house: house.name,
			leads: [facilitatorName ?? '', ...helpers.map(({ name }) => name)].filter(Boolean),
			note: played?.scenario.contentNote[session.locale] ?? null,
			runSheet: layOut(session.runSheet).map(({ from, minutes, heading, words }) => ({
				at: writeTime(new Date(session.startsAt.getTime() + from * 60_000), locale),
				minutes,
				heading,
				words
			})),
			sheets: findSheets(app.library.catalogue, findRecipe(session.kind).sheets, session.locale),
			/** Only who works with these people has a list of them; others write their names themselves. */
			names: isOfHouse
				? (await listHouse(app.db.read, session.workplace)).map(({ name }) => name)
				: [],
			own: await readOwnHouse(app.db.read, house)
		};
	});
