import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { findKnownPlace, findPersonPlace } from './places.server.ts';
import { memberships } from './tables.server.ts';
import { addMember, findPlace } from './tree.server.ts';

/**
 * Takes a person from some workplaces and to others: a move where it is one of each, and both where
 * they work in several. What they have completed follows them; their roles stay where they were given.
 *
 * @throws {DomainError} `forbidden` to who may move nobody, `not-found` for a person or a workplace out
 * of reach, `conflict` where they would work nowhere.
 */
export async function movePerson(
	app: App,
	actor: Actor,
	person: string,
	{ leave, join }: { leave: readonly string[]; join: readonly string[] }
): Promise<void> {
	authorise(actor, 'people.manage', await findPersonPlace(app.db.read, person));
	for (const workplace of join)
		authorise(actor, 'people.manage', await findPlace(app.db.read, workplace));
	for (const workplace of leave)
		authorise(actor, 'people.manage', await findKnownPlace(app.db.read, workplace));
	await app.db.write(async (tx) => {
		const before = await tx
			.select({ workplace: memberships.workplace })
			.from(memberships)
			.where(eq(memberships.person, person));
		const known = new Set(before.map(({ workplace }) => workplace));
		const left = leave.filter((workplace) => known.has(workplace) && !join.includes(workplace));
		const joined = join.filter((workplace) => !known.has(workplace));
		if (left.length === 0 && joined.length === 0) return;
		if (known.size - left.length + joined.length === 0)
			throw new DomainError('conflict', 'works-nowhere');
		for (const workplace of joined) {
			if (!(await findPlace(tx, workplace))) throw new DomainError('conflict', 'moved-on');
			await addMember(tx, workplace, person);
		}
		if (left.length > 0)
			await tx
				.delete(memberships)
				.where(and(eq(memberships.person, person), inArray(memberships.workplace, left)));
		await writeAudit(tx, app.now(), {
			event: 'person.moved',
			actor,
			subject: person,
			workplace: joined[0] ?? left[0] ?? null,
			detail: { from: left.join(' '), to: joined.join(' ') }
		});
	});
}
