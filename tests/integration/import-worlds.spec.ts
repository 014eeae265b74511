import fc from 'fast-check';
import { eq, ne } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { people } from '#lib/identity/tables.server.ts';
import { stands } from '#lib/workplaces/import-apply.server.ts';
import type { PersonState } from '#lib/workplaces/import-person-plan.ts';
import { readAllPeople } from '#lib/workplaces/import-world.server.ts';
import {
	absences,
	grants,
	memberships,
	workplaceReach,
	workplaces
} from '#lib/workplaces/tables.server.ts';
import { insertPerson } from '#lib/identity/people.server.ts';
import { addMember, grantRole } from '#lib/workplaces/tree.server.ts';
import { newId } from '#lib/id.ts';
import { makeApp } from '#tests/support/app.ts';
import { Importer } from '#tests/support/import.ts';
import { makeOrganisation } from '#tests/support/world.ts';

/** Few of each, so that lines and people meet. */
const number = fc.constantFrom('', '1', '2', '3', '4');
const email = fc.constantFrom('', 'a@x.example', 'b@x.example', 'c@x.example', 'theirs@x.example');
const username = fc.constantFrom('', 'kim', 'bo', 'theirs');
const place = fc.constantFrom(
	'',
	'Acme north',
	'Acme south',
	'Acme north|Acme south',
	'Other north'
);
const role = fc.constantFrom('', 'leder', 'medarbejder', 'nøglemedarbejder');
const day = fc.constantFrom('', '2026-03-01', '2026-03-14', '2026-05-01');
const name = fc.constantFrom('', 'Kim', 'Bo', 'Åse');

const line = fc.tuple(number, name, email, username, place, role, day, day);
const hired = fc.record({
	employeeId: number,
	name: fc.constantFrom('Kim', 'Bo', 'Eva'),
	email,
	username,
	places: fc.subarray(['north', 'south'] as const),
	role: fc.constantFrom(null, 'leader', 'key-staff', 'administrator'),
	hasLeft: fc.boolean()
});
type Hired = typeof hired extends fc.Arbitrary<infer One> ? One : never;
const world = fc.record({
	staff: fc.array(hired, { maxLength: 6 }),
	lines: fc.array(line, { maxLength: 8 }),
	endsMissing: fc.boolean()
});

const heading = 'id nr;navn;mail;brugernavn;sted;rolle;fravær fra;ansat til'
	.replace('id nr', 'medarbejdernr')
	.replace('sted', 'arbejdssted');

async function readAll({ db: { read } }: App) {
	const tables = { people, memberships, grants, absences, workplaces, workplaceReach };
	const all: Record<string, string[]> = {};
	for (const [table, rows] of Object.entries(tables)) {
		const found = await read.select().from(rows);
		// That an address was put in by another is remembered, also once it has been taken out again.
		all[table] = found.map((row) => JSON.stringify({ ...row, hasNewAddress: undefined })).sort();
	}
	return all;
}

async function readOthers({ db: { read } }: App, actor: Actor) {
	const others = await read
		.select()
		.from(people)
		.where(ne(people.organisation, actor.organisation));
	return others.map((row) => JSON.stringify(row)).sort();
}

async function makeWorld(app: App) {
	const acme = await makeOrganisation(app, 'Acme');
	const other = await makeOrganisation(app, 'Other');
	const admin = await acme.hire('Admin', acme.top, 'administrator');
	await app.db.write(async (tx) => {
		const theirs = { id: newId(), organisation: other.id, name: 'Theirs', locale: null };
		await insertPerson(tx, { ...theirs, email: 'theirs@x.example', username: 'theirs' });
	});
	return { acme, other, admin, importer: new Importer(app, admin) };
}

/** Hires who fits: an address or a number is one person's. */
async function hire(
	app: App,
	acme: Awaited<ReturnType<typeof makeOrganisation>>,
	staff: readonly Hired[]
) {
	for (const each of staff) {
		const id = newId();
		await app.db
			.write(async (tx) => {
				await insertPerson(tx, {
					id,
					organisation: acme.id,
					name: each.name,
					email: each.email || null,
					username: each.username || null,
					employeeId: each.employeeId || null,
					locale: null
				});
				for (const house of each.places) {
					await addMember(tx, acme[house], id);
					if (each.role)
						await grantRole(tx, {
							id: newId(),
							person: id,
							role: each.role,
							workplace: acme[house]
						});
				}
				if (each.hasLeft)
					await tx.update(people).set({ closedOn: '2026-01-01' }).where(eq(people.id, id));
			})
			.catch(() => undefined);
	}
}

test('in any world: the preview writes nothing, applying does what it says, taking back restores all', async () => {
	const app = makeApp();
	let isFirst = true;
	await fc.assert(
		fc.asyncProperty(world, async ({ staff, lines, endsMissing }) => {
			if (!isFirst) await clear(app);
			isFirst = false;
			const { acme, admin, importer } = await makeWorld(app);
			await hire(app, acme, staff);
			const before = await readAll(app);
			const others = await readOthers(app, admin);
			const file = [heading, ...lines.map((cells) => cells.join(';'))].join('\n');

			const preview = await importer.preview('people', file, { endsMissing });
			expect(await readAll(app)).toEqual(before);
			const written = preview.rows.filter(({ change }) => change.after !== null);
			if (written.length === 0) return;

			const applied = await importer.apply(preview);
			expect(applied.import.state).toBe('applied');
			const after = new Map(
				(await readAllPeople(app.db.read, acme.id, async () => undefined)).map((one) => [
					one.id,
					one
				])
			);
			const touched = new Set(written.map(({ change }) => change.subject));
			for (const { change } of written)
				expect(stands(after.get(change.subject!), change.after as PersonState)).toBe(true);
			const rest = (rows: readonly string[]) =>
				rows.filter((row) => !touched.has(String((JSON.parse(row) as { id: string }).id)));
			const now = await readAll(app);
			expect(rest(now.people!)).toEqual(rest(before.people!));
			expect(await readOthers(app, admin)).toEqual(others);
			expect(after.get(admin.person)?.state.closedOn).toBeNull();

			const undone = await importer.undo(applied);
			expect(undone.import.state).toBe('undone');
			expect(await readAll(app)).toEqual(before);
		}),
		{ numRuns: 60 }
	);
}, 120_000);

test('in any tree: a list makes one tree or says why not, and taken back leaves what was there', async () => {
	const app = makeApp();
	const row = fc.tuple(
		fc.constantFrom('', 'A', 'B', 'C', 'D'),
		fc.constantFrom('Acme north', 'Acme south', 'Ny', 'Anden', 'Acme top'),
		fc.constantFrom('', 'A', 'B', 'C', 'Acme north', 'Acme top / Acme south', 'Ny', 'Other top'),
		fc.constantFrom('', 'ja', 'nej')
	);
	let isFirst = true;
	await fc.assert(
		fc.asyncProperty(
			fc.array(row, { maxLength: 7 }),
			fc.array(row, { maxLength: 7 }),
			async (one, two) => {
				if (!isFirst) await clear(app);
				isFirst = false;
				const { acme, other, importer } = await makeWorld(app);
				for (const [index, rows] of [one, two].entries()) {
					app.setNow(new Date(`2026-03-${15 + index}T09:00:00Z`));
					const before = await readAll(app);
					const file = ['id;navn;overenhed;lukket', ...rows.map((cells) => cells.join(';'))].join(
						'\n'
					);
					const preview = await importer.preview('workplaces', file);
					expect(await readAll(app)).toEqual(before);
					if (!preview.rows.some(({ change }) => change.after !== null)) continue;
					const applied = await importer.apply(preview);
					expect(applied.import.state).toBe('applied');
					await expectTree(app, acme.id);
					await expectTree(app, other.id);
					const undone = await importer.undo(applied);
					expect(undone.rows).toEqual([]);
					expect(await readAll(app)).toEqual(before);
					if (index === 0) await importer.apply(await importer.preview('workplaces', file));
				}
			}
		),
		{ numRuns: 60 }
	);
}, 120_000);

/** Everything leads up to the one top, and the table of what lies above what says the same. */
async function expectTree(app: App, organisation: string): Promise<void> {
	const all = await app.db.read
		.select()
		.from(workplaces)
		.where(eq(workplaces.organisation, organisation));
	const parentOf = new Map(all.map(({ id, parent }) => [id, parent]));
	expect(all.filter(({ parent }) => parent === null)).toHaveLength(1);
	for (const { id } of all) {
		const way: string[] = [];
		for (let at: string | null = id; at !== null; at = parentOf.get(at) ?? null) {
			expect(way).not.toContain(at);
			way.push(at);
		}
		const reach = await app.db.read
			.select()
			.from(workplaceReach)
			.where(eq(workplaceReach.below, id));
		expect(reach.map(({ above }) => above).sort()).toEqual(way.sort());
	}
}

/** Every world has its organisations to itself. */
async function clear(app: App): Promise<void> {
	await app.db.write(async (tx) => {
		await tx.update(people).set({ email: null, username: null });
	});
}
