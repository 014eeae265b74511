import type { RequestEvent } from '@sveltejs/kit';
import { roleName } from '#lib/access/ui/role-name.ts';
import { exportTeam, type ExportRow } from '#lib/completion/team-export.server.ts';
import { openTeam, sinceOf } from '#lib/completion/team.server.ts';
import type { WorkbookCell } from '#lib/server/workbook.server.ts';
import * as m from '#lib/ui/messages/messages.js';
import { signedIn } from '../respond.ts';
import { chooseCourse } from './course.ts';
import { readWish } from './listing.ts';
import { countModules } from './people.ts';
import { stateName } from './state-name.ts';

/** The columns of a list to keep, with their width in characters. */
export function listColumns(): { name: string; width: number }[] {
	return [
		{ name: m.team_name(), width: 28 },
		{ name: m.team_workplace(), width: 28 },
		{ name: m.team_export_roles(), width: 20 },
		{ name: m.team_export_course(), width: 28 },
		{ name: m.team_state(), width: 16 },
		{ name: m.team_day(), width: 14 },
		{ name: m.team_due_on(), width: 14 },
		{ name: m.team_modules(), width: 12 }
	];
}

/**
 * Who stands where at a workplace, as the address filters and orders them: a row for each person, some
 * at a time.
 *
 * @throws {DomainError} `forbidden` to who leads nothing and where only counts are shown, `not-found` for
 * a workplace or a course that is not there for them.
 */
export async function openExport(event: RequestEvent, workplace: string) {
	const actor = signedIn(event);
	const { app, locale } = event.locals;
	const course = chooseCourse(app, event.url.searchParams.get('course'), locale);
	const team = await openTeam(app, actor, course.slug, workplace);
	const since = sinceOf(team);
	const portions = await exportTeam(app, actor, team, readWish(event.url.searchParams));
	const cells = (row: ExportRow): WorkbookCell[] => [
		row.name,
		row.places.join(', '),
		row.roles.map(roleName).join(', '),
		course.title,
		stateName(row.state, since),
		row.completedOn && { day: row.completedOn },
		row.dueOn && { day: row.dueOn },
		m.team_share(countModules(row, course))
	];
	return { portions, cells, course, today: team.today };
}

/** A day in a file of text stands as it is stored, so that every spreadsheet sorts it. */
export function writeText(cell: WorkbookCell): string {
	if (cell === null) return '';
	return typeof cell === 'object' ? cell.day : String(cell);
}
