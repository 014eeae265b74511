import { organisations, people } from '#lib/identity/tables.server.ts';
import {
	day,
	index,
	integer,
	json,
	primaryKey,
	table,
	text,
	uniqueIndex
} from '#lib/server/db/dialect.ts';

export const workplaces = table(
	'workplaces',
	{
		id: text().primaryKey(),
		organisation: text()
			.notNull()
			.references(() => organisations.id),
		/** The workplace above; null at the top of an organisation's tree. */
		parent: text(),
		name: text().notNull(),
		/** A slug of `settings.yaml`; null for a part of the organisation that is no house. */
		setting: text(),
		closedOn: day()
	},
	(t) => [
		index('workplaces_organisation').on(t.organisation),
		index('workplaces_parent').on(t.parent)
	]
);

/** Every workplace with each one above it, itself included: the tree, ready for joins. */
export const workplaceReach = table(
	'workplace_reach',
	{
		above: text()
			.notNull()
			.references(() => workplaces.id, { onDelete: 'cascade' }),
		below: text()
			.notNull()
			.references(() => workplaces.id, { onDelete: 'cascade' })
	},
	(t) => [primaryKey({ columns: [t.above, t.below] }), index('workplace_reach_below').on(t.below)]
);

export const memberships = table(
	'memberships',
	{
		workplace: text()
			.notNull()
			.references(() => workplaces.id),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' })
	},
	(t) => [
		primaryKey({ columns: [t.workplace, t.person] }),
		index('memberships_person').on(t.person)
	]
);

export const grants = table(
	'grants',
	{
		id: text().primaryKey(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		role: text().notNull(),
		workplace: text()
			.notNull()
			.references(() => workplaces.id)
	},
	(t) => [uniqueIndex('grants_once').on(t.person, t.role, t.workplace)]
);

/**
 * What a workplace has written in the form of a task: its plan, and nobody's learning. A course names
 * its tasks, whichever module they are in. The highest revision is the plan; those before it are there
 * so that nothing is lost where two people write at once.
 */
export const taskAnswers = table(
	'task_answers',
	{
		workplace: text()
			.notNull()
			.references(() => workplaces.id, { onDelete: 'cascade' }),
		course: text().notNull(),
		task: text().notNull(),
		/** Counted from 1. */
		revision: integer().notNull(),
		/** Texts by the names of the fields. */
		answers: json().notNull(),
		/** Null once the person is gone: the plan stays the workplace's. */
		writtenBy: text().references(() => people.id, { onDelete: 'set null' }),
		writtenOn: day().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.workplace, t.course, t.task, t.revision] }),
		index('task_answers_written_by').on(t.writtenBy)
	]
);
