import type { Grant } from '#lib/access/actor.ts';
import type { Role } from '#lib/access/roles.ts';
import { proposeUsername } from '#lib/identity/username.ts';
import type { Read } from './import-cells.ts';
import type { PersonLine } from './import-person-line.ts';
import type { Places } from './import-places.ts';
import { cutShort, refuse, type Reason } from './import-reason.ts';

/** A role held, as it is stored. */
export interface HeldGrant extends Grant {
	id: string;
}

/** What an import may change of a person; lists are in order, so that two alike are written alike. */
export interface PersonState {
	name: string;
	email: string | null;
	username: string | null;
	employeeId: string | null;
	locale: string | null;
	closedOn: string | null;
	workplaces: readonly string[];
	grants: readonly HeldGrant[];
	/** The absence that the import is about; null where it is about none. */
	absence: { id: string; from: string; until: string | null } | null;
}

export interface KnownPerson {
	id: string;
	state: Omit<PersonState, 'absence'>;
	absences: readonly NonNullable<PersonState['absence']>[];
}

/** What a plan is made for. */
export interface PeopleWorld {
	people: readonly KnownPerson[];
	/** Open workplaces where the actor may. */
	places: Places;
	/** Ids of those workplaces, and of closed ones there. */
	within: ReadonlySet<string>;
	/** Whether that is the whole organisation. */
	isWhole: boolean;
	/** Addresses of the file that somebody elsewhere has, and all user names elsewhere. */
	takenElsewhere: ReadonlySet<string>;
	/** Who brings the list. */
	actor: string;
	today: string;
	/** Whether who is not in the file has left. */
	endsMissing: boolean;
	newId(): string;
}

export type Outcome = 'new' | 'changed' | 'moved' | 'ended' | 'same' | 'refused';

/** What one line comes to. `before` and `after` are there where something is to be done. */
export interface PlannedPerson {
	/** Line of the file; 0 for who is not in it. */
	line: number;
	outcome: Outcome;
	person: string | null;
	label: string;
	before: PersonState | null;
	after: PersonState | null;
	reason: Reason | null;
}

export interface PeoplePlan {
	rows: PlannedPerson[];
	/** How many people are open now, where the actor may. */
	open: number;
	/** How many lines name a day of leaving that lies ahead; nothing is done about it yet. */
	leavingLater: number;
	/** That nobody was ended for being missing, because some lines could not be read. */
	sparesMissing: boolean;
	/** Cohorts that name no workplace, and are left out. */
	ignoredCohorts: readonly string[];
}

/** Compares a file with what stands. Nothing is written. Yields where it may be interrupted. */
export function* planPeople(
	lines: readonly Read<PersonLine>[],
	world: PeopleWorld
): Generator<undefined, PeoplePlan> {
	const byKey = new Map<string, KnownPerson>();
	const taken = new Set(world.takenElsewhere);
	for (const [index, person] of world.people.entries()) {
		if (index % 500 === 499) yield;
		for (const key of listKeys(person.state)) byKey.set(key, person);
		if (person.state.username) taken.add(person.state.username);
	}
	for (const line of lines)
		if ('value' in line && line.value.username) taken.add(line.value.username);
	yield;
	const context: Context = {
		world,
		byKey,
		taken,
		numbered: new Map(),
		claimed: new Map(),
		inFile: new Set(),
		ignoredCohorts: new Set()
	};
	const rows: PlannedPerson[] = [];
	let leavingLater = 0;
	for (const [index, line] of lines.entries()) {
		if (index % 50 === 49) yield;
		const row = planLine(line, context);
		rows.push(row);
		const until = 'value' in line ? line.value.until : null;
		if (row.outcome !== 'refused' && until !== null && until > world.today) leavingLater += 1;
	}
	yield;
	const open = world.people.filter((person) => isWithin(person, world) && !person.state.closedOn);
	yield;
	// Whom a line is about that could not be read, nobody knows: they are not to be ended by it.
	const isUnsure = lines.some((line) => 'reason' in line);
	if (world.endsMissing && !isUnsure) rows.push(...planMissing(open, context));
	return {
		rows,
		open: open.length,
		leavingLater,
		sparesMissing: world.endsMissing && isUnsure,
		ignoredCohorts: [...context.ignoredCohorts].sort()
	};
}

interface Context {
	world: PeopleWorld;
	byKey: ReadonlyMap<string, KnownPerson>;
	/** User names that a new one may not be. */
	taken: Set<string>;
	/** The next number to try behind a user name that many would have. */
	numbered: Map<string, number>;
	/** The line that has named a key first. */
	claimed: Map<string, number>;
	/** Everybody whom some line is about, refused or not. */
	inFile: Set<string>;
	ignoredCohorts: Set<string>;
}

type Keys = Pick<PersonLine, 'employeeId' | 'email' | 'username'>;

/** What a person is known by, each in a name space of its own. */
function listKeys({ employeeId, email, username }: Keys): string[] {
	return [
		...(employeeId === null ? [] : [`id ${employeeId}`]),
		...(email === null ? [] : [`mail ${email}`]),
		...(username === null ? [] : [`user ${username}`])
	];
}

function planLine(line: Read<PersonLine>, context: Context): PlannedPerson {
	if ('reason' in line) return refused(line.line, '', line.reason);
	const { value } = line;
	const label = cutShort(value.name ?? value.email ?? value.username ?? value.employeeId ?? '');
	const keys = listKeys(value);
	const found = new Set(keys.flatMap((key) => context.byKey.get(key) ?? []));
	for (const { id } of found) context.inFile.add(id);
	const reason = judgeKeys(line.line, value, keys, found, context);
	if (reason) return refused(line.line, label, reason);
	const [person] = found;
	const planned = person ? planKnown(person, value, context) : planNew(value, context);
	if ('code' in planned) return refused(line.line, label, planned);
	return { line: line.line, label: label || (planned.after?.name ?? ''), reason: null, ...planned };
}

function refused(line: number, label: string, reason: Reason): PlannedPerson {
	return { line, outcome: 'refused', person: null, label, before: null, after: null, reason };
}

/** A person stands once in a file, and is one person in the store and nobody's elsewhere. */
function judgeKeys(
	line: number,
	value: PersonLine,
	keys: readonly string[],
	found: ReadonlySet<KnownPerson>,
	{ claimed, world }: Context
): Reason | null {
	const all = [...keys, ...[...found].map(({ id }) => `person ${id}`)];
	const earlier = all.map((key) => claimed.get(key)).find((at) => at !== undefined);
	if (earlier !== undefined) return { code: 'twice', line: earlier };
	for (const key of all) claimed.set(key, line);
	if (found.size > 1) return { code: 'several-people' };
	const { email, username } = value;
	const isTaken = [email, username].some((key) => key !== null && world.takenElsewhere.has(key));
	return isTaken ? { code: 'taken' } : null;
}

type Planned = Pick<PlannedPerson, 'outcome' | 'person' | 'before' | 'after'>;

function planNew(value: PersonLine, context: Context): Planned | Reason {
	const { world } = context;
	if (value.isGone || (value.until !== null && value.until <= world.today))
		return { code: 'unknown-person' };
	if (value.from !== null && value.from > world.today) return refuse('not-yet', value.from);
	if (value.name === null) return { code: 'no-name' };
	const workplaces = findWorkplaces(value, context);
	if ('code' in workplaces) return workplaces;
	if (workplaces.length === 0) return { code: 'no-workplace' };
	const username =
		value.username ?? (value.email === null ? suggestUsername(value.name, context) : null);
	const after: PersonState = {
		name: value.name,
		email: value.email,
		username,
		employeeId: value.employeeId,
		locale: value.locale,
		closedOn: null,
		workplaces,
		grants: sortGrants(
			(value.roles ?? []).flatMap((role) =>
				workplaces.map((workplace) => ({ id: world.newId(), role, workplace }))
			)
		),
		absence: value.away && { id: world.newId(), ...value.away }
	};
	return { outcome: 'new', person: world.newId(), before: null, after };
}

function planKnown(person: KnownPerson, value: PersonLine, context: Context): Planned | Reason {
	const { world } = context;
	if (!isWithin(person, world)) return { code: 'out-of-reach' };
	const workplaces = findWorkplaces(value, context);
	if ('code' in workplaces) return workplaces;
	const away = value.away && person.absences.find(({ from }) => from === value.away?.from);
	const before: PersonState = { ...person.state, absence: away ?? null };
	const closedOn = decideClosing(value, person.state.closedOn, world.today);
	const kept = {
		...before,
		name: value.name ?? before.name,
		email: value.email ?? before.email,
		username: value.username ?? before.username,
		employeeId: value.employeeId ?? before.employeeId,
		locale: value.locale ?? before.locale,
		absence: value.away ? { id: away?.id ?? world.newId(), ...value.away } : null
	};
	const after: PersonState =
		closedOn === null
			? { ...kept, closedOn, ...settle(before, workplaces, value.roles, world) }
			: { ...kept, closedOn };
	const outcome = nameOutcome(before, after);
	if (outcome === 'same') return { outcome, person: person.id, before: null, after: null };
	if (isAdministrator(before) || person.id === world.actor) return { code: 'administrator' };
	return { outcome, person: person.id, before, after };
}

/** Who is gone stays gone as before; who is there without a day of leaving is back. */
function decideClosing(value: PersonLine, closedOn: string | null, today: string): string | null {
	const isOver = value.until !== null && value.until <= today;
	if (isOver || value.isGone) return closedOn ?? (isOver ? value.until : today);
	const isBack = value.from !== null ? value.from <= today : true;
	return closedOn !== null && !isBack ? closedOn : null;
}

/** Where somebody works from now on, and the roles that they hold there. */
function settle(
	before: PersonState,
	workplaces: readonly string[],
	roles: readonly Role[] | null,
	world: PeopleWorld
): Pick<PersonState, 'workplaces' | 'grants'> {
	const places = workplaces.length > 0 ? workplaces : before.workplaces;
	const left = before.workplaces.filter((id) => !places.includes(id));
	const decided = roles === null ? [] : places;
	const stay = before.grants.filter(({ role, workplace }) => {
		if (role === 'administrator') return true;
		if (left.includes(workplace)) return false;
		return !decided.includes(workplace) || (roles?.includes(role) ?? false);
	});
	const added = (roles ?? []).flatMap((role) =>
		decided
			.filter((at) => !stay.some((held) => held.role === role && held.workplace === at))
			.map((workplace) => ({ id: world.newId(), role, workplace }))
	);
	return { workplaces: places, grants: sortGrants([...stay, ...added]) };
}

export function sortGrants(grants: readonly HeldGrant[]): HeldGrant[] {
	const key = ({ role, workplace }: Grant) => `${role} ${workplace}`;
	return grants
		.map(({ id, role, workplace }) => ({ id, role, workplace }))
		.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function nameOutcome(before: PersonState, after: PersonState): Outcome {
	if (before.closedOn !== after.closedOn) return after.closedOn === null ? 'changed' : 'ended';
	if (before.workplaces.join() !== after.workplaces.join()) return 'moved';
	return listChanges(before, after).length > 0 ? 'changed' : 'same';
}

/** What differs, for people to read. */
export type Change =
	| 'name'
	| 'email'
	| 'username'
	| 'employeeId'
	| 'locale'
	| 'closedOn'
	| 'workplaces'
	| 'roles'
	| 'absence';

export function listChanges(before: PersonState, after: PersonState): Change[] {
	const plain = ['name', 'email', 'username', 'employeeId', 'locale', 'closedOn'] as const;
	const changes: Change[] = plain.filter((field) => before[field] !== after[field]);
	if (before.workplaces.join() !== after.workplaces.join()) changes.push('workplaces');
	const roles = ({ grants }: PersonState) => grants.map(({ id }) => id).join();
	if (roles(before) !== roles(after)) changes.push('roles');
	if (JSON.stringify(before.absence) !== JSON.stringify(after.absence)) changes.push('absence');
	return changes;
}

function findWorkplaces(value: PersonLine, context: Context): string[] | Reason {
	const found = new Set<string>();
	for (const text of value.workplaces) {
		const place = context.world.places.find(text);
		if (place === 'unknown') return refuse('unknown-workplace', text);
		if (place === 'ambiguous') return refuse('ambiguous-workplace', text);
		found.add(place.id);
	}
	for (const text of value.cohorts) {
		const place = context.world.places.find(text);
		if (typeof place === 'object') found.add(place.id);
		else if (context.ignoredCohorts.size < 40) context.ignoredCohorts.add(cutShort(text));
	}
	return [...found].sort();
}

/** Everywhere they work, and whatever they may do, lies where the actor may. */
function isWithin({ state }: KnownPerson, { within, isWhole }: PeopleWorld): boolean {
	if (state.workplaces.length === 0) return isWhole;
	return (
		state.workplaces.every((id) => within.has(id)) &&
		state.grants.every(({ workplace }) => within.has(workplace))
	);
}

function isAdministrator({ grants }: Pick<PersonState, 'grants'>): boolean {
	return grants.some(({ role }) => role === 'administrator');
}

/** Who has left because no line is about them: never who administers, and never who brings the list. */
function planMissing(open: readonly KnownPerson[], { world, inFile }: Context): PlannedPerson[] {
	return open
		.filter(({ id, state }) => !inFile.has(id) && !isAdministrator(state) && id !== world.actor)
		.map(({ id, state }) => {
			const before = { ...state, absence: null };
			const after = { ...before, closedOn: world.today };
			const label = cutShort(state.name);
			return { line: 0, outcome: 'ended', person: id, label, before, after, reason: null };
		});
}

/** A user name for who has no address, made of the name, that nobody has yet. */
function suggestUsername(name: string, { taken, numbered }: Context): string {
	const stem = proposeUsername(name);
	for (let number = numbered.get(stem) ?? 1; ; number += 1) {
		const username = number === 1 ? stem : `${stem}${number}`;
		if (taken.has(username)) continue;
		taken.add(username);
		numbered.set(stem, number + 1);
		return username;
	}
}
