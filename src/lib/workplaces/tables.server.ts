import { organisations, people, providers } from '#lib/identity/tables.server.ts';
import {
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
		/** What the employer calls the workplace, so that an import finds it again. */
		externalId: text(),
		closedOn: day()
	},
	(t) => [
		uniqueIndex('workplaces_external').on(t.organisation, t.externalId),
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
			.references(() => workplaces.id),
		/** By whose rules it was given, and may be taken; null for who was given it by hand. */
		provider: text().references(() => providers.id, { onDelete: 'set null' })
	},
	(t) => [
		index('grants_provider').on(t.provider),
		index('grants_workplace').on(t.workplace),
		uniqueIndex('grants_once').on(t.person, t.role, t.workplace)
	]
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

/** That a person is away on some days. Why is nobody's business here: no kind is kept. */
export const absences = table(
	'absences',
	{
		id: text().primaryKey(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		fromDay: day().notNull(),
		/** The last day; null while it is not known. */
		untilDay: day()
	},
	(t) => [index('absences_person').on(t.person)]
);

/**
 * What leaders of an organisation see of their staff: `names`, or `counts` only. The latest one that has
 * taken effect holds. One that shows more lies ahead until staff have had their notice.
 */
export const viewPolicies = table(
	'view_policies',
	{
		id: text().primaryKey(),
		organisation: text()
			.notNull()
			.references(() => organisations.id),
		shows: text().notNull(),
		announcedOn: day().notNull(),
		effectiveOn: day().notNull(),
		/** Null once the person is gone. */
		decidedBy: text().references(() => people.id, { onDelete: 'set null' })
	},
	(t) => [
		index('view_policies_decided_by').on(t.decidedBy),
		index('view_policies_organisation').on(t.organisation, t.effectiveOn)
	]
);

/** A list that somebody brought: looked through first, then applied, and perhaps taken back. */
export const imports = table(
	'imports',
	{
		id: text().primaryKey(),
		organisation: text()
			.notNull()
			.references(() => organisations.id),
		/** `people` or `workplaces`. */
		kind: text().notNull(),
		/** `previewed`, `applied` or `undone`. */
		state: text().notNull(),
		/** How many rows of each kind of change. */
		counts: json().$type<Readonly<Record<string, number>>>().notNull(),
		madeBy: text().references(() => people.id, { onDelete: 'set null' }),
		madeAt: instant().notNull(),
		appliedAt: instant(),
		undoneAt: instant()
	},
	(t) => [
		index('imports_made_by').on(t.madeBy),
		index('imports_organisation').on(t.organisation, t.madeAt)
	]
);

/** What one line of an import comes to. */
export const importRows = table(
	'import_rows',
	{
		import: text()
			.notNull()
			.references(() => imports.id, { onDelete: 'cascade' }),
		position: integer().notNull(),
		/** Line of the file, from 1; 0 for what follows from a line that is missing. */
		line: integer().notNull(),
		/** `new`, `changed`, `moved`, `ended`, `same` or `refused`. */
		outcome: text().notNull(),
		/** What is to be done, or why nothing is. */
		change: json().notNull(),
		/** What stood there before, once applied; null where nothing did. */
		before: json()
	},
	(t) => [
		primaryKey({ columns: [t.import, t.position] }),
		index('import_rows_outcome').on(t.import, t.outcome, t.position)
	]
);

/** What stands in the calendar of a workplace's plan. */
export const planEntries = table(
	'plan_entries',
	{
		id: text().primaryKey(),
		workplace: text()
			.notNull()
			.references(() => workplaces.id, { onDelete: 'cascade' }),
		/** One of `plan-entry.ts`. */
		kind: text().notNull(),
		/** In the words of the workplace; null where the kind says it. */
		title: text(),
		owner: text().references(() => people.id, { onDelete: 'set null' }),
		onDay: day().notNull(),
		/** Shared by the days of what comes again, each of which is a row; null for what happens once. */
		series: text(),
		doneOn: day(),
		/** The day on which it was taken off the plan; null while it stands there. */
		removedOn: day(),
		/** Counted up at each change, so that nobody writes over another. */
		revision: integer().notNull(),
		madeBy: text().references(() => people.id, { onDelete: 'set null' }),
		changedAt: instant().notNull()
	},
	(t) => [
		index('plan_entries_owner').on(t.owner),
		index('plan_entries_made_by').on(t.madeBy),
		index('plan_entries_workplace').on(t.workplace, t.onDay)
	]
);

/** An address under which a calendar program fetches a workplace's plan. */
export const calendarFeeds = table(
	'calendar_feeds',
	{
		/** SHA-256 of what stands in the address; that itself is stored nowhere. */
		tokenHash: text().primaryKey(),
		workplace: text()
			.notNull()
			.references(() => workplaces.id, { onDelete: 'cascade' }),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		madeAt: instant().notNull()
	},
	(t) => [
		index('calendar_feeds_person').on(t.person),
		uniqueIndex('calendar_feeds_once').on(t.workplace, t.person)
	]
);
