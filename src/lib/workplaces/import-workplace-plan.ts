import { fold } from '#lib/identity/fold.ts';
import type { Read } from './import-cells.ts';
import type { Outcome } from './import-person-plan.ts';
import { indexPlaces, type KnownWorkplace, type Places } from './import-places.ts';
import { cutShort, refuse, type Reason } from './import-reason.ts';
import type { WorkplaceLine } from './import-workplace-line.ts';

/** What an import may change of a workplace. */
export type WorkplaceState = Omit<KnownWorkplace, 'id'>;

export interface TreeWorld {
	/** All of the organisation, closed ones too. */
	workplaces: readonly KnownWorkplace[];
	/** Ids of those where the actor may, closed ones too. */
	within: ReadonlySet<string>;
	/** How many people who are still there work at each. */
	staffed: ReadonlyMap<string, number>;
	today: string;
	newId(): string;
}

/** What one line comes to. `before` and `after` are there where something is to be done. */
export interface PlannedWorkplace {
	line: number;
	outcome: Outcome;
	workplace: string | null;
	label: string;
	before: WorkplaceState | null;
	after: WorkplaceState | null;
	reason: Reason | null;
}

interface Draft {
	line: number;
	value: WorkplaceLine;
	known: KnownWorkplace | null;
	id: string;
	reason: Reason | null;
	/** Worked out once all lines are known. */
	parent: string | null;
}

/** Compares a file with the tree as it stands. Nothing is written. Yields where it may be interrupted. */
export function* planWorkplaces(
	lines: readonly Read<WorkplaceLine>[],
	world: TreeWorld
): Generator<undefined, PlannedWorkplace[]> {
	const drafts = matchLines(lines, world);
	yield;
	placeDrafts(drafts, world);
	yield;
	yield* refuseUntilSound(drafts, world);
	return lines.map((line) => {
		if ('reason' in line) return refused(line.line, '', line.reason);
		const draft = drafts.get(line.line);
		return draft ? describe(draft, world) : refused(line.line, '', { code: 'twice' });
	});
}

type Drafts = ReadonlyMap<number, Draft>;

/** Which workplace each line is about: by external id, or by name below the same one above. */
function matchLines(lines: readonly Read<WorkplaceLine>[], world: TreeWorld): Drafts {
	const open = world.workplaces.filter(({ closedOn }) => closedOn === null);
	const places = indexPlaces(open);
	const byName = Map.groupBy(open, ({ name }) => foldName(name));
	const byExternalId = new Map(
		world.workplaces.flatMap((each) => (each.externalId === null ? [] : [[each.externalId, each]]))
	);
	const claimed = new Map<string, number>();
	const drafts = new Map<number, Draft>();
	for (const line of lines) {
		if ('reason' in line) continue;
		const { value } = line;
		const known =
			(value.externalId !== null && byExternalId.get(value.externalId)) ||
			findNameless(value, byName.get(foldName(value.name)) ?? [], places);
		const keys = [
			...(known ? [`workplace ${known.id}`] : []),
			value.externalId === null
				? `new ${foldName(value.parent ?? '')} / ${foldName(value.name)}`
				: `id ${value.externalId}`
		];
		const earlier = keys.map((key) => claimed.get(key)).find((at) => at !== undefined);
		for (const key of keys) if (!claimed.has(key)) claimed.set(key, line.line);
		const reason: Reason | null =
			earlier !== undefined
				? { code: 'twice', line: earlier }
				: known && !world.within.has(known.id)
					? { code: 'out-of-reach' }
					: null;
		const id = known ? known.id : world.newId();
		drafts.set(line.line, { line: line.line, value, known, id, reason, parent: null });
	}
	return drafts;
}

const foldName = (text: string) => fold(text).replace(/\s+/g, ' ');

/** The one among those of that name where the line puts it, which has no other external id. */
function findNameless(
	value: WorkplaceLine,
	named: readonly KnownWorkplace[],
	places: Places
): KnownWorkplace | null {
	const above = value.parent === null ? null : places.find(value.parent);
	if (above === 'unknown' || above === 'ambiguous') return null;
	const alike = named.filter(
		({ parent, externalId }) =>
			(externalId === null || value.externalId === null) && (above === null || parent === above.id)
	);
	const [only] = alike;
	return only && alike.length === 1 ? only : null;
}

/** Finds the one above each, among those of the store and of the file itself. */
function placeDrafts(drafts: Drafts, world: TreeWorld): void {
	const after = new Map(
		world.workplaces.filter(({ closedOn }) => closedOn === null).map((each) => [each.id, each])
	);
	for (const { id, value, known, reason } of drafts.values()) {
		if (reason) continue;
		const externalId = value.externalId ?? known?.externalId ?? null;
		after.set(id, {
			...(known ?? { parent: null, setting: null, closedOn: null }),
			id,
			name: value.name,
			externalId
		});
	}
	const tops = world.workplaces.filter(
		({ id, parent, closedOn }) =>
			closedOn === null && world.within.has(id) && (parent === null || !world.within.has(parent))
	);
	for (const draft of drafts.values()) {
		if (draft.reason || draft.value.parent !== null) continue;
		draft.parent = draft.known ? draft.known.parent : (tops[0]?.id ?? null);
		if (!draft.known && tops.length !== 1) draft.reason = { code: 'no-top' };
	}
	findParents(drafts, after);
}

/** A path may lead past lines that are only now put in their places: each round goes one step deeper. */
function findParents(drafts: Drafts, after: Map<string, KnownWorkplace>): void {
	let left = [...drafts.values()].filter(({ reason, value }) => !reason && value.parent !== null);
	for (const { id, parent } of drafts.values()) setParent(after, id, parent);
	for (let round = 0; round < deepest && left.length > 0; round += 1) {
		const places = indexPlaces([...after.values()]);
		const before = left.length;
		left = left.filter((draft) => {
			const found = places.find(draft.value.parent ?? '');
			if (typeof found === 'string') return true;
			draft.parent = found.id;
			setParent(after, draft.id, found.id);
			return false;
		});
		if (left.length === before) break;
	}
	const places = indexPlaces([...after.values()]);
	for (const draft of left) {
		const code = places.find(draft.value.parent ?? '') === 'ambiguous' ? 'ambiguous' : 'unknown';
		draft.reason = refuse(`${code}-parent`, draft.value.parent ?? '');
	}
}

function setParent(after: Map<string, KnownWorkplace>, id: string, parent: string | null): void {
	const workplace = after.get(id);
	if (workplace && parent !== null) after.set(id, { ...workplace, parent });
}

/** Refuses what cannot be, and what then cannot be either, until the rest makes one tree. */
function* refuseUntilSound(drafts: Drafts, world: TreeWorld): Generator<undefined, void> {
	for (let isSound = false; !isSound;) {
		isSound = true;
		const tree = drawTree(drafts, world);
		const counted = countBelow(tree);
		let judged = 0;
		for (const draft of drafts.values()) {
			if (++judged % 100 === 0) yield;
			if (draft.reason) continue;
			const reason = judge(draft, tree, counted, world);
			if (!reason) continue;
			draft.reason = reason;
			isSound = false;
		}
		yield;
	}
}

type Tree = ReadonlyMap<string, WorkplaceState>;

/** The tree as it would be with every line that is not refused. */
function drawTree(drafts: Drafts, world: TreeWorld): Tree {
	const tree = new Map<string, WorkplaceState>(
		world.workplaces.map(({ id, ...state }) => [id, state])
	);
	for (const draft of drafts.values())
		if (!draft.reason) tree.set(draft.id, stateAfter(draft, world));
	return tree;
}

function stateAfter({ value, known, parent }: Draft, { today }: TreeWorld): WorkplaceState {
	const closedOn =
		value.closed === null
			? (known?.closedOn ?? null)
			: value.closed === false || (typeof value.closed === 'string' && value.closed > today)
				? null
				: (known?.closedOn ?? (value.closed === true ? today : value.closed));
	return {
		name: value.name,
		parent,
		setting: value.setting ?? known?.setting ?? null,
		externalId: value.externalId ?? known?.externalId ?? null,
		closedOn
	};
}

interface Counted {
	/** Open ones directly below each. */
	openBelow: ReadonlyMap<string, number>;
	/** How often an open one of that name stands below one. */
	named: ReadonlyMap<string, number>;
}

const nameKey = ({ parent, name }: WorkplaceState) => `${parent ?? ''} ${foldName(name)}`;

function countBelow(tree: Tree): Counted {
	const openBelow = new Map<string, number>();
	const named = new Map<string, number>();
	for (const state of tree.values()) {
		if (state.closedOn !== null) continue;
		if (state.parent !== null) openBelow.set(state.parent, (openBelow.get(state.parent) ?? 0) + 1);
		named.set(nameKey(state), (named.get(nameKey(state)) ?? 0) + 1);
	}
	return { openBelow, named };
}

function judge(draft: Draft, tree: Tree, counted: Counted, world: TreeWorld): Reason | null {
	const { id, known, value } = draft;
	const after = tree.get(id);
	if (!after) return { code: 'unknown-parent' };
	if (!known && after.closedOn !== null) return refuse('unknown-workplace', value.name);
	const before = known && tree.get(known.id);
	if (known && known.parent === null && after.parent !== null) return { code: 'is-top' };
	const above = after.parent === null ? null : tree.get(after.parent);
	if (above === undefined) return refuse('unknown-parent', value.parent ?? '');
	const isMoved = !known || known.parent !== after.parent;
	const way = isMoved ? followUp(id, tree) : 'up';
	if (way !== 'up') return { code: way };
	if (isMoved && after.parent !== null && !isReached(after.parent, tree, world))
		return refuse('unknown-parent', value.parent ?? '');
	if (after.closedOn === null && above && above.closedOn !== null)
		return refuse('unknown-parent', above.name);
	if (after.closedOn !== null && known?.closedOn === null) {
		if ((world.staffed.get(id) ?? 0) > 0) return { code: 'in-use' };
		if ((counted.openBelow.get(id) ?? 0) > 0) return { code: 'has-below' };
	}
	const isRenamed = !before || !known || known.name !== after.name || isMoved;
	if (isRenamed && after.closedOn === null && (counted.named.get(nameKey(after)) ?? 0) > 1)
		return { code: 'same-name' };
	return null;
}

/** How many workplaces may stand above one another. */
const deepest = 20;

/** Whether the way up from a workplace ends, or goes round in a circle, or is longer than any is. */
function followUp(id: string, tree: Tree): 'up' | 'cycle' | 'too-deep' {
	const passed = new Set<string>();
	for (let at: string | null = id; at !== null; at = tree.get(at)?.parent ?? null) {
		if (passed.has(at)) return 'cycle';
		if (passed.size === deepest) return 'too-deep';
		passed.add(at);
	}
	return 'up';
}

/** Whether the way up leads past a workplace of the store at which the actor may. */
function isReached(id: string, tree: Tree, { within }: TreeWorld): boolean {
	const passed = new Set<string>();
	for (let at: string | null = id; at !== null; at = tree.get(at)?.parent ?? null) {
		if (within.has(at)) return true;
		if (passed.has(at)) return false;
		passed.add(at);
	}
	return false;
}

function refused(line: number, label: string, reason: Reason): PlannedWorkplace {
	return { line, outcome: 'refused', workplace: null, label, before: null, after: null, reason };
}

function describe(draft: Draft, world: TreeWorld): PlannedWorkplace {
	const { line, value, known, id, reason } = draft;
	const label = cutShort(value.name);
	if (reason) return refused(line, label, reason);
	const after = stateAfter(draft, world);
	if (!known) return { line, outcome: 'new', workplace: id, label, before: null, after, reason };
	const { name, parent, setting, externalId, closedOn } = known;
	const before = { name, parent, setting, externalId, closedOn };
	const outcome = nameOutcome(before, after);
	const shared = { line, outcome, workplace: id, label, reason };
	return outcome === 'same'
		? { ...shared, before: null, after: null }
		: { ...shared, before, after };
}

function nameOutcome(before: WorkplaceState, after: WorkplaceState): Outcome {
	if (before.closedOn === null && after.closedOn !== null) return 'ended';
	if (before.parent !== after.parent) return 'moved';
	return listWorkplaceChanges(before, after).length > 0 ? 'changed' : 'same';
}

export type WorkplaceChange = 'name' | 'parent' | 'setting' | 'externalId' | 'closedOn';

/** What differs, for people to read. */
export function listWorkplaceChanges(
	before: WorkplaceState,
	after: WorkplaceState
): WorkplaceChange[] {
	const fields = ['name', 'parent', 'setting', 'externalId', 'closedOn'] as const;
	return fields.filter((field) => before[field] !== after[field]);
}
