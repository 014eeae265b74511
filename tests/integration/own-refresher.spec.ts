/**
 * Half a year after the course somebody takes a refresher that is made from what they chose in private,
 * through the routes as a browser asks them.
 */
import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { listOwnStandings } from '#lib/completion/cycles.server.ts';
import { beginAttempt, recordMove } from '#lib/practice/attempts.server.ts';
import { readRefreshers } from '#lib/practice/refreshers.server.ts';
import { contentVersions } from '#lib/scenario/tables.server.ts';
import { keepEncounters, keepVersion } from '#lib/scenario/versions.server.ts';
import { start, choose } from '#lib/scenario/run.ts';
import { finishSteps } from '../../src/finishing.server.ts';
import { eraseOwn } from '../../src/retention.server.ts';
import { load as loadModule } from '../../src/routes/learn/[course]/[module]/+page.server.ts';
import { actions as moduleActions } from '../../src/routes/learn/[course]/[module]/+page.server.ts';
import { actions, load } from '../../src/routes/learn/[course]/[module]/own/+page.server.ts';
import { gatherOwn } from '../../src/routes/me/gather.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { makeOrganisation } from '#tests/support/world.ts';

const params = { course: 'basic', module: 'refresher' };
const page = '/learn/basic/refresher';
/** A hand on Samira’s shoulder from behind. */
const costly = ['stop-noise', 'hand'];

const basicOf = (app: TestApp) => app.library.catalogue.course('basic')!;

async function walk(app: TestApp, person: string, slug: string, moves: readonly string[]) {
	const { hash, source, scenario } = app.library.scenario(slug)!;
	await keepVersion(app, { hash, kind: 'scenario', slug, body: source });
	const version = { slug, version: hash };
	const attempt = await beginAttempt(app.learning, person, version, null, app.now());
	for (const [position, move] of moves.entries())
		await recordMove(app.learning, scenario, attempt.id, position, move);
	return attempt;
}

/** Somebody who has completed Basic, and on whom half a year has passed since. */
async function makeLearner() {
	const app = makeApp();
	await keepEncounters(app);
	const org = await makeOrganisation(app, 'Acme');
	const kim = await org.hire('Kim', org.north);
	const course = basicOf(app);
	for (const module of course.modules)
		await finishSteps(
			app,
			kim.person,
			course,
			module,
			module.steps.map(({ key }) => key)
		);
	await walk(app, kim.person, 'kitchen-lid', costly);
	app.setNow(new Date('2026-09-15T09:00:00Z'));
	return { app, kim, course };
}

/** What an answer was: what was loaded, or where one is sent. */
async function hear(answering: unknown): Promise<{ data?: unknown; to?: string; status?: number }> {
	try {
		return { data: await answering };
	} catch (thrown) {
		const { status, location } = thrown as { status: number; location?: string };
		return location ? { to: location } : { status };
	}
}

type Name = keyof typeof actions;
const send = (app: TestApp, actor: Actor, name: Name, form: Record<string, string>) =>
	hear(actions[name](makeEvent(app, { actor, params, url: `${page}/own`, form }) as never));
const see = (app: TestApp, actor: Actor, query = '') =>
	hear(load(makeEvent(app, { actor, params, url: `${page}/own${query}` }) as never));
async function offerTo(app: TestApp, actor: Actor) {
	const event = makeEvent(app, { actor, params, url: `${page}?view=choose` });
	const { module } = (await loadModule(event as never)) as {
		module: { own: { isOpen: boolean; notes: string[] } | null; view: string };
	};
	return module;
}

const chosenOf = async (app: TestApp, { person }: Actor) =>
	(await readRefreshers(app.learning, person, 'basic')).newest?.encounters ?? null;

/** Plays an encounter to its end by the choice that is good, or else the last. */
async function playOut(app: TestApp, actor: Actor, slug: string) {
	const began = await send(app, actor, 'begin', { step: slug, scenario: slug });
	expect(began.to).toBe(`${page}/own?step=${slug}`);
	const { data } = await see(app, actor, `?step=${slug}`);
	const { own } = data as { own: { encounter: { play: { attempt: { id: string } } } } };
	const { scenario } = app.library.scenario(slug)!;
	let run = start(scenario);
	for (let position = 0; run.ending === undefined; position += 1) {
		const scene = scenario.scenes[run.scene]!;
		const choices = 'choices' in scene ? scene.choices : {};
		const move = run.offered.find((id) => choices[id]?.kind === 'good') ?? run.offered.at(-1)!;
		const attempt = own.encounter.play.attempt.id;
		const form = { step: slug, scenario: slug, attempt, position: String(position), move };
		expect((await send(app, actor, 'move', form)).to).toContain(`#consequence-${position}`);
		run = choose(run, move).run;
	}
}

describe('half a year after the course', () => {
	test('somebody meets again what cost them, elsewhere, and is refreshed', async () => {
		const { app, kim } = await makeLearner();
		expect(await offerTo(app, kim)).toMatchObject({ view: 'note', own: { isOpen: false } });
		expect((await send(app, kim, 'choose', {})).to).toBe(`${page}/own`);
		const chosen = (await chosenOf(app, kim))!;
		const stories = chosen.map(({ slug }) => app.library.scenario(slug)!.scenario);
		// What the decision trains: knowing an alarm, and helping somebody in one.
		expect(stories[0]!.outcomes.some((id) => ['TI-K3', 'TI-S5'].includes(id))).toBe(true);
		expect(stories[0]!.setting).not.toBe('residential-home');
		const unmet = stories.at(-1)!.outcomes.some((id) => !['TI-K3', 'TI-S5'].includes(id));
		expect(unmet).toBe(true);

		// Landing posted too early leads back to what is left.
		expect((await send(app, kim, 'onward', { step: 'landing' })).to).toBe(`${page}/own`);
		expect((await listOwnStandings(app.db.read, kim.person)).get('basic')?.cycle).toBe(1);
		for (const { slug } of chosen) {
			await playOut(app, kim, slug);
			await send(app, kim, 'onward', { step: slug });
		}
		expect((await send(app, kim, 'onward', { step: 'landing' })).to).toBe(page);
		expect((await listOwnStandings(app.db.read, kim.person)).get('basic')).toMatchObject({
			by: 'refresher',
			cycle: 2,
			completedOn: '2026-09-15'
		});
	});

	test('never the same text comes twice in three refreshers', async () => {
		const { app, kim } = await makeLearner();
		const met: string[] = [];
		for (const month of ['2026-09', '2027-03', '2027-09']) {
			app.setNow(new Date(`${month}-15T09:00:00Z`));
			await send(app, kim, 'choose', {});
			const chosen = (await chosenOf(app, kim))!;
			expect(chosen.length).toBeGreaterThan(0);
			for (const { slug } of chosen) await send(app, kim, 'onward', { step: slug });
			await send(app, kim, 'onward', { step: 'landing' });
			met.push(...chosen.map(({ slug }) => slug));
		}
		expect(new Set(met).size).toBe(met.length);
	});

	test('a half-done one goes on at the same place, on any device', async () => {
		const { app, kim } = await makeLearner();
		await send(app, kim, 'choose', {});
		const chosen = (await chosenOf(app, kim))!;
		await send(app, kim, 'onward', { step: chosen[0]!.slug });
		await send(app, kim, 'choose', {});
		expect((await chosenOf(app, kim))!.map(({ slug }) => slug)).toEqual(
			chosen.map(({ slug }) => slug)
		);
		expect((await see(app, kim)).data).toMatchObject({ own: { current: 1 } });
		const event = makeEvent(app, { actor: kim, params, url: page });
		expect((await hear(loadModule(event as never))).to).toBe(`${page}/own`);
	});

	test('the standard one instead leaves no trace, and the same mark', async () => {
		const personal = await makeLearner();
		await send(personal.app, personal.kim, 'choose', {});
		for (const { slug } of (await chosenOf(personal.app, personal.kim))!)
			await send(personal.app, personal.kim, 'onward', { step: slug });
		await send(personal.app, personal.kim, 'onward', { step: 'landing' });

		const standard = await makeLearner();
		const event = makeEvent(standard.app, { actor: standard.kim, params, url: page, form: {} });
		await hear(moduleActions.skip(event as never));
		expect(await chosenOf(standard.app, standard.kim)).toBeNull();
		const marks = async ({ app, kim }: typeof standard) => ({
			standing: (await listOwnStandings(app.db.read, kim.person)).get('basic'),
			versions: (await app.db.read.select({ slug: contentVersions.slug }).from(contentVersions))
				.map(({ slug }) => slug)
				.toSorted(),
			steps: (await gatherOwn(app, kim)).private.steps
				.map(({ module, step }) => `${module} ${step}`)
				.toSorted()
		});
		expect(await marks(personal)).toEqual(await marks(standard));
	});

	test('who has erased their private side gets the standard one', async () => {
		const { app, kim } = await makeLearner();
		await send(app, kim, 'choose', {});
		await eraseOwn(app, kim.person);
		expect(await chosenOf(app, kim)).toBeNull();
		expect(await offerTo(app, kim)).toMatchObject({ view: 'note', own: null });
		expect((await send(app, kim, 'choose', {})).to).toBe(page);
		expect((await see(app, kim)).to).toBe(page);
	});

	test('8.2.2 an encounter that is not in it is not there, nor in another module', async () => {
		const { app, kim } = await makeLearner();
		await send(app, kim, 'choose', {});
		const chosen = (await chosenOf(app, kim))!.map(({ slug }) => slug);
		const other = app.library.encounters.find(({ slug }) => !chosen.includes(slug))!.slug;
		expect((await send(app, kim, 'onward', { step: other })).status).toBe(404);
		expect((await send(app, kim, 'begin', { step: other, scenario: other })).status).toBe(404);
		expect((await see(app, kim, `?step=${other}`)).status).toBe(404);
		const elsewhere = { ...params, module: 'what-is-trauma' };
		const event = makeEvent(app, { actor: kim, params: elsewhere, form: {} });
		expect((await hear(actions.choose(event as never))).status).toBe(404);
	});

	test('what was chosen is among one’s own data', async () => {
		const { app, kim } = await makeLearner();
		await send(app, kim, 'choose', {});
		const chosen = (await chosenOf(app, kim))!.map(({ slug }) => slug);
		const { refreshers } = (await gatherOwn(app, kim)).private;
		expect(refreshers).toEqual(
			chosen.map((encounter) => ({ course: 'basic', ordinal: 1, encounter, month: '2026-09' }))
		);
	});
});
