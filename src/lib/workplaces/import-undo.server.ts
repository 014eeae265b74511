import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { audit } from '#lib/audit/tables.server.ts';
import { DomainError } from '#lib/errors.ts';
import { writeSearchText } from '#lib/identity/people.server.ts';
import { passwords, people, sessions } from '#lib/identity/tables.server.ts';
import { readMany } from '#lib/server/db/insert-many.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { createBreathe, type Breathe } from '#lib/server/slices.ts';
import { dayOf } from '#lib/time.ts';
import {
	asWorkplaceStep,
	auditGrants,
	auditImport,
	listPersonSteps,
	readWritten,
	stands
} from './import-apply.server.ts';
import type { ImportState, KeptBecause } from './import-preview.ts';
import { beginWork, type Progress } from './import-works.server.ts';
import { readAllWorkplaces, readPeopleById } from './import-world.server.ts';
import {
	writePeople,
	writeWorkplaces,
	type PersonStep,
	type WorkplaceStep
} from './import-write.server.ts';
import { findImport, findLastApplied, type Import, type ImportRow } from './imports.server.ts';
import {
	grants,
	importRows,
	imports,
	memberships,
	taskAnswers,
	workplaceReach,
	workplaces
} from './tables.server.ts';

/** Which of these people have finished something; completions stand above workplaces. */
export type FindLearners = (read: Reader, ids: string[]) => Promise<readonly string[]>;

/**
 * Begins to take back the last import of the organisation. What somebody has changed since stays as it
 * is and is told; whom it brought and who has been here since is closed, not deleted.
 *
 * @throws {DomainError} `conflict` where it is not the last one, or nothing is left of it.
 */
export async function undoImport(
	app: App,
	actor: Actor,
	id: string,
	findLearners: FindLearners
): Promise<void> {
	const found = await findImport(app, actor, id);
	if ((await findLastApplied(app.db.read, actor.organisation)) !== id)
		throw new DomainError('conflict', 'import-state');
	beginWork(app, id, 'undoing', (progress) => undo(app, actor, found, findLearners, progress));
}

interface Context {
	tx: Writer;
	app: App;
	actor: Actor;
	breathe: Breathe;
}

async function undo(
	app: App,
	actor: Actor,
	{ id, kind, counts }: Import,
	findLearners: FindLearners,
	progress: Progress
): Promise<void> {
	const rows = await readWritten(app.db.read, id, createBreathe());
	progress.total = rows.length;
	await app.db.writeMuch(async (tx, breathe) => {
		if ((await findLastApplied(tx, actor.organisation)) !== id)
			throw new DomainError('conflict', 'import-state');
		const context = { tx, app, actor, breathe };
		const kept =
			kind === 'people'
				? await undoPeople(context, rows, findLearners)
				: await undoWorkplaces(context, rows);
		for (const row of rows) {
			const because = kept.get(row.position);
			if (because) await keepRow(tx, id, row, because);
			await breathe();
		}
		await tx
			.update(imports)
			.set({ state: 'undone' satisfies ImportState, undoneAt: app.now() })
			.where(eq(imports.id, id));
		await auditImport(context, 'import.undone', id, counts);
	});
	progress.done = rows.length;
}

type Kept = Map<number, KeptBecause>;

async function keepRow(
	tx: Writer,
	id: string,
	{ position, change }: ImportRow,
	because: KeptBecause
): Promise<void> {
	await tx
		.update(importRows)
		.set({ outcome: 'kept', change: { ...change, kept: because } })
		.where(and(eq(importRows.import, id), eq(importRows.position, position)));
}

async function undoPeople(
	{ tx, app, actor, breathe }: Context,
	rows: readonly ImportRow[],
	findLearners: FindLearners
): Promise<Kept> {
	const kept: Kept = new Map();
	const { organisation } = actor;
	const steps = await listPersonSteps(rows, breathe);
	const ids = steps.map(({ person }) => person);
	const current = await readPeopleById(tx, organisation, ids, breathe);
	const tree = await readAllWorkplaces(tx, organisation);
	const open = new Set(tree.filter(({ closedOn }) => closedOn === null).map(({ id }) => id));
	const taken = await findTaken(tx, organisation, steps, breathe);
	const back: PersonStep[] = [];
	const added: string[] = [];
	for (const { position, person, from, to } of steps) {
		const isGone =
			from !== null && from.workplaces.some((id) => !open.has(id)) && from.closedOn === null;
		if (!stands(current.get(person), to)) kept.set(position, 'changed-since');
		else if (taken.has(person) || isGone) kept.set(position, 'taken');
		else if (from) back.push({ person, from: to, to: from, searchText: writeSearchText(from) });
		else added.push(person);
	}
	await breathe();
	const been = await findBeen(tx, added, findLearners, breathe);
	const closedOn = dayOf(app.now());
	for (const { person, from, to, searchText } of steps)
		if (from === null && been.has(person))
			back.push({ person, from: to, to: { ...to, closedOn }, searchText });
	await writePeople(tx, organisation, back, { now: app.now(), breathe });
	await auditGrants({ tx, app, actor, breathe }, back);
	await readMany(
		added.filter((person) => !been.has(person)),
		async (some) => {
			await tx
				.delete(people)
				.where(and(inArray(people.id, some), eq(people.organisation, organisation)));
			return [];
		},
		breathe,
		// Each takes with it what hangs on it in a dozen tables.
		25
	);
	return kept;
}

/** Whose former address or user name anybody has now, or whose number a colleague. */
async function findTaken(
	tx: Writer,
	organisation: string,
	steps: readonly PersonStep[],
	breathe: Breathe
): Promise<Set<string>> {
	const taken = new Set<string>();
	for (const key of ['email', 'username', 'employeeId'] as const) {
		const owners = new Map(
			steps.flatMap(({ person, from, to }) => {
				const former = from?.[key] ?? null;
				return former === null || former === to[key] ? [] : [[former, person]];
			})
		);
		const found = await readMany(
			[...owners.keys()],
			(some) =>
				tx
					.select({ id: people.id, organisation: people.organisation, value: people[key] })
					.from(people)
					.where(inArray(people[key], some)),
			breathe
		);
		for (const { id, organisation: at, value } of found) {
			const owner = value === null ? undefined : owners.get(value);
			// Other employers number their people as they like.
			const isElsewhere = key === 'employeeId' && at !== organisation;
			if (owner !== undefined && owner !== id && !isElsewhere) taken.add(owner);
		}
	}
	return taken;
}

/** Who of these has signed in at some time, or has finished something. */
async function findBeen(
	tx: Writer,
	ids: readonly string[],
	findLearners: FindLearners,
	breathe: Breathe
): Promise<Set<string>> {
	const found = await readMany(
		ids,
		async (some) => [
			...(await tx
				.select({ id: passwords.person })
				.from(passwords)
				.where(inArray(passwords.person, some))),
			...(await tx
				.selectDistinct({ id: sessions.person })
				.from(sessions)
				.where(inArray(sessions.person, some))),
			...(await tx
				.selectDistinct({ id: audit.actor })
				.from(audit)
				.where(inArray(audit.actor, some))),
			...(await findLearners(tx, some)).map((id) => ({ id }))
		],
		breathe
	);
	return new Set(found.flatMap(({ id }) => id ?? []));
}

async function undoWorkplaces(
	{ tx, actor, breathe }: Context,
	rows: readonly ImportRow[]
): Promise<Kept> {
	const kept: Kept = new Map();
	const { organisation } = actor;
	const steps = rows.flatMap((row) =>
		asWorkplaceStep(row).map((step) => ({ ...step, position: row.position }))
	);
	const all = await readAllWorkplaces(tx, organisation);
	const current = new Map(all.map(({ id, ...state }) => [id, state]));
	for (const { position, workplace, to } of steps) {
		const now = current.get(workplace);
		const same = now && keys.every((key) => now[key] === to[key]);
		if (!same) kept.set(position, 'changed-since');
	}
	const used = await findUsed(
		tx,
		steps.filter(({ from }) => from === null).map(({ workplace }) => workplace)
	);
	for (const { position, workplace, from } of steps)
		if (from === null && used.has(workplace) && !kept.has(position)) kept.set(position, 'in-use');
	keepUntilSound(steps, kept, current);
	const undone = steps.filter(({ position }) => !kept.has(position));
	await writeWorkplaces(
		tx,
		organisation,
		undone.flatMap(({ workplace, from, to }) => (from ? [{ workplace, from: to, to: from }] : [])),
		breathe
	);
	const gone = undone.filter(({ from }) => from === null).map(({ workplace }) => workplace);
	if (gone.length === 0) return kept;
	await tx.delete(workplaceReach).where(inArray(workplaceReach.below, gone));
	await tx
		.delete(workplaces)
		.where(and(inArray(workplaces.id, gone), eq(workplaces.organisation, organisation)));
	return kept;
}

const keys = ['name', 'parent', 'setting', 'externalId', 'closedOn'] as const;

/** New workplaces where somebody works by now, holds a role or has written a plan. */
async function findUsed(tx: Writer, ids: readonly string[]): Promise<Set<string>> {
	const found = await readMany(ids, async (some) => [
		...(await tx
			.selectDistinct({ id: memberships.workplace })
			.from(memberships)
			.where(inArray(memberships.workplace, some))),
		...(await tx
			.selectDistinct({ id: grants.workplace })
			.from(grants)
			.where(inArray(grants.workplace, some))),
		...(await tx
			.selectDistinct({ id: taskAnswers.workplace })
			.from(taskAnswers)
			.where(inArray(taskAnswers.workplace, some)))
	]);
	return new Set(found.map(({ id }) => id));
}

/**
 * What stays has a place to stay at: a new workplace is kept while something below it is, and one that
 * was moved where its former place is closed, or lies below itself by now.
 */
function keepUntilSound(
	steps: readonly (WorkplaceStep & { position: number })[],
	kept: Kept,
	current: ReadonlyMap<string, WorkplaceStep['to']>
): void {
	for (let isSound = false; !isSound;) {
		isSound = true;
		const after = new Map(current);
		for (const { position, workplace, from } of steps) {
			if (kept.has(position)) continue;
			if (from) after.set(workplace, from);
			else after.delete(workplace);
		}
		const parents = new Set([...after.values()].map(({ parent }) => parent));
		for (const { position, workplace, from } of steps) {
			if (kept.has(position)) continue;
			const isNeeded = from === null ? parents.has(workplace) : !endsAtTop(workplace, after);
			if (!isNeeded) continue;
			kept.set(position, 'in-use');
			isSound = false;
		}
	}
}

function endsAtTop(workplace: string, tree: ReadonlyMap<string, WorkplaceStep['to']>): boolean {
	const passed = new Set<string>();
	for (let at: string | null = workplace; at !== null;) {
		const state: WorkplaceStep['to'] | undefined = tree.get(at);
		if (!state || passed.has(at)) return false;
		passed.add(at);
		at = state.parent;
	}
	return true;
}
