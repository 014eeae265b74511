import type { Role } from '#lib/access/roles.ts';
import type { Locale } from '#lib/content/localised.ts';
import { writeDay } from '#lib/time.ts';
import * as m from '#lib/ui/messages/messages.js';
import type { ImportKind } from '#lib/workplaces/import-columns.ts';
import { listChanges, type PersonState } from '#lib/workplaces/import-person-plan.ts';
import type { RowFilter } from '#lib/workplaces/import-preview.ts';
import {
	listWorkplaceChanges,
	type WorkplaceState
} from '#lib/workplaces/import-workplace-plan.ts';
import type { ImportRow } from '#lib/workplaces/imports.server.ts';
import { keptName, reasonWords, roleName } from './words.ts';

/** A row for people to read. */
export interface RowView {
	position: number;
	/** 0 for who is not in the file. */
	line: number;
	label: string;
	outcome: RowFilter;
	/** What is to be done, or why nothing is, in sentences. */
	details: string[];
}

type Names = ReadonlyMap<string, string>;

/** What becomes of a row, in words. Workplaces are called as they are called now. */
export function describeRow(
	{ position, line, outcome, change, before }: ImportRow,
	kind: ImportKind,
	names: Names,
	locale: Locale
): RowView {
	const { label, reason, after, kept } = change;
	const view = { position, line, label, outcome: outcome as RowFilter }; // as it was written
	if (kept) return { ...view, details: [keptName(kept)] };
	if (reason) return { ...view, details: [reasonWords(reason)] };
	if (!after) return { ...view, details: [] };
	// Each kind of import has its own kind of state.
	const details =
		kind === 'people'
			? describePerson(before as PersonState | null, after as PersonState, names, locale)
			: describeWorkplace(
					before as WorkplaceState | null,
					after as WorkplaceState,
					change.above ?? null,
					locale
				);
	return { ...view, details };
}

const arrow = (from: string | null, to: string | null) => `${from || '–'} → ${to || '–'}`;

function describePerson(
	before: PersonState | null,
	after: PersonState,
	names: Names,
	locale: Locale
): string[] {
	const places = ({ workplaces }: PersonState) =>
		workplaces.map((id) => names.get(id) ?? '').join(', ');
	const roles = ({ grants }: PersonState) =>
		grants
			.map(({ role, workplace }) => `${roleName(role as Role)} (${names.get(workplace) ?? ''})`)
			.join(', ');
	const away = ({ absence }: PersonState) =>
		absence &&
		`${writeDay(absence.from, locale)} – ${absence.until ? writeDay(absence.until, locale) : ''}`.trim();
	if (!before) {
		return [
			places(after),
			after.email ?? m.import_signs_in_as({ username: after.username ?? '' }),
			...(after.grants.length > 0 ? [roles(after)] : []),
			...(after.absence ? [m.import_away({ days: away(after) ?? '' })] : [])
		];
	}
	const said: Record<ReturnType<typeof listChanges>[number], () => string> = {
		name: () => m.import_changed_name({ change: arrow(before.name, after.name) }),
		email: () => m.import_changed_email({ change: arrow(before.email, after.email) }),
		username: () => m.import_changed_username({ change: arrow(before.username, after.username) }),
		employeeId: () =>
			m.import_changed_employee_id({ change: arrow(before.employeeId, after.employeeId) }),
		locale: () => m.import_changed_locale({ change: arrow(before.locale, after.locale) }),
		closedOn: () =>
			after.closedOn ? m.import_ends({ day: writeDay(after.closedOn, locale) }) : m.import_back(),
		workplaces: () => m.import_changed_workplaces({ change: arrow(places(before), places(after)) }),
		roles: () => m.import_changed_roles({ change: arrow(roles(before), roles(after)) }),
		absence: () => m.import_away({ days: away(after) ?? '' })
	};
	return listChanges(before, after).map((change) => said[change]());
}

function describeWorkplace(
	before: WorkplaceState | null,
	after: WorkplaceState,
	above: string | null,
	locale: Locale
): string[] {
	const under = m.import_under({ above: above ?? '–' });
	if (!before) return above === null ? [] : [under];
	const said: Record<ReturnType<typeof listWorkplaceChanges>[number], () => string> = {
		name: () => m.import_changed_name({ change: arrow(before.name, after.name) }),
		parent: () => under,
		setting: () => m.import_changed_setting({ change: arrow(before.setting, after.setting) }),
		externalId: () =>
			m.import_changed_external_id({ change: arrow(before.externalId, after.externalId) }),
		closedOn: () =>
			after.closedOn
				? m.import_closes({ day: writeDay(after.closedOn, locale) })
				: m.import_reopens()
	};
	return listWorkplaceChanges(before, after).map((change) => said[change]());
}
