import { organisations, people } from '#lib/identity/tables.server.ts';
import {
	boolean,
	day,
	index,
	integer,
	json,
	primaryKey,
	table,
	text
} from '#lib/server/db/dialect.ts';
import { workplaces } from '#lib/workplaces/tables.server.ts';

const person = () =>
	text()
		.notNull()
		.references(() => people.id, { onDelete: 'cascade' });

/** Null once that person is gone. */
const whoever = () => text().references(() => people.id, { onDelete: 'set null' });

const workplace = () =>
	text()
		.notNull()
		.references(() => workplaces.id, { onDelete: 'cascade' });

/**
 * That a person has finished a module: never how, which scenario, or whether it was played, read or
 * skipped. The finest time is a day.
 */
export const moduleCompletions = table(
	'module_completions',
	{
		person: person(),
		course: text().notNull(),
		module: text().notNull(),
		/** 1 the first time, 2 when the course is taken again for the first time, and so on. */
		cycle: integer().notNull(),
		/** Hash of the course as it was. */
		version: text().notNull(),
		day: day().notNull(),
		/** `learned`, `attended` or `credited`. */
		source: text().notNull()
	},
	(t) => [primaryKey({ columns: [t.person, t.course, t.module, t.cycle] })]
);

/**
 * That a person has finished what a course asks of them in a cycle, and on which day the last of it:
 * every module, or its refresher. Renewing adds a row and takes none away.
 */
export const courseCompletions = table(
	'course_completions',
	{
		person: person(),
		course: text().notNull(),
		cycle: integer().notNull(),
		version: text().notNull(),
		day: day().notNull(),
		source: text().notNull(),
		/** `course` or `refresher`. */
		by: text().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.person, t.course, t.cycle] }),
		index('course_completions_course').on(t.course, t.day)
	]
);

/**
 * That a person is about to finish a module, written before the private side is and gone with the
 * completion: where a machine stops in between, this tells what is still to be recorded.
 */
export const unrecorded = table(
	'unrecorded',
	{ person: person(), course: text().notNull(), module: text().notNull() },
	(t) => [primaryKey({ columns: [t.person, t.course, t.module] })]
);

/** Who is asked to take a course: everybody of a role at a workplace and below it. */
export const assignmentRules = table(
	'assignment_rules',
	{
		id: text().primaryKey(),
		organisation: text()
			.notNull()
			.references(() => organisations.id),
		workplace: workplace(),
		/** `staff` is everybody who works there. */
		role: text().notNull(),
		course: text().notNull(),
		/** Days from being asked to the due date. */
		dueDays: integer().notNull(),
		/** Days after the due date in which nothing is called late yet. */
		graceDays: integer().notNull(),
		/** By what the course is renewed: `refresher`, `course`, or null for never. */
		renewBy: text(),
		/** Months from completion to renewal; null where it goes by the calendar. */
		renewMonths: integer(),
		/** First and last day of the yearly window of renewal, `MM-DD`; null where it goes by months. */
		windowFrom: text(),
		windowUntil: text(),
		madeOn: day().notNull(),
		madeBy: whoever(),
		/** The day from which nobody is asked by it any more; null while it holds. */
		endedOn: day()
	},
	(t) => [
		index('assignment_rules_workplace').on(t.workplace),
		index('assignment_rules_made_by').on(t.madeBy),
		index('assignment_rules_organisation').on(t.organisation)
	]
);

/**
 * That a person is asked to take a course, or has chosen to, in one cycle of it. What the rule said is
 * frozen here on the day: a rule that changes later changes only what is made after it.
 */
export const assignments = table(
	'assignments',
	{
		id: text().primaryKey(),
		person: person(),
		course: text().notNull(),
		cycle: integer().notNull(),
		/** Null for what one has chosen oneself. */
		rule: text().references(() => assignmentRules.id, { onDelete: 'set null' }),
		/** `rule` or `choice`. */
		origin: text().notNull(),
		/** What finishes this cycle: `course` or `refresher`. */
		by: text().notNull(),
		assignedOn: day().notNull(),
		/** Null for what one has chosen oneself. */
		dueOn: day(),
		dueDays: integer(),
		graceDays: integer().notNull(),
		renewBy: text(),
		renewMonths: integer(),
		windowFrom: text(),
		windowUntil: text(),
		/** The day on which it was no longer asked; null while it is, and for what was completed. */
		endedOn: day()
	},
	(t) => [
		index('assignments_rule').on(t.rule),
		index('assignments_person').on(t.person, t.course, t.cycle)
	]
);

/** That somebody need not take a course, for a reason of a fixed list. */
export const waivers = table(
	'waivers',
	{
		id: text().primaryKey(),
		person: person(),
		course: text().notNull(),
		/** `external-consultant`, `short-stay` or `trained-elsewhere`. */
		reason: text().notNull(),
		fromDay: day().notNull(),
		/** The last day; null while it is not known. */
		untilDay: day(),
		madeBy: whoever(),
		madeOn: day().notNull()
	},
	(t) => [index('waivers_made_by').on(t.madeBy), index('waivers_person').on(t.person)]
);

/** Earlier training that counts as a course. No file and no free text: what it was is a fixed list. */
export const credits = table(
	'credits',
	{
		id: text().primaryKey(),
		person: person(),
		course: text().notNull(),
		cycle: integer().notNull(),
		/** A kind of organiser of `credit.ts`. */
		organiser: text().notNull(),
		/** When the training was. */
		day: day().notNull(),
		madeBy: whoever(),
		madeOn: day().notNull()
	},
	(t) => [index('credits_made_by').on(t.madeBy), index('credits_person').on(t.person)]
);

/**
 * Where a person stands in a course: kept from events and the clock by `settle.server.ts`, and worth
 * nothing by itself.
 */
export const standings = table(
	'standings',
	{
		person: person(),
		course: text().notNull(),
		/** One of `state.ts`. */
		state: text().notNull(),
		/** Whether a completion counts today, whatever the state. */
		isValid: boolean().notNull(),
		/** Whether a rule asks for it. */
		isAsked: boolean().notNull(),
		/** The cycle the person is in. */
		cycle: integer().notNull(),
		/** What finishes that cycle, or has finished it. */
		by: text().notNull(),
		/** In which cycle what is done in the modules now counts. */
		courseCycle: integer().notNull(),
		/** The same of the refresher. */
		refresherCycle: integer().notNull(),
		/** The latest completion. */
		completedOn: day(),
		/** When what is open is due, days away allowed for; null where nothing is open or it has no date. */
		dueOn: day(),
		/** The first day on which what is done is to be renewed; null while something is open. */
		renewsOn: day(),
		/** Of the modules that the cycle asks for. */
		modulesCompleted: integer().notNull(),
		/** The next day on which any of this changes by the clock alone; null where none does. */
		nextOn: day()
	},
	(t) => [
		primaryKey({ columns: [t.person, t.course] }),
		index('standings_next').on(t.nextOn),
		index('standings_due').on(t.dueOn)
	]
);

/** Where a person is counted, as `tallies` has them: a workplace they work at, by each role there. */
export const counted = table(
	'counted',
	{
		person: person(),
		workplace: workplace(),
		/** `staff` for everybody. */
		role: text().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.person, t.workplace, t.role] }),
		index('counted_workplace').on(t.workplace, t.role)
	]
);

/** How many people are counted at a workplace and below it, each once. */
export const headcounts = table(
	'headcounts',
	{ workplace: workplace(), role: text().notNull(), people: integer().notNull() },
	(t) => [primaryKey({ columns: [t.workplace, t.role] })]
);

/** How many people of a workplace and below it stand where in a course, each once. */
export const tallies = table(
	'tallies',
	{
		workplace: workplace(),
		course: text().notNull(),
		role: text().notNull(),
		away: integer().notNull(),
		waived: integer().notNull(),
		lapsed: integer().notNull(),
		overdue: integer().notNull(),
		dueSoon: integer().notNull(),
		completed: integer().notNull(),
		inProgress: integer().notNull(),
		notStarted: integer().notNull(),
		/** Whose completion counts today, in whatever state. */
		valid: integer().notNull()
	},
	(t) => [primaryKey({ columns: [t.workplace, t.course, t.role] })]
);

/** How a workplace stood at the end of a month, or stands in this one: for the curve. */
export const tallyMonths = table(
	'tally_months',
	{
		workplace: workplace(),
		course: text().notNull(),
		/** `YYYY-MM`. */
		month: text().notNull(),
		valid: integer().notNull(),
		/** Everybody who was asked or had begun. */
		total: integer().notNull()
	},
	(t) => [primaryKey({ columns: [t.workplace, t.course, t.month] })]
);

/** People whose standings are to be worked out again. Triggers write it; see the migration. */
export const staleStandings = table('stale_standings', { person: text().primaryKey() });

/** Workplaces above which the tree has changed, so that they are to be counted anew. Triggers write it. */
export const staleTallies = table('stale_tallies', { workplace: text().primaryKey() });

/**
 * Counts as they are shown where leaders see counts only, and how far the framework is covered: made
 * once a day for a whole organisation, so that nothing is learnt from what changes within a day.
 */
export const published = table(
	'published',
	{
		workplace: workplace(),
		/** `counts` or `coverage`. */
		kind: text().notNull(),
		day: day().notNull(),
		body: json().notNull()
	},
	(t) => [primaryKey({ columns: [t.workplace, t.kind] })]
);

/** People who are counted together wherever counts are published: see `publish-groups.ts`. */
export const publishedGroups = table(
	'published_groups',
	{
		id: text().primaryKey(),
		organisation: text()
			.notNull()
			.references(() => organisations.id),
		/** The course whose counts it is for; empty for what is counted of everybody. */
		course: text().notNull(),
		/** Ids of those in whose numbers it is. */
		workplaces: json().notNull(),
		size: integer().notNull(),
		/** What was published of it last, with the days on which it was. */
		body: json().notNull()
	},
	(t) => [index('published_groups_organisation').on(t.organisation)]
);

/** Who is in such a group, or is to be in one. */
export const publishedPeople = table(
	'published_people',
	{
		/** As that of the group. */
		course: text().notNull(),
		person: person(),
		/** Null for who is in none. */
		group: text(),
		/** For who is in none: since when; and whether it is since they left one. */
		since: day().notNull(),
		isResting: boolean().notNull(),
		/** How they stood when it was last looked at, for when they are gone. */
		body: json().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.course, t.person] }),
		index('published_people_person').on(t.person)
	]
);

/** The counts of a workplace on a day, made for its board; never changed. */
export const snapshots = table(
	'snapshots',
	{
		id: text().primaryKey(),
		workplace: workplace(),
		madeOn: day().notNull(),
		madeBy: whoever(),
		body: json().notNull()
	},
	(t) => [
		index('snapshots_made_by').on(t.madeBy),
		index('snapshots_workplace').on(t.workplace, t.madeOn)
	]
);
