import type { Catalogue } from '#lib/content/catalogue.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { addDays, addMonths } from '#lib/time.ts';
import { insertMany } from '#lib/server/db/insert-many.ts';
import { people } from '#lib/identity/tables.server.ts';
import { readFacts, type PersonFacts } from './facts.server.ts';
import { spread, listCounted } from './places.ts';
import { standAll } from './settle.server.ts';
import { tallyMonths } from './tables.server.ts';

type MonthRow = typeof tallyMonths.$inferInsert;

/**
 * Writes how each workplace stood at the end of so many months before this one, which follows from what
 * has happened: for histories that were written at once, such as the demonstration's. Months are kept as
 * they pass otherwise.
 */
export async function writePastMonths(
	tx: Writer,
	catalogue: Catalogue,
	today: string,
	monthsBack: number
): Promise<void> {
	const ids = (await tx.select({ id: people.id }).from(people)).map(({ id }) => id);
	const all = await readFacts(tx, ids);
	const rows = listEnds(today, monthsBack).flatMap((day) => countAt(catalogue, all, day));
	await insertMany(tx, tallyMonths, rows);
}

/** The last days of the months before this one. */
function listEnds(today: string, monthsBack: number): string[] {
	const first = `${today.slice(0, 7)}-01`;
	return Array.from({ length: monthsBack }, (_, back) => addDays(addMonths(first, -back), -1));
}

function countAt(catalogue: Catalogue, all: readonly PersonFacts[], day: string): MonthRow[] {
	const rows = new Map<string, MonthRow>();
	for (const facts of all) {
		const places = spread(listCounted(facts.whereabouts), facts.whereabouts.above);
		const houses = places.filter(({ role }) => role === 'staff');
		for (const { course, isValid } of standAll(catalogue, asOf(facts, day), day))
			for (const { workplace } of houses) {
				const key = `${workplace} ${course}`;
				const known = rows.get(key) ?? { workplace, course, month: day.slice(0, 7), ...nobody };
				const valid = known.valid + (isValid ? 1 : 0);
				rows.set(key, { ...known, valid, total: known.total + 1 });
			}
	}
	return [...rows.values()];
}

const nobody = { valid: 0, total: 0 };

/** What had happened by a day; single modules do not matter to the curve. */
function asOf(facts: PersonFacts, day: string): PersonFacts {
	const completions = [...facts.completions].map(
		([course, found]) => [course, found.filter((one) => one.day <= day)] as const
	);
	return {
		...facts,
		assignments: facts.assignments.filter(({ assignedOn }) => assignedOn <= day),
		completions: new Map(completions),
		modules: new Map()
	};
}
