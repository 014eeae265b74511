import * as m from '#lib/ui/messages/messages.js';
import type { SnapshotView } from './snapshot.ts';
import { stateName } from './state-name.ts';

/** A status as rows of a spreadsheet, one number in each: what it is about, of what, the number, of how many. */
export function listRows(kept: SnapshotView): string[][] {
	const rows: string[][] = [
		[
			m.snapshot_part(),
			m.snapshot_item(),
			m.snapshot_number(),
			m.snapshot_of_people(),
			m.snapshot_when()
		]
	];
	for (const { title, counts, states, units, curve, asOf } of kept.courses) {
		if (!counts) {
			rows.push([title, m.snapshot_hidden(), '', '', kept.day]);
			continue;
		}
		rows.push([title, m.snapshot_valid(), String(counts.valid), String(counts.total), asOf]);
		for (const state of states)
			rows.push([
				title,
				stateName(state),
				String(counts.byState[state]),
				String(counts.total),
				asOf
			]);
		for (const { name, counts: own } of units)
			rows.push([title, name, String(own.valid), String(own.total), asOf]);
		for (const { label, completed, of } of curve.months)
			rows.push([
				title,
				m.snapshot_valid(),
				String(completed),
				of === null ? '' : String(of),
				label
			]);
	}
	if (!kept.coverage) return rows;
	const { people, asOf, levels } = kept.coverage;
	const columns = [
		['taught', m.coverage_taught()],
		['practised', m.coverage_practised()],
		['refreshed', m.coverage_refreshed()]
	] as const;
	for (const { title, shares, outcomes } of levels)
		for (const one of [{ id: title, shares }, ...outcomes])
			for (const [way, name] of columns) {
				const share = one.shares[way];
				if (share !== null)
					rows.push([
						`${m.snapshot_coverage()}: ${name}`,
						one.id,
						m.coverage_share({ from: share[0], to: share[1] }),
						String(people),
						asOf
					]);
			}
	return rows;
}
