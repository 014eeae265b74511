import { and, eq, inArray } from 'drizzle-orm';
import {
	entryTokens,
	passkeys,
	people,
	providerAccounts,
	recoveryCodes,
	sessions,
	totpFactors
} from '#lib/identity/tables.server.ts';
import { insertMany, readMany } from '#lib/server/db/insert-many.ts';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Writer } from '#lib/server/db/store.ts';
import type { Breathe } from '#lib/server/slices.ts';
import type { PersonState } from './import-person-plan.ts';
import type { WorkplaceState } from './import-workplace-plan.ts';
import { absences, grants, memberships, workplaceReach, workplaces } from './tables.server.ts';

/** A person as they are and as they shall be; null where there is nobody. */
export interface PersonStep {
	person: string;
	from: PersonState | null;
	to: PersonState;
	/** What they shall be found by; worked out before others are kept waiting. */
	searchText: string;
}

type Columns = 'name' | 'email' | 'username' | 'employeeId' | 'locale' | 'closedOn';

const columns: readonly Columns[] = [
	'name',
	'email',
	'username',
	'employeeId',
	'locale',
	'closedOn'
];

/** Makes people what they shall be. Who is closed by it is signed out everywhere. */
export async function writePeople(
	tx: Writer,
	organisation: string,
	steps: readonly PersonStep[],
	{ now, breathe }: { now: Date; breathe: Breathe }
): Promise<void> {
	const added = steps.filter(({ from }) => from === null);
	await insertMany(
		tx,
		people,
		added.map(({ person, to, searchText }) => ({
			id: person,
			organisation,
			name: to.name,
			email: to.email,
			username: to.username,
			employeeId: to.employeeId,
			locale: to.locale,
			closedOn: to.closedOn,
			searchText
		})),
		breathe
	);
	for (const step of steps) {
		const { from, to } = step;
		if (from && columns.some((column) => from[column] !== to[column])) await updatePerson(tx, step);
		await breathe();
	}
	await writeMemberships(tx, steps, breathe);
	await writeGrants(tx, steps, breathe);
	await writeAbsences(tx, steps, breathe);
	const closed = steps.filter(({ from, to }) => from?.closedOn === null && to.closedOn !== null);
	await lockOut(
		tx,
		closed.map(({ person }) => person),
		{ now, breathe }
	);
}

async function updatePerson(tx: Writer, { person, to, searchText }: PersonStep): Promise<void> {
	const update = prepared(tx, 'import_person', (handle) =>
		handle
			.update(people)
			.set({
				name: given('name'),
				email: given('email'),
				username: given('username'),
				employeeId: given('employeeId'),
				locale: given('locale'),
				closedOn: given('closedOn'),
				searchText: given('searchText')
			})
			.where(eq(people.id, given('person')))
			.prepare('import_person')
	);
	const { name, email, username, employeeId, locale, closedOn } = to;
	await update.execute({ person, name, email, username, employeeId, locale, closedOn, searchText });
}

/** Ends every session and way in of people whose access is over. */
export async function lockOut(
	tx: Writer,
	persons: readonly string[],
	{ now, breathe }: { now: Date; breathe: Breathe }
): Promise<void> {
	await readMany(
		persons,
		async (some) => {
			await tx.delete(sessions).where(inArray(sessions.person, some));
			for (const ways of [totpFactors, recoveryCodes, passkeys, providerAccounts])
				await tx.delete(ways).where(inArray(ways.person, some));
			await tx.update(entryTokens).set({ endedAt: now }).where(inArray(entryTokens.person, some));
			return [];
		},
		breathe
	);
}

async function writeMemberships(
	tx: Writer,
	steps: readonly PersonStep[],
	breathe: Breathe
): Promise<void> {
	const leave = prepared(tx, 'import_leave', (handle) =>
		handle
			.delete(memberships)
			.where(
				and(eq(memberships.workplace, given('workplace')), eq(memberships.person, given('person')))
			)
			.prepare('import_leave')
	);
	const joined: { workplace: string; person: string }[] = [];
	for (const { person, from, to } of steps) {
		const [before, after] = [from?.workplaces ?? [], to.workplaces];
		for (const workplace of before)
			if (!after.includes(workplace)) await leave.execute({ workplace, person });
		for (const workplace of after)
			if (!before.includes(workplace)) joined.push({ workplace, person });
		await breathe();
	}
	await insertMany(tx, memberships, joined, breathe);
}

async function writeGrants(
	tx: Writer,
	steps: readonly PersonStep[],
	breathe: Breathe
): Promise<void> {
	const idsOf = (state: PersonState | null) => new Set(state?.grants.map(({ id }) => id));
	const withdrawn: string[] = [];
	const granted: { id: string; person: string; role: string; workplace: string }[] = [];
	for (const { person, from, to } of steps) {
		const [before, after] = [idsOf(from), idsOf(to)];
		for (const id of before) if (!after.has(id)) withdrawn.push(id);
		for (const { id, role, workplace } of to.grants)
			if (!before.has(id)) granted.push({ id, person, role, workplace });
	}
	await readMany(
		withdrawn,
		async (some) => {
			await tx.delete(grants).where(inArray(grants.id, some));
			return [];
		},
		breathe
	);
	await insertMany(tx, grants, granted, breathe);
}

async function writeAbsences(
	tx: Writer,
	steps: readonly PersonStep[],
	breathe: Breathe
): Promise<void> {
	for (const { person, from, to } of steps) {
		const [before, after] = [from?.absence ?? null, to.absence];
		if (before && before.id !== after?.id)
			await tx.delete(absences).where(eq(absences.id, before.id));
		if (after && before?.id !== after.id)
			await tx
				.insert(absences)
				.values({ id: after.id, person, fromDay: after.from, untilDay: after.until });
		else if (after && before && before.until !== after.until)
			await tx.update(absences).set({ untilDay: after.until }).where(eq(absences.id, after.id));
		await breathe();
	}
}

export interface WorkplaceStep {
	workplace: string;
	from: WorkplaceState | null;
	to: WorkplaceState;
}

/** Makes workplaces what they shall be, and works out anew what lies above what. */
export async function writeWorkplaces(
	tx: Writer,
	organisation: string,
	steps: readonly WorkplaceStep[],
	breathe: Breathe
): Promise<void> {
	// External ids may change places: nobody has them while they do.
	const renumbered = steps.filter(({ from, to }) => from && from.externalId !== to.externalId);
	for (const { workplace } of renumbered)
		await tx.update(workplaces).set({ externalId: null }).where(eq(workplaces.id, workplace));
	await insertMany(
		tx,
		workplaces,
		steps
			.filter(({ from }) => from === null)
			.map(({ workplace, to }) => ({ id: workplace, organisation, ...to })),
		breathe
	);
	for (const { workplace, from, to } of steps) {
		if (from) await tx.update(workplaces).set(to).where(eq(workplaces.id, workplace));
		await breathe();
	}
	const moved = steps.filter(({ from, to }) => !from || from.parent !== to.parent);
	await drawReach(
		tx,
		organisation,
		moved.map(({ workplace }) => workplace),
		breathe
	);
}

/** Works out anew what lies above these workplaces and all below them. */
export async function drawReach(
	tx: Writer,
	organisation: string,
	moved: readonly string[],
	breathe: Breathe
): Promise<void> {
	if (moved.length === 0) return;
	const all = await tx
		.select({ id: workplaces.id, parent: workplaces.parent })
		.from(workplaces)
		.where(eq(workplaces.organisation, organisation));
	const parentOf = new Map(all.map(({ id, parent }) => [id, parent]));
	const goals = new Set(moved);
	const pairs: { above: string; below: string }[] = [];
	const affected: string[] = [];
	for (const { id } of all) {
		const way: string[] = [];
		for (let at: string | null = id; at !== null; at = parentOf.get(at) ?? null) way.push(at);
		if (!way.some((each) => goals.has(each))) continue;
		affected.push(id);
		pairs.push(...way.map((above) => ({ above, below: id })));
	}
	await readMany(
		affected,
		async (some) => {
			await tx.delete(workplaceReach).where(inArray(workplaceReach.below, some));
			return [];
		},
		breathe
	);
	await insertMany(tx, workplaceReach, pairs, breathe);
}
