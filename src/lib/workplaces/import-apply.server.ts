import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { writeSearchText } from '#lib/identity/people.server.ts';
import { isUniqueViolation } from '#lib/server/db/sqlite-faults.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { createBreathe, type Breathe } from '#lib/server/slices.ts';
import { readScope } from './import-plan.server.ts';
import type { KnownPerson, PersonState } from './import-person-plan.ts';
import {
	countWritten,
	endsMany,
	writtenOutcomes,
	type Counts,
	type ImportState
} from './import-preview.ts';
import type { WorkplaceState } from './import-workplace-plan.ts';
import { beginWork, type Progress } from './import-works.server.ts';
import { countStaff, readPeopleById } from './import-world.server.ts';
import {
	writePeople,
	writeWorkplaces,
	type PersonStep,
	type WorkplaceStep
} from './import-write.server.ts';
import { findImport, forgetRows, readNote, type Import, type ImportRow } from './imports.server.ts';
import { importRows, imports } from './tables.server.ts';

/** What somebody has confirmed besides the import as a whole. */
export interface Confirmed {
	/** That who is not in the file has left. */
	missing: boolean;
	/** How many lose their access, typed; asked for where they are many. */
	ended: number | null;
}

/**
 * Begins to apply a preview: all of it in one transaction, or nothing where anything that it touches
 * has changed since. `unconfirmed` where people would lose their access and nobody has said that they
 * shall.
 *
 * @throws {DomainError} `conflict` where it is not a preview, or no longer.
 */
export async function applyImport(
	app: App,
	actor: Actor,
	id: string,
	confirmed: Confirmed
): Promise<'begun' | 'unconfirmed'> {
	const found = await findImport(app, actor, id);
	if (found.state !== 'previewed' || countWritten(found.counts) === 0)
		throw new DomainError('conflict', 'import-state');
	if (!isConfirmed(found, confirmed)) return 'unconfirmed';
	beginWork(app, id, 'applying', (progress) => apply(app, actor, found, progress));
	return 'begun';
}

function isConfirmed({ kind, counts }: Import, { missing, ended }: Confirmed): boolean {
	if (counts.missing > 0 && !missing) return false;
	return kind !== 'people' || !endsMany(counts) || ended === counts.ended;
}

/** Something has changed since the preview, so that it would not do what it says. */
class Stale extends Error {
	override readonly name = 'Stale';
}

async function apply(app: App, actor: Actor, found: Import, progress: Progress): Promise<void> {
	const { id, kind, counts } = found;
	const rows = await readWritten(app.db.read, id, createBreathe());
	const basis = (await readNote(app.db.read, id))?.basis;
	const earlier = await listWithRows(app, actor, id);
	progress.total = rows.length;
	const steps = kind === 'people' ? await listPersonSteps(rows, createBreathe()) : [];
	try {
		await app.db.writeMuch(async (tx, breathe) => {
			await expectState(tx, id, 'previewed');
			if ((await readScope(tx, actor)).basis !== basis) throw new Stale();
			await breathe();
			const context = { tx, app, actor, breathe };
			if (kind === 'people') await applyPeople(context, steps);
			else await applyWorkplaces(context, rows);
			await tx
				.update(imports)
				.set({ state: 'applied' satisfies ImportState, appliedAt: app.now() })
				.where(eq(imports.id, id));
			await auditImport(context, 'import.applied', id, counts);
		});
	} catch (error) {
		if (!(error instanceof Stale) && !isUniqueViolation(error)) throw error;
		await app.db.write(async (tx) => {
			await tx
				.update(imports)
				.set({ state: 'stale' satisfies ImportState })
				.where(and(eq(imports.id, id), eq(imports.state, 'previewed')));
		});
		return;
	}
	progress.done = rows.length;
	// Only the last one can be taken back, and names are not kept for nothing.
	for (const other of earlier) await forgetRows(app, other);
}

interface Context {
	tx: Writer;
	app: App;
	actor: Actor;
	breathe: Breathe;
}

/** @throws {Stale} where it is being applied or taken back a second time. */
async function expectState(tx: Writer, id: string, state: ImportState): Promise<void> {
	const [row] = await tx.select({ state: imports.state }).from(imports).where(eq(imports.id, id));
	if (row?.state !== state) throw new Stale();
}

async function applyPeople(
	{ tx, app, actor, breathe }: Context,
	steps: readonly PersonStep[]
): Promise<void> {
	const touched = steps.filter(({ from }) => from !== null);
	const current = await readPeopleById(
		tx,
		actor.organisation,
		touched.map(({ person }) => person),
		breathe
	);
	for (const step of touched) if (!stands(current.get(step.person), step.from)) throw new Stale();
	await breathe();
	await writePeople(tx, actor.organisation, steps, { now: app.now(), breathe });
	await auditGrants({ tx, app, actor, breathe }, steps);
}

async function applyWorkplaces(
	{ tx, actor, breathe }: Context,
	rows: readonly ImportRow[]
): Promise<void> {
	const steps = rows.flatMap(asWorkplaceStep);
	const staffed = await countStaff(tx, actor.organisation);
	const closes = ({ from, to }: WorkplaceStep) => from?.closedOn === null && to.closedOn !== null;
	if (steps.some((step) => closes(step) && (staffed.get(step.workplace) ?? 0) > 0))
		throw new Stale();
	await writeWorkplaces(tx, actor.organisation, steps, breathe);
}

/** Whether a person is as an import has found or left them. */
export function stands(person: KnownPerson | undefined, state: PersonState | null): boolean {
	if (!person || !state) return !person && !state;
	const { absence, ...rest } = state;
	const away = absence ? (person.absences.find(({ id }) => id === absence.id) ?? null) : null;
	return (
		write({ ...person.state }) === write(rest) &&
		(absence === null || (away?.from === absence.from && away.until === absence.until))
	);
}

const write = ({ grants, ...rest }: Omit<PersonState, 'absence'>) =>
	JSON.stringify([
		Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)),
		grants.map(({ id, role, workplace }) => [id, role, workplace])
	]);

function asPersonStep({ change, before }: ImportRow): PersonStep[] {
	if (change.subject === null || change.after === null) return [];
	// Of an import of people.
	const [from, to] = [before as PersonState | null, change.after as PersonState];
	return [{ person: change.subject, from, to, searchText: writeSearchText(to) }];
}

/** What is to be done with people, worked out a slice at a time. */
export async function listPersonSteps(
	rows: readonly ImportRow[],
	breathe: Breathe
): Promise<(PersonStep & { position: number })[]> {
	const steps: (PersonStep & { position: number })[] = [];
	for (const row of rows) {
		for (const step of asPersonStep(row)) steps.push({ ...step, position: row.position });
		await breathe();
	}
	return steps;
}

export function asWorkplaceStep({ change, before }: ImportRow): WorkplaceStep[] {
	if (change.subject === null || change.after === null) return [];
	// Of an import of workplaces.
	const [from, to] = [before as WorkplaceState | null, change.after as WorkplaceState];
	return [{ workplace: change.subject, from, to }];
}

/** The rows of an import by which something is written. */
export async function readWritten(
	read: Reader,
	id: string,
	breathe: Breathe
): Promise<ImportRow[]> {
	const all: ImportRow[] = [];
	for (let last = 0; ;) {
		const rows = await read
			.select({
				position: importRows.position,
				line: importRows.line,
				outcome: importRows.outcome,
				change: importRows.change,
				before: importRows.before
			})
			.from(importRows)
			.where(
				and(
					eq(importRows.import, id),
					gt(importRows.position, last),
					inArray(importRows.outcome, [...writtenOutcomes])
				)
			)
			.orderBy(asc(importRows.position))
			.limit(300);
		all.push(...(rows as ImportRow[])); // as they were written at the preview
		await breathe();
		if (rows.length < 300) return all;
		last = rows.at(-1)?.position ?? Infinity;
	}
}

/** Other imports of the organisation that still have their rows, and cannot be taken back any more. */
async function listWithRows(app: App, { organisation }: Actor, id: string): Promise<string[]> {
	const rows = await app.db.read
		.select({ id: imports.id })
		.from(imports)
		.where(
			and(eq(imports.organisation, organisation), inArray(imports.state, ['applied', 'undone']))
		);
	return rows.map((row) => row.id).filter((other) => other !== id);
}

/** Roles are told one by one, everything else of an import as a whole. */
export async function auditGrants(
	{ tx, app, actor, breathe }: Context,
	steps: readonly PersonStep[]
): Promise<void> {
	for (const { person, from, to } of steps) {
		const before = new Set(from?.grants.map(({ id }) => id));
		const after = new Set(to.grants.map(({ id }) => id));
		for (const { id, role, workplace } of from?.grants ?? []) {
			if (after.has(id)) continue;
			const detail = { granted: role };
			const event = 'role.withdrawn' as const;
			await writeAudit(tx, app.now(), { event, actor, workplace, subject: person, detail });
		}
		for (const { id, role, workplace } of to.grants) {
			if (before.has(id)) continue;
			const detail = { granted: role };
			const event = 'role.granted' as const;
			await writeAudit(tx, app.now(), { event, actor, workplace, subject: person, detail });
		}
		await breathe();
	}
}

export async function auditImport(
	{ tx, app, actor }: Context,
	event: 'import.applied' | 'import.undone',
	id: string,
	counts: Counts
): Promise<void> {
	const { new: added, changed, moved, ended, refused } = counts;
	const detail = { import: id, added, changed, moved, ended, refused };
	await writeAudit(tx, app.now(), { event, actor, role: 'administrator', detail });
}
