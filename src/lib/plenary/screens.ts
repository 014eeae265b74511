import type { Locale } from '#lib/content/localised.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import type { RunPoint } from './session-plan.ts';
import type { ChoiceNote, RoomView } from './view.ts';

/** What a phone shows: the same for every phone in the room. */
export interface PhoneScreen {
	/** The session's title. */
	title: string;
	/** The language in which the house writes: its plan, and what comes from the room. */
	language: Locale;
	view: RoomView;
	/** Null where no story is played. */
	scenario: Scenario<string> | null;
	/** The name of the theme of a flagged scene that comes next. */
	theme: string | undefined;
	/** What stands over the present point of the run sheet. */
	heading: string | undefined;
	/** Those that stand on the wall. */
	suggestions: readonly { id: string; body: string }[];
}

/** What stands on the wall. */
export interface WallScreen extends PhoneScreen {
	code: string;
	/** Where phones go, without `https://`. */
	address: string;
	qr: { size: number; path: string };
	/** How many phones are in the room. */
	seats: number;
	/** How many have answered in the present round. */
	answered: number;
}

/** What who leads sees beside it. */
export interface ControlScreen extends WallScreen {
	isPaused: boolean;
	/** False for an observer. */
	mayLead: boolean;
	isRehearsal: boolean;
	notes: readonly ChoiceNote[];
	/** Minutes that the file gives the talk here. */
	minutes: number | undefined;
	runSheet: readonly (RunPoint & { from: Date })[];
	ranked: readonly { id: string; body: string; hidden: boolean }[];
	/** Whether their order tells what is backed. */
	isRanked: boolean;
	kept: readonly string[];
}
