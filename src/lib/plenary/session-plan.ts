/** What a house comes together for. */
export const sessionKinds = ['theme-day', 'exercise', 'sparring', 'follow-up'] as const;

export type SessionKind = (typeof sessionKinds)[number];

/** Where a session stands. It opens and ends in the room. */
export type SessionState = 'planned' | 'open' | 'ended' | 'cancelled';

/** How somebody helps with a session that another leads. */
export const helperRoles = ['co-facilitator', 'observer'] as const;

export type HelperRole = (typeof helperRoles)[number];

/** A point of a run sheet, in the planner's language. */
export interface RunPoint {
	minutes: number;
	heading: string;
	/** What to say, to be read aloud as it stands; empty where nothing is said. */
	words: string;
}

/** What a session is to be, as its planner writes it. */
export interface SessionDraft {
	kind: SessionKind;
	title: string;
	/** The house whose session it is. */
	workplace: string;
	/** Other houses that are asked along. */
	others: readonly string[];
	/** Slug of the scenario that is played; null where none is. */
	scenario: string | null;
	/** `course/module` of each module that counts for those present. */
	modules: readonly string[];
	runSheet: readonly RunPoint[];
	startsAt: Date;
	minutes: number;
	place: string;
	locale: 'da' | 'en';
	/** The session that this one follows up; null for none. */
	follows: string | null;
	helpers: readonly { person: string; role: HelperRole }[];
}

/** Bounds of what a planner writes. */
export const planBounds = {
	minutes: { least: 10, most: 600 },
	points: 40,
	pointMinutes: 240,
	heading: 200,
	words: 2000,
	title: 120,
	place: 120,
	others: 8,
	helpers: 8,
	modules: 20
} as const;

/** Why a plan cannot stand as it was written. */
export type PlanFault =
	'title' | 'place' | 'time' | 'minutes' | 'run-sheet' | 'scenario' | 'modules' | 'helpers';

/** The first thing about a plan that cannot be, apart from what only the stores know; null for nothing. */
export function judgeDraft(draft: SessionDraft, now: Date): PlanFault | null {
	const { title, place, startsAt, minutes, runSheet, modules, helpers, others } = draft;
	if (title.trim() === '' || title.length > planBounds.title) return 'title';
	if (place.length > planBounds.place) return 'place';
	if (!isNear(startsAt, now)) return 'time';
	if (!isWithin(minutes, planBounds.minutes.least, planBounds.minutes.most)) return 'minutes';
	if (runSheet.length === 0 || runSheet.length > planBounds.points) return 'run-sheet';
	if (!runSheet.every(isPoint)) return 'run-sheet';
	if (modules.length > planBounds.modules) return 'modules';
	if (helpers.length > planBounds.helpers || others.length > planBounds.others) return 'helpers';
	return null;
}

const day = 24 * 60 * 60_000;

/** From yesterday to three years ahead: anything else is a slip of the hand. */
function isNear(moment: Date, now: Date): boolean {
	const ahead = moment.getTime() - now.getTime();
	return ahead >= -day && ahead <= 3 * 366 * day;
}

function isPoint({ minutes, heading, words }: RunPoint): boolean {
	return (
		isWithin(minutes, 0, planBounds.pointMinutes) &&
		heading.trim() !== '' &&
		heading.length <= planBounds.heading &&
		words.length <= planBounds.words
	);
}

function isWithin(value: number, least: number, most: number): boolean {
	return Number.isInteger(value) && value >= least && value <= most;
}

/** How long the points of a run sheet take together, in minutes. */
export function addUp(runSheet: readonly RunPoint[]): number {
	return runSheet.reduce((sum, { minutes }) => sum + minutes, 0);
}
