import { join } from 'node:path';
import { openPlatformRows, type PlatformRows } from '#lib/completion/fill.server.ts';
import { settle } from '#lib/completion/settle.server.ts';
import { writeTerms } from '#lib/completion/terms.server.ts';
import { hashPassword } from '#lib/identity/password.server.ts';
import { insertOrganisation, setPassword, writeSearchText } from '#lib/identity/people.server.ts';
import type { Library } from '#lib/scenario/library.server.ts';
import { fillSqlite } from '#lib/server/db/fill.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { addDays, addMonths, startOfDay } from '#lib/time.ts';
import { demonstrationPassword } from '../accounts.ts';
import { Chance, timedId } from './chance.ts';
import { liveThrough, type History } from './history.ts';
import { MonthCounts } from './months.ts';
import { inventName } from './names.ts';
import { layOutPlaces, type LargePlace, type Size } from './places.ts';
import { fillPosts, type Post } from './posts.ts';
import { PrivateSide } from './private.server.ts';
import { makeRules, rulesFor, type RuleMade } from './rules.ts';

export interface LargeOptions extends Size {
	/** An empty folder. */
	dataDir: string;
	/** The folder with the migrations of all stores. */
	migrations: string;
	library: Library;
	secretKey: Uint8Array;
	/** The same gives the same people with the same history; keys are chance each time. */
	seed: string;
	today: string;
	tell(sentence: string): void;
}

/** What was made. */
export interface Made {
	people: number;
	left: number;
	places: number;
	private: Awaited<ReturnType<PrivateSide['write']>>;
}

/** So many are settled at a time while nobody waits. */
const settledAtATime = 500;
/** Two years. */
const monthsBack = 24;
/** What is private is gone so many days after somebody left, see `retention.ts`. */
const daysUntilErased = 30;

/** Fills an empty folder with a service of so many people and two years of its history. */
export async function fillLarge(options: LargeOptions): Promise<Made> {
	const { library, seed, today, tell } = options;
	const start = addMonths(today, -monthsBack);
	const begun = startOfDay(start).getTime();
	const chance = new Chance(`${seed} places`);
	const organisation = timedId(chance, begun);
	const places = layOutPlaces(chance, options, begun);
	const posts = fillPosts(new Chance(`${seed} posts`), places, start, today);
	const rules = makeRules(new Chance(`${seed} rules`), places, start);
	const months = new MonthCounts(library.catalogue, start, today);
	const ownSide = new PrivateSide(seed, library, options.secretKey, today);
	const hash = await hashPassword(demonstrationPassword);
	tell(`${posts.length} people at ${places.length} places`);
	const fileOf = (name: string) => join(options.dataDir, `${name}.db`);
	const migrationsOf = (name: string) => join(options.migrations, 'sqlite', name);

	await fillSqlite<'platform'>({
		file: fileOf('platform'),
		migrations: migrationsOf('platform'),
		fill(filling) {
			const rows = openPlatformRows(filling);
			addVersions(rows, library);
			addPlaces(rows, organisation, places);
			addRules(rows, organisation, rules, findAdministrator(posts));
			const reaching = new Map<string, RuleMade[]>();
			const leaders = new Map(
				posts.filter(({ role }) => role === 'leader').map(({ place, id }) => [place, id])
			);
			for (const [number, post] of posts.entries()) {
				const own = new Chance(`${seed} person ${number}`);
				const key = `${post.place} ${post.role}`;
				let reached = reaching.get(key);
				if (!reached) reaching.set(key, (reached = rulesFor(rules, places, post)));
				const history = liveThrough(own, library.catalogue, post, reached, today);
				addPerson(rows, { organisation, places, today, number }, own, post);
				addHistory(rows, library, own, post, history, leaders.get(post.place) ?? null);
				months.add(post, history, reached, places[post.place]?.above ?? []);
				if (isErased(post, today)) continue;
				ownSide.add(own, post.id, post.place, history);
			}
			for (const { place, course, month, valid, total } of months.rows())
				rows.month(places[place]?.id ?? '', course, month, valid, total);
			tell('what has happened is written');
		},
		async complete(tx) {
			await insertOrganisation(tx, {
				id: organisation,
				name: 'Landets sociale tilbud',
				createdAt: new Date(begun),
				isDemonstration: true
			});
			for (const { id, account } of posts) if (account) await setPassword(tx, id, hash);
			await settleAtOnce(tx, library, posts, today);
			tell('where everybody stands is worked out');
		}
	});
	const made = await ownSide.write(
		{ private: fileOf('private'), keys: fileOf('keys') },
		{ private: migrationsOf('private'), keys: migrationsOf('keys') },
		places.map(({ id }) => id)
	);
	tell('what is private is written');
	const left = posts.filter(({ leftOn }) => leftOn !== null).length;
	return { people: posts.length - left, left, places: places.length, private: made };
}

const isErased = ({ leftOn }: Post, today: string) =>
	leftOn !== null && addDays(leftOn, daysUntilErased) < today;

const findAdministrator = (posts: readonly Post[]) =>
	posts.find(({ role }) => role === 'administrator')?.id ?? null;

/** Who has left is asked and counted nowhere. */
async function settleAtOnce(
	tx: Writer,
	{ catalogue }: Library,
	posts: readonly Post[],
	today: string
): Promise<void> {
	const here = posts.filter(({ leftOn }) => leftOn === null).map(({ id }) => id);
	for (let at = 0; at < here.length; at += settledAtATime)
		await settle(tx, catalogue, here.slice(at, at + settledAtATime), today);
}

function addVersions(rows: PlatformRows, { catalogue, scenarios }: Library): void {
	for (const { version, slug, body } of catalogue.courses)
		rows.version(version, 'course', slug, body);
	for (const { hash, slug, source } of scenarios) rows.version(hash, 'scenario', slug, source);
}

function addPlaces(rows: PlatformRows, organisation: string, places: readonly LargePlace[]): void {
	for (const { id, parent, name, setting, above } of places) {
		const parentId = parent === null ? null : (places[parent]?.id ?? null);
		rows.workplace(id, organisation, parentId, name, setting);
		for (const at of above) rows.reach(places[at]?.id ?? '', id);
	}
}

function addRules(
	rows: PlatformRows,
	organisation: string,
	rules: readonly RuleMade[],
	madeBy: string | null
): void {
	for (const { id, workplace, role, course, madeOn, terms } of rules)
		rows.rule(
			id,
			organisation,
			workplace,
			role,
			course,
			madeOn,
			madeBy,
			...listTerms(writeTerms(terms))
		);
}

/** In the order in which rules and assignments have them. */
function listTerms(terms: ReturnType<typeof writeTerms>) {
	const { dueDays, graceDays, renewBy, renewMonths, windowFrom, windowUntil } = terms;
	return [dueDays, graceDays, renewBy, renewMonths, windowFrom, windowUntil] as const;
}

function addPerson(
	rows: PlatformRows,
	world: {
		organisation: string;
		places: readonly LargePlace[];
		today: string;
		number: number;
	},
	chance: Chance,
	post: Post
): void {
	const { id, place, role, leftOn, account } = post;
	const name = account?.name ?? inventName(chance);
	const employeeId = `${100_000 + world.number}`;
	const email = account?.email ?? `p${employeeId}@service.example`;
	const erasedOn = isErased(post, world.today) && leftOn ? addDays(leftOn, daysUntilErased) : null;
	const searchText = writeSearchText({ name, email, employeeId });
	rows.person(id, world.organisation, name, email, employeeId, searchText, leftOn, erasedOn);
	const own = world.places[place]?.id ?? '';
	rows.membership(own, id);
	if (role === null) return;
	const at = role === 'administrator' ? (world.places[0]?.id ?? '') : own;
	rows.grant(timedId(chance, Date.parse(post.hiredOn)), id, role, at);
}

function addHistory(
	rows: PlatformRows,
	{ catalogue }: Library,
	chance: Chance,
	{ id: person }: Post,
	history: History,
	leader: string | null
): void {
	const newId = (day: string) => timedId(chance, Date.parse(day));
	const versionOf = (course: string) => catalogue.course(course)?.version ?? '';
	for (const { from, until } of history.absences) rows.absence(newId(from), person, from, until);
	for (const { course, reason, from, until, madeOn } of history.waivers)
		rows.waiver(newId(madeOn), person, course, reason, from, until, leader, madeOn);
	for (const one of history.assignments) {
		const { id, course, cycle, rule, origin, by, assignedOn, dueOn, endedOn, terms } = one;
		rows.assignment(
			...([id, person, course, cycle, rule, origin, by, assignedOn, dueOn, endedOn] as const),
			...(terms ? listTerms(writeTerms(terms)) : ([null, 0, null, null, null, null] as const))
		);
	}
	for (const { course, module, cycle, day, source } of sortModules(history.modules))
		rows.module(person, course, module, cycle, versionOf(course), day, source);
	for (const { course, cycle, day, source, by } of history.completions)
		rows.completion(person, course, cycle, versionOf(course), day, source, by);
}

/** By the primary key. */
function sortModules(modules: History['modules']): History['modules'] {
	const keyOf = ({ course, module, cycle }: History['modules'][number]) =>
		`${course} ${module} ${cycle}`;
	return modules.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
