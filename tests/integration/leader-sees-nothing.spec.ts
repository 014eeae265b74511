/**
 * A leader learns that somebody has finished, and nothing of how. Two things are asked of every route
 * for leaders that exists: nothing from the private store turns up in an answer, and the answer is the
 * same, byte for byte, whatever people do in private as long as they finish no more. What a workplace
 * writes in the form of a task is seen; whether anybody has ticked the task or put it off is not.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import {
	insertCourseCompletion,
	insertModuleCompletion
} from '#lib/completion/completions.server.ts';
import { makeSnapshot } from '#lib/completion/snapshots.server.ts';
import { newId } from '#lib/id.ts';
import { beginAttempt, recordMove } from '#lib/practice/attempts.server.ts';
import { openRefresher, putEncounterBehind } from '#lib/practice/refreshers.server.ts';
import { putBehind, scopeOfModule } from '#lib/practice/progress.server.ts';
import { keepReflection } from '#lib/practice/reflections.server.ts';
import { start, choose } from '#lib/scenario/run.ts';
import { keepPlan } from '#lib/workplaces/plans.server.ts';
import { loadTestCourses, makeApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { unzip } from '#tests/support/unzip.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';

type Answering = (event: unknown) => Promise<unknown>;
interface RouteModule {
	load?: Answering;
	GET?: Answering;
}

const modules = import.meta.glob<RouteModule>([
	'../../src/routes/team/**/+page.server.ts',
	'../../src/routes/team/**/+server.ts',
	'../../src/routes/learn/**/task/**/+page.server.ts',
	'../../src/routes/+layout.server.ts'
]);

interface Secrets {
	/** Everything that exists only in private, as it could turn up in an answer. */
	words: string[];
}

const slug = 'reception-full-house';
const task = { course: 'house', module: 'a-quiet-room', task: 'quiet-room' };
const stepOfTask = 'our-room';

/** Somebody plays, writes and leaves steps behind, without finishing a module. */
async function practise(app: App, actor: Actor, picks: readonly number[]): Promise<Secrets> {
	const words: string[] = [];
	const prepared = app.library.scenario(slug)!;
	const version = { slug, version: prepared.hash };
	const attempt = await beginAttempt(app.learning, actor.person, version, 'house', app.now());
	words.push(attempt.id, prepared.hash, slug);
	let run = start(prepared.scenario);
	for (const [position, pick] of picks.entries()) {
		const move = run.offered[pick % Math.max(1, run.offered.length)];
		if (!move) break;
		await recordMove(app.learning, prepared.scenario, attempt.id, position, move);
		words.push(`"${move}"`);
		run = choose(run, move).run;
	}
	const [course] = app.library.catalogue.courses;
	const [module] = course!.modules;
	const ref = { course: course!.slug, module: module!.slug };
	const [first] = module!.steps;
	await putBehind(app.learning, actor.person, ref, [first!.key], app.now());
	const written = `words of ${actor.person} alone`;
	await keepReflection(
		app.learning,
		actor.person,
		scopeOfModule(ref),
		'reflection-1',
		written,
		app.now()
	);
	words.push(written, `"${first!.key}"`);
	await putBehind(app.learning, actor.person, task, [stepOfTask], app.now());
	words.push(`"${stepOfTask}"`);
	const chosen = app.library.encounters.slice(picks.length % 5, (picks.length % 5) + 2);
	const encounters = chosen.map((one) => one.slug);
	await openRefresher(app.learning, actor.person, course!.slug, encounters, app.now());
	await putEncounterBehind(app.learning, actor.person, course!.slug, encounters[0]!);
	words.push(...encounters);
	return { words };
}

/** What a response says; of a workbook what is in it, since a zip tells the time of day. */
async function readBody(response: Response): Promise<string> {
	const isWorkbook = response.headers.get('content-type')?.includes('spreadsheetml');
	if (!isWorkbook) return response.text();
	return JSON.stringify(unzip(new Uint8Array(await response.arrayBuffer())));
}

const keepRefusal = (refused: unknown) => refused;

/** Every answer a leader can get, by route, as the text that travels. */
async function askEverything(
	app: App,
	leader: Actor,
	org: TestOrganisation,
	{ person }: Pick<Actor, 'person'>,
	snapshot: string
) {
	const answers: Record<string, string> = {};
	for (const [file, load] of Object.entries(modules)) {
		const route = await load();
		for (const workplace of [org.top, org.north, org.south]) {
			const url = `/team/${workplace}?workplace=${workplace}`;
			const asked = { actor: leader, params: { ...task, workplace, person, snapshot }, url };
			for (const [name, answer] of [
				['load', route.load],
				['GET', route.GET]
			] as const) {
				if (!answer) continue;
				// Of somebody who works elsewhere there is no page here: an answer too.
				const result = await Promise.resolve(answer(makeEvent(app, asked))).catch(keepRefusal);
				const text = result instanceof Response ? await readBody(result) : JSON.stringify(result);
				answers[`${file} ${name} ${workplace}`] = text;
			}
		}
	}
	return answers;
}

const planOf = ({ course, task }: { course: string; task: string }) => ({ course, task });

const history = fc.record({
	finished: fc.nat({ max: 2 }),
	picks: fc.array(fc.nat({ max: 5 }), { maxLength: 8 }),
	writesPlan: fc.boolean()
});

describe('no answer to a leader', () => {
	test('is found by looking at no route', () => {
		expect(Object.keys(modules).length).toBeGreaterThanOrEqual(6);
	});

	test('holds or depends on a choice, an answer, a reflection or an attempt', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(history, { minLength: 1, maxLength: 6 }), async (histories) => {
				const app = { ...makeApp(), library: loadTestCourses() };
				const org = await makeOrganisation(app, 'Acme');
				const leader = await org.hire('Lea', org.top, 'leader');
				const [course] = app.library.catalogue.courses;
				const staff: Actor[] = [];
				for (const [index, { finished, writesPlan }] of histories.entries()) {
					const house = index % 2 ? org.north : org.south;
					const actor = await org.hire(`Kim ${index}`, house, writesPlan ? 'key-staff' : 'staff');
					staff.push(actor);
					const answers = { room: `plan of Kim ${index}` };
					if (writesPlan)
						await keepPlan(app, actor, planOf(task), house, { revision: index, answers });
					const shared = {
						person: actor.person,
						course: course!.slug,
						version: course!.version,
						day: '2026-03-01',
						source: 'learned' as const,
						cycle: 1,
						by: 'course' as const
					};
					await app.db.write(async (tx) => {
						for (const { slug: module } of course!.modules.slice(0, finished))
							await insertModuleCompletion(tx, { ...shared, module });
						if (finished >= course!.modules.length) await insertCourseCompletion(tx, shared);
					});
				}
				const snapshot = newId();
				await makeSnapshot(app, leader, org.top, snapshot);
				const before = await askEverything(app, leader, org, staff[0]!, snapshot);
				const secrets: string[] = [];
				for (const [index, actor] of staff.entries())
					secrets.push(...(await practise(app, actor, histories[index]!.picks)).words);
				const after = await askEverything(app, leader, org, staff[0]!, snapshot);

				expect(after).toEqual(before);
				const everything = Object.values(after).join('\n');
				for (const word of secrets) expect(everything).not.toContain(word);
				expect(everything).toContain('Kim 0');
				expect(everything).toContain('%PDF');
				const last = histories.findLastIndex(({ writesPlan }) => writesPlan);
				if (last >= 0) expect(everything).toContain(`plan of Kim ${last}`);
			}),
			{ numRuns: 12 }
		);
	}, 180_000);
});
