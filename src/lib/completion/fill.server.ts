import type { AddRow, Filling } from '#lib/server/db/fill.ts';
import { people } from '#lib/identity/tables.server.ts';
import { contentVersions } from '#lib/scenario/tables.server.ts';
import {
	absences,
	grants,
	memberships,
	workplaceReach,
	workplaces
} from '#lib/workplaces/tables.server.ts';
import {
	assignmentRules,
	assignments,
	courseCompletions,
	moduleCompletions,
	tallyMonths,
	waivers
} from './tables.server.ts';

/** Ways to add what has happened to a store that is being filled, each with its values in this order. */
export interface PlatformRows {
	/** hash, kind, slug, body */
	version: AddRow;
	/** id, organisation, parent, name, setting */
	workplace: AddRow;
	/** above, below */
	reach: AddRow;
	/** id, organisation, name, email, employeeId, searchText, closedOn, erasedOn */
	person: AddRow;
	/** workplace, person */
	membership: AddRow;
	/** id, person, role, workplace */
	grant: AddRow;
	/** id, person, fromDay, untilDay */
	absence: AddRow;
	/** id, person, course, reason, fromDay, untilDay, madeBy, madeOn */
	waiver: AddRow;
	/** id, organisation, workplace, role, course, madeOn, madeBy, and the terms as below */
	rule: AddRow;
	/**
	 * id, person, course, cycle, rule, origin, by, assignedOn, dueOn, endedOn, and the terms: dueDays,
	 * graceDays, renewBy, renewMonths, windowFrom, windowUntil
	 */
	assignment: AddRow;
	/** person, course, module, cycle, version, day, source */
	module: AddRow;
	/** person, course, cycle, version, day, source, by */
	completion: AddRow;
	/** workplace, course, month, valid, total */
	month: AddRow;
}

const terms = [
	'dueDays',
	'graceDays',
	'renewBy',
	'renewMonths',
	'windowFrom',
	'windowUntil'
] as const;

export function openPlatformRows({ rows }: Filling): PlatformRows {
	return {
		version: rows(contentVersions, ['hash', 'kind', 'slug', 'body']),
		workplace: rows(workplaces, ['id', 'organisation', 'parent', 'name', 'setting']),
		reach: rows(workplaceReach, ['above', 'below']),
		person: rows(people, [
			'id',
			'organisation',
			'name',
			'email',
			'employeeId',
			'searchText',
			'closedOn',
			'erasedOn'
		]),
		membership: rows(memberships, ['workplace', 'person']),
		grant: rows(grants, ['id', 'person', 'role', 'workplace']),
		absence: rows(absences, ['id', 'person', 'fromDay', 'untilDay']),
		waiver: rows(waivers, [
			'id',
			'person',
			'course',
			'reason',
			'fromDay',
			'untilDay',
			'madeBy',
			'madeOn'
		]),
		rule: rows(assignmentRules, [
			'id',
			'organisation',
			'workplace',
			'role',
			'course',
			'madeOn',
			'madeBy',
			...terms
		]),
		assignment: rows(assignments, [
			'id',
			'person',
			'course',
			'cycle',
			'rule',
			'origin',
			'by',
			'assignedOn',
			'dueOn',
			'endedOn',
			...terms
		]),
		module: rows(moduleCompletions, [
			'person',
			'course',
			'module',
			'cycle',
			'version',
			'day',
			'source'
		]),
		completion: rows(courseCompletions, [
			'person',
			'course',
			'cycle',
			'version',
			'day',
			'source',
			'by'
		]),
		month: rows(tallyMonths, ['workplace', 'course', 'month', 'valid', 'total'])
	};
}
