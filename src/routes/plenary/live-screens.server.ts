import { render } from 'svelte/server';
import type { App } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';
import type { Room } from '#lib/plenary/rooms.server.ts';
import { showControl, showPhone, showWall } from '#lib/plenary/screens.server.ts';
import ControlView from '#lib/plenary/ui/ControlView.svelte';
import EndedView from '#lib/plenary/ui/EndedView.svelte';
import PhoneView from '#lib/plenary/ui/PhoneView.svelte';
import WallView from '#lib/plenary/ui/WallView.svelte';
import type { LiveEvent } from '#lib/server/live/stream.server.ts';
import { inLocale } from '../../request-locale.ts';

/** A screen as HTML, as its page shows it; the page puts it in place of what stood there. */
type Shown = Promise<LiveEvent>;

/** What phones are sent, by the room as it stands: a whole room is sent the same, drawn once. */
const drawn = new WeakMap<Room, Map<Locale, Shown>>();

/** The phones' screen of a room, drawn once for each language. */
export function drawPhone(app: App, room: Room, locale: Locale): Shown {
	let all = drawn.get(room);
	if (!all) drawn.set(room, (all = new Map()));
	let shown = all.get(locale);
	if (!shown) {
		shown = showPhone(app, room, locale).then((screen) =>
			tell(room.n, locale, () => render(PhoneView, { props: { screen }, idPrefix }).body)
		);
		all.set(locale, shown);
	}
	return shown;
}

/** The wall of a room as it stands now, with what only counts. */
export async function drawWall(app: App, room: Room, locale: Locale): Shown {
	const screen = await showWall(app, room, locale);
	return tell(room.n, locale, () => render(WallView, { props: { screen }, idPrefix }).body);
}

/** The control of a room as it stands now. */
export async function drawControl(
	app: App,
	room: Room,
	locale: Locale,
	{ mayLead, at }: { mayLead: boolean; at: string }
): Shown {
	const screen = await showControl(app, room, locale, { mayLead });
	return tell(room.n, locale, () => render(ControlView, { props: { screen, at }, idPrefix }).body);
}

/** What is sent once the session is over, after which there is nothing more. */
export function drawEnded(
	locale: Locale,
	surface: 'phone' | 'wall' | 'control',
	at = ''
): LiveEvent {
	return tell(
		Number.MAX_SAFE_INTEGER,
		locale,
		() => render(EndedView, { props: { surface, at }, idPrefix }).body
	);
}

/** Ids of what is drawn here are told from those of the page that it is put into. */
const idPrefix = 'room';

function tell(n: number, locale: Locale, draw: () => string): LiveEvent {
	return { n, kind: 'view', data: { html: inLocale(locale, draw) } };
}
