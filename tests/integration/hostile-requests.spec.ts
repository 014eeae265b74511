/**
 * Whatever is sent to any route: never a fault of ours, and never a row that somebody changes who may
 * not, or with something that no form of ours sends. Routes are found by looking, so that a new one is
 * attacked from its first day.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { roles, type Role } from '#lib/access/roles.ts';
import { publishMissing } from '#lib/completion/publish.server.ts';
import { settleAll } from '#lib/completion/stale.server.ts';
import { createEntryLimits } from '#lib/identity/entry-limits.server.ts';
import { newId } from '#lib/id.ts';
import { findRecipe } from '#lib/plenary/recipes.ts';
import { planSession } from '#lib/plenary/sessions.server.ts';
import { createSignInLimiter } from '#lib/server/rate-limit.server.ts';
import { makeApp, loadTestCourses, type TestApp } from '#tests/support/app.ts';
import { ChangeWatch } from '#tests/support/changes.ts';
import { makeDraft } from '#tests/support/drafts.ts';
import { makeEvent } from '#tests/support/event.ts';
import { hostileJson, hostileText, strangeName, triesOf } from '#tests/support/hostile.ts';
import { rightsOfRoutes, type Entry } from '#tests/support/rights-matrix.ts';
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
const routeOf = (file: string) =>
	file.replace('../../src/routes', '').replace(/\/\+[a-z.]+$/, '') || '/';

/** Who was let in where is written down; nothing else follows from what is refused. */
const log = ['platform.audit'];

let app: TestApp;
let watch: ChangeWatch;
let own: TestOrganisation;
const actors = new Map<Role, Actor>();
const targets: Record<string, string> = {
	course: 'basic',
	module: 'what-is-trauma',
	scenario: 'reception-full-house',
	file: 'people.csv',
	token: 'made-up',
	code: '7K3M-PQ9X-2HTV',
	form: 'yaml',
	task: 'quiet-room',
	import: newId(),
	snapshot: newId(),
	certificate: newId()
};
let draft = '';
const left: (() => void)[] = [];

beforeAll(async () => {
	app = {
		...makeApp({ tidyUp: (work) => void left.push(() => void work()) }),
		library: loadTestCourses()
	};
	own = await makeOrganisation(app, 'Acme');
	await makeOrganisation(app, 'Elsewhere');
	for (const role of roles) {
		const at = role === 'administrator' ? own.top : own.north;
		actors.set(role, await own.hire(`Kim ${role}`, own.north, role, at));
	}
	targets['workplace'] = own.north;
	targets['person'] = (await own.hire('Bo', own.north)).person;
	targets['session'] = newId();
	const { kind, points, ...recipe } = findRecipe('sparring');
	await planSession(app, actors.get('key-staff')!, {
		id: targets['session'],
		kind,
		title: recipe.title.en,
		workplace: own.north,
		others: [],
		scenario: 'reception-full-house',
		modules: [],
		runSheet: points.map(({ minutes, heading }) => ({ minutes, heading: heading.en, words: '' })),
		startsAt: app.now(),
		minutes: 25,
		place: '',
		locale: 'en',
		follows: null,
		helpers: []
	});
	const others = (['key-staff', 'editor'] as const).map((role) => ({
		actor: actors.get(role)!,
		role: 'co-author' as const
	}));
	draft = await makeDraft(app, actors.get('peer-supporter')!, others);
	watch = new ChangeWatch(app.dataDir);
}, 120_000);

afterAll(() => {
	watch.close();
	for (const leave of left.toReversed()) leave();
});

/** Somebody whom a route lets in. */
function findGuest(entry: Entry): Actor | null {
	if (entry === 'anybody') return null;
	return actors.get(entry === 'signed-in' ? 'staff' : entry[0]!) ?? null;
}

const paramsOf = (route: string) => ({
	...targets,
	...(route.startsWith('/author/[scenario]') && { scenario: draft })
});

function fill(text: string): string {
	return text.replace(/:(workplace|person|import|draft|session)/g, (_, name: string) =>
		name === 'draft' ? draft : (targets[name] ?? '')
	);
}

interface Attack {
	actor: Actor | null;
	params?: Record<string, string>;
	query?: string;
	body?: { text: string; type: string };
	cookie?: string;
}

function attack(route: string, { actor, params = {}, query = '', body, cookie }: Attack) {
	// What was tried before is no reason to refuse this.
	app.signInLimiter = createSignInLimiter();
	app.entryLimits = createEntryLimits();
	const all = { ...paramsOf(route), ...params };
	const path = route.replace(/\[(\w+)\]/g, (_, name: string) =>
		encodeURIComponent((all[name as keyof typeof all] ?? '').toWellFormed())
	);
	const event = makeEvent(app, { actor, params: all, url: `${path}${query}` });
	const request = new Request(event.url, {
		method: body ? 'POST' : 'GET',
		...(body && { headers: { 'content-type': body.type }, body: body.text })
	});
	const cookies = { ...event.cookies, get: () => cookie };
	return Object.assign(event, { request, cookies });
}

/** The status of an answer. @throws what is a fault of ours. */
async function statusOf(answering: Answering, event: unknown): Promise<number> {
	try {
		const result = await answering(event);
		if (result instanceof Response) {
			await result.body?.cancel();
			return result.status;
		}
		const isStatus = typeof result === 'object' && result !== null && 'status' in result;
		return isStatus && typeof result.status === 'number' ? result.status : 200;
	} catch (thrown) {
		if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) throw thrown;
		return Number(thrown.status);
	}
}

function encode(form: readonly (readonly [string, string])[]): { text: string; type: string } {
	const text = new URLSearchParams(form.map(([name, value]) => [name, value])).toString();
	return { text, type: 'application/x-www-form-urlencoded' };
}

const actions = Object.entries(servers).flatMap(([file, load]) =>
	Object.entries(rightsOfRoutes[routeOf(file)]?.send ?? {}).map(([name, { may, form }]) => ({
		title: `${routeOf(file)} ${name}`,
		route: routeOf(file),
		may,
		form: Object.entries(form),
		async open() {
			const { actions = {}, POST } = await load();
			return name === 'POST' ? POST : actions[name];
		}
	}))
);

describe.each(actions)('$title', (action) => {
	const { route, may, form } = action;
	const query = fill(
		rightsOfRoutes[route]?.query ? `?${rightsOfRoutes[route].query}&step=too-much` : ''
	);
	const whole = () => form.map(([name, text]) => [name, fill(text)] as const);

	test('2.2.1, 2.2.2, 15.3.3 takes no field that its form does not have', async () => {
		const answering = await action.open();
		// Signing out and joining a room take nobody's word for anything, and look at nothing that is sent.
		if (!answering || (form.length === 0 && may === 'anybody')) return;
		watch.begin();
		await fc.assert(
			fc.asyncProperty(strangeName, hostileText, async (name, value) => {
				fc.pre(!form.some(([known]) => known === name));
				const body = encode([...whole(), [name, value]]);
				const status = await statusOf(
					answering,
					attack(route, { actor: findGuest(may), query, body })
				);
				expect(status).toBeLessThan(500);
				expect(watch.changed()).toEqual([]);
			}),
			triesOf(4)
		);
	});

	test('2.2.1 answers anything at all in its fields without a fault', async () => {
		const answering = await action.open();
		if (!answering) return;
		const names = form.map(([name]) => name);
		const field = fc.tuple(
			names.length > 0 ? fc.constantFrom(...names, ...names, 'step', 'id') : strangeName,
			hostileText
		);
		const answers = async (fields: readonly (readonly [string, string])[]) => {
			const spoilt = new Set(fields.map(([name]) => name));
			const sound = whole().filter(([name]) => !spoilt.has(name));
			const body = encode([...sound, ...fields]);
			const asked = attack(route, { actor: findGuest(may), query, body });
			expect(await statusOf(answering, asked)).toBeLessThan(500);
		};
		// Chance seldom finds what passes for filled in and is empty.
		for (const name of new Set(names)) await answers([[name, ' ']]);
		await fc.assert(
			fc.asyncProperty(fc.array(field, { minLength: 1, maxLength: 3 }), answers),
			triesOf(10)
		);
	});

	test('2.2.1 answers a body that is no form without a fault, and keeps nothing of it', async () => {
		const answering = await action.open();
		if (!answering) return;
		watch.begin();
		const body = fc.oneof(
			fc.record({
				text: hostileJson,
				type: fc.constantFrom('application/json', 'text/plain', 'application/octet-stream')
			}),
			fc.record({
				text: hostileText,
				type: fc.constantFrom('multipart/form-data; boundary=x', 'multipart/form-data')
			})
		);
		await fc.assert(
			fc.asyncProperty(body, async ({ text, type }) => {
				const event = attack(route, {
					actor: findGuest(may),
					query,
					body: { text: text.toWellFormed(), type }
				});
				expect(await statusOf(answering, event)).toBeLessThan(500);
				expect(watch.changed()).toEqual([]);
			}),
			triesOf(4)
		);
	});

	if (may !== 'anybody')
		test('8.3.1, 16.3.2 changes nothing for who is not signed in, whatever is sent', async () => {
			const answering = await action.open();
			if (!answering) return;
			watch.begin();
			await fc.assert(
				fc.asyncProperty(hostileText, async (value) => {
					const body = encode(whole().map(([name, sound], at) => [name, at === 0 ? value : sound]));
					const event = attack(route, { actor: null, query, body });
					expect(await statusOf(answering, event)).toBeLessThan(500);
					expect(watch.changed().filter((table) => !log.includes(table))).toEqual([]);
				}),
				triesOf(2)
			);
		});
});

const looks = Object.entries(servers).filter(([file]) => rightsOfRoutes[routeOf(file)]?.look);

describe.each(looks)('%s', (file, load) => {
	const route = routeOf(file);
	const entry = rightsOfRoutes[route]?.look ?? 'anybody';
	const names = [...route.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => name);
	const asked = fc.record({
		params: fc.dictionary(fc.constantFrom(...(names.length > 0 ? names : ['none'])), hostileText, {
			maxKeys: 2
		}),
		query: fc.array(
			fc.tuple(
				fc.constantFrom(
					...['step', 'view', 'scenario', 'workplace', 'page', 'course', 'state', 'q', 'to'],
					...['done', 'shows', 'back', 'house', 'after', 'surface', 'attempt', 'language', 'filter']
				),
				hostileText
			),
			{ maxLength: 4 }
		),
		cookie: fc.option(hostileText, { nil: undefined })
	});

	// Figures that are due are made as somebody looks; here they are made before.
	beforeAll(async () => {
		await settleAll(app);
		await publishMissing(app);
	});

	test('2.2.1, 3.5.3 is looked at without a fault and without a change, whatever is asked', async () => {
		const { load: answering, GET } = await load();
		const opens = answering ?? GET;
		if (!opens) return;
		watch.begin();
		await fc.assert(
			fc.asyncProperty(asked, async ({ params, query, cookie }) => {
				const text = new URLSearchParams(query).toString();
				const event = attack(route, {
					actor: findGuest(entry),
					params,
					...(text && { query: `?${text}` }),
					...(cookie !== undefined && { cookie })
				});
				expect(await statusOf(opens, event)).toBeLessThan(500);
				expect(watch.changed().filter((table) => !log.includes(table))).toEqual([]);
			}),
			triesOf(12)
		);
	});
});
