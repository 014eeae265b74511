import { readFacts, type PersonFacts } from '#lib/completion/facts.server.ts';
import { spread, listCounted } from '#lib/completion/places.ts';
import { standAll } from '#lib/completion/settle.server.ts';
import { tallyMonths } from '#lib/completion/tables.server.ts';
import type { Catalogue } from '#lib/content/catalogue.ts';
import { people } from '#lib/identity/tables.server.ts';
import { insertMany } from '#lib/server/db/insert-many.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { addDays, addMonths } from '#lib/time.ts';

/** How many months before this one the curves of the demonstration begin. */
const monthsBack = 9;

type MonthRow = typeof tallyMonths.$inferInsert;

/** Writes how each workplace stood at the end of the months before, which follows from the histories. */
export async function writeMonths(tx: Writer, catalogue: Catalogue, today: string): Promise<void> {
	const ids = (await tx.select({ id: people.id }).from(people)).map(({ id }) => id);
	const all = await readFacts(tx, ids);
	const rows = listEnds(today).flatMap((day) => countAt(catalogue, all, day));
	await insertMany(tx, tallyMonths, rows);
}

/** The last days of the months before this one. */
function listEnds(today: string): string[] {
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
