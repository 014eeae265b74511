import { describe, expect, test } from 'vitest';
import { findLatestAttempt } from '#lib/practice/attempts.server.ts';
import { wayOut } from '#lib/scenario/ways.ts';
import { start } from '#lib/scenario/run.ts';
import { findScenarioVersion, keepVersion } from '#lib/scenario/versions.server.ts';
import { beginPlay, describePlay, recordPlay } from '../../src/routes/scenarios/play.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';

const slug = 'reception-full-house';

async function beginAsKim() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const { person } = await org.hire('Kim', org.north);
	await beginPlay(app, person, slug);
	const { attempt, scenario } = await describePlay(app, person, slug, 'da');
	const send = (position: number, move: string, by = person) =>
		recordPlay(app, by, slug, { attempt: attempt!.id, position, move });
	const kept = async () => (await findLatestAttempt(app.learning, person, slug))!.moves;
	return { app, org, person, attempt: attempt!, scenario, send, kept };
}

describe('a move', () => {
	test('is kept, and goes on from there on the next visit', async () => {
		const { app, person, scenario, send } = await beginAsKim();
		const [first] = start(scenario).offered;
		expect(await send(0, first!)).toBe(false);
		const again = await describePlay(app, person, slug, 'en');
		expect(again.attempt!.moves).toEqual([first]);
	});

	test('sent twice is kept once', async () => {
		const { scenario, send, kept } = await beginAsKim();
		const [first] = start(scenario).offered;
		await Promise.all([send(0, first!), send(0, first!), send(0, first!)]);
		expect(await kept()).toEqual([first]);
	});

	test('that is not offered is refused and changes nothing', async () => {
		const { send, kept } = await beginAsKim();
		await expect(send(0, 'fly-away')).rejects.toMatchObject({
			code: 'conflict',
			message: 'not-offered'
		});
		expect(await kept()).toEqual([]);
	});

	test('at a place where another stands is refused: the first to arrive holds', async () => {
		const { scenario, send, kept } = await beginAsKim();
		const [first, second] = start(scenario).offered;
		await send(0, first!);
		await expect(send(0, second!)).rejects.toMatchObject({ message: 'another-move-stands' });
		expect(await kept()).toEqual([first]);
	});

	test('beyond the next place is refused', async () => {
		const { scenario, send, kept } = await beginAsKim();
		await expect(send(3, start(scenario).offered[0]!)).rejects.toMatchObject({
			message: 'a-move-is-missing'
		});
		expect(await kept()).toEqual([]);
	});

	test('in a stranger’s attempt is refused as if there were none', async () => {
		const { org, scenario, send, kept } = await beginAsKim();
		const stranger = await org.hire('Bo', org.north);
		await expect(send(0, start(scenario).offered[0]!, stranger.person)).rejects.toMatchObject({
			code: 'not-found'
		});
		expect(await kept()).toEqual([]);
	});

	test('that ends the story says so, and the attempt takes no more', async () => {
		const { scenario, send } = await beginAsKim();
		const way = wayOut(start(scenario))!;
		const ended: boolean[] = [];
		for (const [position, move] of way.entries()) ended.push(await send(position, move));
		expect(ended).toEqual(way.map((_, index) => index === way.length - 1));
		await expect(send(way.length, way[0]!)).rejects.toMatchObject({ message: 'not-offered' });
	});
});

describe('beginning', () => {
	test('again before anything was chosen gives the same attempt', async () => {
		const { app, person, attempt } = await beginAsKim();
		await beginPlay(app, person, slug, { again: '1' });
		expect((await describePlay(app, person, slug, 'da')).attempt!.id).toBe(attempt.id);
	});

	test('again after a choice gives a new one, and the first stays', async () => {
		const { app, person, attempt, scenario, send } = await beginAsKim();
		await send(0, start(scenario).offered[0]!);
		await beginPlay(app, person, slug, { again: '1' });
		const next = (await describePlay(app, person, slug, 'da')).attempt!;
		expect(next).toMatchObject({ ordinal: 2, moves: [] });
		expect(next.id).not.toBe(attempt.id);
	});

	test('pins the attempt to the scenario as it was', async () => {
		const { app, person, attempt } = await beginAsKim();
		const now = app.library.scenario(slug)!;
		const older = now.source.replace('version: 1', 'version: 0');
		const earlier = app.library.prepare(older, slug)!;
		expect(earlier.hash).not.toBe(now.hash);
		const body = earlier.source;
		await keepVersion(app, { hash: earlier.hash, kind: 'scenario', slug, body });
		expect((await findScenarioVersion(app, slug, earlier.hash)).scenario.version).toBe(0);
		expect((await findScenarioVersion(app, slug, now.hash)).scenario.version).toBe(1);
		expect((await describePlay(app, person, slug, 'da')).attempt!.id).toBe(attempt.id);
	});
});
