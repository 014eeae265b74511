import type { App } from '#lib/app.ts';
import { localise, type Locale } from '#lib/content/localised.ts';
import { drawQr } from '#lib/identity/qr.server.ts';
import { countAnswers, countSeats, listSuggestions, rankSuggestions } from './ballot.server.ts';
import type { Room } from './rooms.server.ts';
import type { ControlScreen, PhoneScreen, WallScreen } from './screens.ts';
import { advance, stageOf, type SessionState } from './session.ts';
import { minutesOf, noteChoices, viewRoom } from './view.ts';

/** What every phone in the room shows now. */
export function showPhone(app: App, room: Room, locale: Locale): Promise<PhoneScreen> {
	return show(app, room, room.state, locale);
}

async function show(
	app: App,
	{ session, story, state }: Room,
	shown: SessionState,
	locale: Locale
): Promise<PhoneScreen> {
	const underPause = shown === state ? undefined : shown;
	const view = viewRoom(state, story, locale, { underPause });
	const theme = app.library.catalogue.themes.find(
		({ slug }) => slug === view.scene?.telling?.theme
	);
	const list = view.stage === 'here' ? await listSuggestions(app.db.read, session.id) : [];
	return {
		title: session.title,
		language: session.locale,
		view,
		scenario: story?.presented[locale] ?? null,
		theme: theme && localise(theme, locale),
		heading: view.stage === 'talk' ? session.runSheet[view.point]?.heading : undefined,
		suggestions: list.filter(({ hidden }) => !hidden).map(({ id, body }) => ({ id, body }))
	};
}

/** What stands on the wall now. */
export async function showWall(app: App, room: Room, locale: Locale): Promise<WallScreen> {
	return { ...(await show(app, room, room.state, locale)), ...(await addWall(app, room)) };
}

async function addWall(app: App, { session, state }: Room) {
	const { read } = app.db;
	const code = session.code ?? '';
	return {
		code,
		address: `${app.origin.replace(/^https?:\/\//, '')}/join`,
		qr: drawQr(`${app.origin}/join/${code}`),
		seats: await countSeats(read, session.id),
		answered: await countAnswers(read, session.id, state.context.round)
	};
}

/** What who leads, or watches, sees now. Under a pause it is what was there before. */
export async function showControl(
	app: App,
	room: Room,
	locale: Locale,
	{ mayLead }: { mayLead: boolean }
): Promise<ControlScreen> {
	const { session, story, state, plan } = room;
	const isPaused = stageOf(state) === 'paused';
	const shown = isPaused ? advance(plan, state, { type: 'resume' }) : state;
	const phone = await show(app, room, shown, locale);
	const isHere = phone.view.stage === 'here';
	const { suggestions, isRanked } = isHere
		? await rankSuggestions(app.db.read, session.id)
		: { suggestions: [], isRanked: false };
	let from = session.startsAt.getTime();
	return {
		...phone,
		...(await addWall(app, room)),
		isPaused,
		mayLead,
		isRehearsal: session.rehearsal,
		notes: noteChoices(shown, story, locale),
		minutes: minutesOf(shown, story),
		runSheet: session.runSheet.map((point) => {
			const begins = new Date(from);
			from += point.minutes * 60_000;
			return { ...point, from: begins };
		}),
		ranked: suggestions,
		isRanked,
		kept: state.context.kept
	};
}
