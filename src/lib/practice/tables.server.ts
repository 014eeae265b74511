/**
 * The private store. Nothing here names a person or tells a moment: ids are random, `learner` is a
 * pseudonym that differs from module to module and from scenario to scenario, order is a counter,
 * and the finest time is a month, for retention. All tables are WITHOUT ROWID (the migration says
 * so), because a rowid would tell in which order people came.
 */
import {
	bytes,
	index,
	integer,
	month,
	primaryKey,
	table,
	text,
	uniqueIndex
} from '#lib/server/db/dialect.ts';

/** The one fact about a step: it is behind the learner, whether done, read or skipped. */
export const progress = table(
	'progress',
	{
		id: text().primaryKey(),
		learner: text().notNull(),
		step: text().notNull(),
		month: month().notNull()
	},
	(t) => [uniqueIndex('progress_once').on(t.learner, t.step)]
);

export const attempts = table(
	'attempts',
	{
		id: text().primaryKey(),
		learner: text().notNull(),
		scenario: text().notNull(),
		/** Hash of the scenario as it was when the attempt began. */
		version: text().notNull(),
		/** Pseudonym of the workplace, for the k-anonymous counts alone; null without one. */
		house: text(),
		/** 1 for a learner's first attempt at this scenario, and so on. */
		ordinal: integer().notNull(),
		/** `open`, `ended`, or `left` once another was begun. */
		state: text().notNull(),
		month: month().notNull()
	},
	(t) => [
		uniqueIndex('attempts_ordinal').on(t.learner, t.ordinal),
		index('attempts_month').on(t.month)
	]
);

/** The record of truth of an attempt: its moves in order. */
export const moves = table(
	'moves',
	{
		attempt: text()
			.notNull()
			.references(() => attempts.id, { onDelete: 'cascade' }),
		/** 0 for the first. */
		position: integer().notNull(),
		move: text().notNull()
	},
	(t) => [primaryKey({ columns: [t.attempt, t.position] })]
);

export const reflections = table(
	'reflections',
	{
		id: text().primaryKey(),
		learner: text().notNull(),
		step: text().notNull(),
		/** AES-256-GCM under the learner's own key. */
		sealed: bytes().notNull(),
		month: month().notNull()
	},
	(t) => [uniqueIndex('reflections_once').on(t.learner, t.step)]
);

/** The encounters of a refresher that was made for a learner, so that it is the same on any device. */
export const refreshers = table(
	'refreshers',
	{
		id: text().primaryKey(),
		learner: text().notNull(),
		/** 1 for a learner's first refresher of a course, and so on. */
		ordinal: integer().notNull(),
		/** 0 for the encounter that is met first. */
		position: integer().notNull(),
		encounter: text().notNull(),
		/** `ahead`, or `behind` the learner, whether played, read or skipped. */
		state: text().notNull(),
		month: month().notNull()
	},
	(t) => [uniqueIndex('refreshers_place').on(t.learner, t.ordinal, t.position)]
);
