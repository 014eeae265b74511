import { organisations, people } from '#lib/identity/tables.server.ts';
import {
	boolean,
	day,
	index,
	instant,
	integer,
	json,
	primaryKey,
	table,
	text,
	uniqueIndex
} from '#lib/server/db/dialect.ts';
import { workplaces } from '#lib/workplaces/tables.server.ts';

/** Null once that person is gone. */
const whoever = () => text().references(() => people.id, { onDelete: 'set null' });

const session = () =>
	text()
		.notNull()
		.references(() => plenarySessions.id, { onDelete: 'cascade' });

/** A time at which a house comes together: planned, held, and what came of it. */
export const plenarySessions = table(
	'plenary_sessions',
	{
		/** Stands in addresses. */
		id: text().primaryKey(),
		organisation: text()
			.notNull()
			.references(() => organisations.id),
		/** The house whose session it is; others may be asked along. */
		workplace: text()
			.notNull()
			.references(() => workplaces.id, { onDelete: 'cascade' }),
		/** `theme-day`, `exercise`, `sparring` or `follow-up`. */
		kind: text().notNull(),
		title: text().notNull(),
		facilitator: whoever(),
		/** The scenario that is played and the version of it; null where none is, and null hash until it is opened. */
		scenario: text(),
		hash: text(),
		/** `course/module` of each module that counts for those present. */
		modules: json().notNull(),
		/** Each point of the run sheet: minutes, heading, words to say, in the planner's language. */
		runSheet: json().notNull(),
		startsAt: instant().notNull(),
		minutes: integer().notNull(),
		place: text().notNull(),
		locale: text().notNull(),
		/** The session that this one follows up. */
		follows: text(),
		/** True for a rehearsal, alone with simulated phones; it counts for nobody. */
		rehearsal: boolean().notNull(),
		/** What the phones type; null before it is opened and after it has ended. */
		code: text(),
		/** `planned`, `open`, `ended` or `cancelled`. */
		state: text().notNull(),
		/** The day it ended. */
		heldOn: day(),
		/** Number of the last event. */
		events: integer().notNull(),
		/** Counts the changes of time, length, place and of whether it takes place: for invitations. */
		revision: integer().notNull(),
		/** What those present type once it has ended, on that day and the next; null before and after. */
		word: text(),
		createdAt: instant().notNull()
	},
	(t) => [
		index('plenary_sessions_workplace').on(t.workplace, t.startsAt),
		uniqueIndex('plenary_sessions_code').on(t.code),
		index('plenary_sessions_facilitator').on(t.facilitator),
		index('plenary_sessions_organisation').on(t.organisation)
	]
);

/** Other houses that are asked along. */
export const plenaryWorkplaces = table(
	'plenary_workplaces',
	{
		session: session(),
		workplace: text()
			.notNull()
			.references(() => workplaces.id, { onDelete: 'cascade' })
	},
	(t) => [
		primaryKey({ columns: [t.session, t.workplace] }),
		index('plenary_workplaces_workplace').on(t.workplace)
	]
);

/** Who helps to lead, or watches in order to learn or to give feedback. */
export const plenaryHelpers = table(
	'plenary_helpers',
	{
		session: session(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		/** `co-facilitator` or `observer`. */
		role: text().notNull(),
		/** What they told the facilitator afterwards, for the facilitator alone; null while nothing. */
		feedback: json()
	},
	(t) => [
		primaryKey({ columns: [t.session, t.person] }),
		index('plenary_helpers_person').on(t.person)
	]
);

/**
 * What happened in the room, from which its machine is replayed: scenes, counts and revealed shares,
 * never a vote.
 */
export const plenaryEvents = table(
	'plenary_events',
	{
		session: session(),
		n: integer().notNull(),
		kind: text().notNull(),
		data: json().notNull()
	},
	(t) => [primaryKey({ columns: [t.session, t.n] })]
);

/**
 * That a phone is in the room. `seat` is an HMAC under a secret that only the phone has. Deleted when
 * the session ends, and never in a backup.
 */
export const plenarySeats = table(
	'plenary_seats',
	{ session: session(), seat: text().notNull() },
	(t) => [primaryKey({ columns: [t.session, t.seat] })]
);

/**
 * What was voted in a round. `voter` is an HMAC of the round under the phone's secret, so that two
 * rounds of one phone have nothing in common. Deleted when the session ends, and never in a backup.
 */
export const plenaryVotes = table(
	'plenary_votes',
	{
		session: session(),
		round: integer().notNull(),
		voter: text().notNull(),
		choice: text().notNull()
	},
	(t) => [primaryKey({ columns: [t.session, t.round, t.voter] })]
);

/** Suggestions for "here we …" from the phones, by random ids. Deleted when the session ends. */
export const plenarySuggestions = table(
	'plenary_suggestions',
	{
		session: session(),
		/** A random UUIDv4: it tells no order. */
		id: text().notNull(),
		body: text().notNull(),
		/** True once a facilitator has taken it off the wall. */
		hidden: boolean().notNull()
	},
	(t) => [primaryKey({ columns: [t.session, t.id] })]
);

/** Who backs a suggestion, keyed as votes are. Deleted when the session ends. */
export const plenaryBackings = table(
	'plenary_backings',
	{ session: session(), suggestion: text().notNull(), voter: text().notNull() },
	(t) => [primaryKey({ columns: [t.session, t.suggestion, t.voter] })]
);

/** What a house has agreed: "here we …", and the one small change with who and when. */
export const agreements = table(
	'agreements',
	{
		id: text().primaryKey(),
		workplace: text()
			.notNull()
			.references(() => workplaces.id, { onDelete: 'cascade' }),
		/** Null once that session is gone. */
		session: text().references(() => plenarySessions.id, { onDelete: 'set null' }),
		/** `here-we` or `change`. */
		kind: text().notNull(),
		body: text().notNull(),
		/** Who sees to it and by when, for a change. */
		owner: text(),
		due: day(),
		/** Order on the poster. */
		position: integer().notNull(),
		agreedOn: day().notNull(),
		/** What a follow-up found: `held`, `slid` or `ended`; null before. */
		outcome: text(),
		outcomeOn: day()
	},
	(t) => [
		index('agreements_workplace').on(t.workplace, t.position),
		index('agreements_session').on(t.session)
	]
);

/** Who to turn to at a workplace: stands in lessons and on the poster. */
export const houseContacts = table(
	'house_contacts',
	{
		id: text().primaryKey(),
		workplace: text()
			.notNull()
			.references(() => workplaces.id, { onDelete: 'cascade' }),
		label: text().notNull(),
		number: text().notNull(),
		position: integer().notNull()
	},
	(t) => [index('house_contacts_workplace').on(t.workplace, t.position)]
);

/** Who has been written to about a session, so that nobody is told the same twice. */
export const plenaryInvitations = table(
	'plenary_invitations',
	{
		session: session(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		/** The session's revision that they have been told. */
		revision: integer().notNull(),
		/** The day of the first letter. */
		day: day().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.session, t.person] }),
		index('plenary_invitations_person').on(t.person)
	]
);

/** Codes on a printed list, for who has no device: SHA-256 of each, gone with the day after. */
export const attendanceCodes = table(
	'attendance_codes',
	{
		session: session(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		hash: text().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.session, t.person] }),
		index('attendance_codes_person').on(t.person),
		uniqueIndex('attendance_codes_hash').on(t.hash)
	]
);

/** That somebody was present: the day only, confirmed by themselves once the votes are gone. */
export const attendances = table(
	'attendances',
	{
		session: session(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		day: day().notNull()
	},
	(t) => [primaryKey({ columns: [t.session, t.person] }), index('attendances_person').on(t.person)]
);
