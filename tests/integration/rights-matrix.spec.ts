/**
 * For every route, every role, one's own house and a foreign one: the answer is what the matrix says
 * (ASVS 8.1.1, 8.2.1, 8.2.2, 8.2.3, 8.3.1, 8.4.1). Routes and their actions are found by looking, so
 * that a new one fails until the matrix knows it; every load and action is asked on its own, so that no
 * layout can be the guard.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { roles, type Role } from '#lib/access/roles.ts';
import type { App } from '#lib/app.ts';
import { newId } from '#lib/id.ts';
import { findRecipe } from '#lib/plenary/recipes.ts';
import { planSession } from '#lib/plenary/sessions.server.ts';
import { makeSnapshot } from '#lib/completion/snapshots.server.ts';
import { imports } from '#lib/workplaces/tables.server.ts';
import { loadTestCourses, makeApp } from '#tests/support/app.ts';
import { makeDraft } from '#tests/support/drafts.ts';
import { makeEvent } from '#tests/support/event.ts';
import { rightsOfRoutes, type Entry, type RouteRights } from '#tests/support/rights-matrix.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';

type Answering = (event: unknown) => unknown;
interface RouteModule {
	load?: Answering;
	actions?: Readonly<Record<string, Answering>>;
	GET?: Answering;
	POST?: Answering;
}

const servers = import.meta.glob<RouteModule>([
	'../../src/routes/**/+page.server.ts',
	'../../src/routes/**/+server.ts'
]);
const pages = import.meta.glob('../../src/routes/**/+page.svelte');

const routeOf = (file: string) =>
	file.replace('../../src/routes', '').replace(/\/\+[a-z.]+$/, '') || '/';

const routes = [...new Set([...Object.keys(servers), ...Object.keys(pages)].map(routeOf))].sort();

/** What somebody heard: let in, sent to sign in, not allowed, or not there. */
type Heard = 'let in' | 'sign in' | 'forbidden' | 'missing';

async function ask(answering: Answering, event: unknown): Promise<Heard> {
	try {
		const result = await answering(event);
		if (result instanceof Response)
			return readStatus(result.status, result.headers.get('location'));
		return 'let in';
	} catch (thrown) {
		if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) throw thrown;
		const location = 'location' in thrown ? String(thrown.location) : null;
		return readStatus(Number(thrown.status), location);
	}
}

function readStatus(status: number, location: string | null): Heard {
	if (status === 401 || (status === 303 && location?.startsWith('/sign-in'))) return 'sign in';
	if (status === 403) return 'forbidden';
	return status === 404 ? 'missing' : 'let in';
}

function expected(entry: Entry, role: Role | null, isForeign: boolean): Heard {
	if (entry === 'anybody') return 'let in';
	if (role === null) return 'sign in';
	if (entry === 'signed-in') return 'let in';
	if (!entry.includes(role)) return 'forbidden';
	return isForeign ? 'missing' : 'let in';
}

interface World {
	app: ReturnType<typeof makeApp>;
	own: TestOrganisation;
	foreign: TestOrganisation;
	actors: ReadonlyMap<Role | null, Actor | null>;
	/** Somebody in one's own house, and somebody in the foreign one. */
	people: { own: string; foreign: string };
	/** A list that each has brought. */
	imports: { own: string; foreign: string };
	/** A draft of each who may write one, and one of somebody else's. */
	drafts: { own: ReadonlyMap<Role | null, string>; foreign: string };
	/** A status for the board of each house. */
	snapshots: { own: string; foreign: string };
	/** A session that key staff of each house have planned. */
	sessions: { own: string; foreign: string };
}

async function makeWorld(): Promise<World> {
	const app = { ...makeApp(), library: loadTestCourses() };
	const own = await makeOrganisation(app, 'Acme');
	const foreign = await makeOrganisation(app, 'Elsewhere');
	const actors = new Map<Role | null, Actor | null>([[null, null]]);
	for (const role of roles) {
		// An administrator administers the whole; the others belong to a house.
		const at = role === 'administrator' ? own.top : own.north;
		actors.set(role, await own.hire(`Kim ${role}`, own.north, role, at));
	}
	const people = {
		own: (await own.hire('Bo', own.north)).person,
		foreign: (await foreign.hire('Ib', foreign.north)).person
	};
	const imports = { own: await bringList(app, own.id), foreign: await bringList(app, foreign.id) };
	const snapshots = {
		own: await keepStatus(app, actors.get('leader')!, own.north),
		foreign: await keepStatus(
			app,
			await foreign.hire('Lea', foreign.north, 'leader'),
			foreign.north
		)
	};
	const sessions = {
		own: await planOne(app, actors.get('key-staff')!, own.north),
		foreign: await planOne(
			app,
			await foreign.hire('Kaj', foreign.north, 'key-staff'),
			foreign.north
		)
	};
	const drafts = {
		own: new Map<Role | null, string>(),
		foreign: await makeDraft(app, await foreign.hire('Ane', foreign.north, 'peer-supporter'))
	};
	for (const role of ['key-staff', 'peer-supporter', 'editor'] as const)
		drafts.own.set(role, await makeDraft(app, actors.get(role)!));
	return { app, own, foreign, actors, people, imports, drafts, snapshots, sessions };
}

async function planOne(app: App, facilitator: Actor, workplace: string): Promise<string> {
	const id = newId();
	const { kind, points, ...recipe } = findRecipe('sparring');
	await planSession(app, facilitator, {
		id,
		kind,
		title: recipe.title.en,
		workplace,
		others: [],
		scenario: null,
		modules: [],
		runSheet: points.map(({ minutes, heading }) => ({ minutes, heading: heading.en, words: '' })),
		startsAt: app.now(),
		minutes: 25,
		place: '',
		locale: 'en',
		follows: null,
		helpers: []
	});
	return id;
}

async function keepStatus(app: App, leader: Actor, workplace: string): Promise<string> {
	const id = newId();
	await makeSnapshot(app, leader, workplace, id);
	return id;
}

async function bringList(app: App, organisation: string): Promise<string> {
	const id = newId();
	await app.db.write(async (tx) => {
		await tx.insert(imports).values({
			id,
			organisation,
			kind: 'people',
			state: 'previewed',
			counts: {},
			madeAt: app.now()
		});
	});
	return id;
}

interface Asking {
	rights: RouteRights;
	role: Role | null;
	isForeign: boolean;
	form?: Readonly<Record<string, string>>;
}

/** What is taught, for the routes of learners; each exists. */
const taught = {
	course: 'basic',
	module: 'what-is-trauma',
	scenario: 'reception-full-house',
	file: 'people.csv',
	token: 'made-up',
	provider: 'made-up',
	code: '7K3M-PQ9X-2HTV',
	form: 'yaml',
	certificate: '0190f3a0-0000-7000-8000-000000000000'
};
const withTask = { course: 'house', module: 'a-quiet-room', task: 'quiet-room' };

function eventFor(world: World, route: string, { rights, role, isForeign, form }: Asking) {
	const targets = {
		workplace: isForeign ? world.foreign.north : world.own.north,
		person: isForeign ? world.people.foreign : world.people.own,
		import: isForeign ? world.imports.foreign : world.imports.own,
		draft: (!isForeign && world.drafts.own.get(role)) || world.drafts.foreign,
		snapshot: isForeign ? world.snapshots.foreign : world.snapshots.own,
		session: isForeign ? world.sessions.foreign : world.sessions.own
	};
	const params = {
		...taught,
		...(route.includes('[task]') && withTask),
		...(route.startsWith('/author/[scenario]') && { scenario: targets.draft }),
		...targets
	};
	const fill = (text: string) =>
		text.replace(
			/:(workplace|person|import|draft)/g,
			(_, name: keyof typeof targets) => targets[name]
		);
	const query = fill(rights.query ?? '');
	const path = route.replace(/\[(\w+)\]/g, (_, name: string) =>
		String(params[name as keyof typeof params])
	);
	return makeEvent(world.app, {
		actor: world.actors.get(role) ?? null,
		params,
		url: query ? `${path}?${query}` : path,
		...(form && {
			form: Object.fromEntries(Object.entries(form).map(([name, text]) => [name, fill(text)]))
		})
	});
}

// Reading all courses takes a while, and is nobody's test.
beforeAll(() => void loadTestCourses(), 60_000);

describe('8.1.1 the matrix', () => {
	test('knows every route there is, and no other', () => {
		expect(Object.keys(rightsOfRoutes).sort()).toEqual(routes);
	});

	test('knows every action of every route', async () => {
		for (const [file, load] of Object.entries(servers)) {
			const { actions = {}, POST } = await load();
			const known = Object.keys(rightsOfRoutes[routeOf(file)]?.send ?? {});
			const found = [...Object.keys(actions), ...(POST ? ['POST'] : [])];
			if (found.length > 0) expect(known.sort(), file).toEqual(found.sort());
		}
	});
});

const filesOf = (route: string) => Object.keys(servers).filter((file) => routeOf(file) === route);
/** A page that nothing is loaded for is open to anybody. */
const guarded = Object.entries(rightsOfRoutes).filter(([route]) => filesOf(route).length > 0);

test('a page that nothing is loaded for is one that anybody may see', () => {
	const bare = Object.entries(rightsOfRoutes).filter(([route]) => filesOf(route).length === 0);
	for (const [route, { look }] of bare) expect(look, route).toBe('anybody');
});

describe.each(guarded)('%s', (route, rights) => {
	const files = filesOf(route);
	const sides = rights.about ? [false, true] : [false];
	const looks = [null, ...roles].flatMap((role) => sides.map((isForeign) => ({ role, isForeign })));

	if (rights.look)
		test('8.2.1, 8.2.3, 8.3.1 is shown to who may see it, and to nobody else', async () => {
			const world = await makeWorld();
			for (const file of files) {
				const { load, GET } = await servers[file]!();
				for (const { role, isForeign } of looks) {
					const asked = { rights, role, isForeign };
					for (const answering of [load, GET]) {
						if (!answering) continue;
						const heard = await ask(answering, eventFor(world, route, asked));
						const mayLook = expected(rights.look!, role, isForeign && !rights.showsOwn);
						const wanted = mayLook === 'let in' && rights.isEmpty ? 'missing' : mayLook;
						expect(heard, `${file} for ${role} ${isForeign ? 'elsewhere' : ''}`).toBe(wanted);
					}
				}
			}
		});

	if (rights.send)
		test('8.2.2, 8.3.1, 8.4.1 takes forms from who may send them, and from nobody else', async () => {
			const world = await makeWorld();
			for (const file of files) {
				const { actions = {}, POST } = await servers[file]!();
				for (const [name, { may, form }] of Object.entries(rights.send ?? {})) {
					const answering = name === 'POST' ? POST : actions[name];
					if (!answering) continue;
					for (const { role, isForeign } of looks) {
						const wanted = expected(may, role, isForeign);
						// What one may do is tried in the stories; here it would change the world for the next.
						if (wanted === 'let in') continue;
						const heard = await ask(
							answering,
							eventFor(world, route, { rights, role, isForeign, form })
						);
						expect(heard, `${name} by ${role} ${isForeign ? 'elsewhere' : ''}`).toBe(wanted);
					}
				}
			}
		});
});
