import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { startBlank } from '#lib/authoring/document/edits.ts';
import { writeYaml } from '#lib/authoring/document/write.ts';
import { nameWriter } from '#lib/authoring/updates.server.ts';
import { DraftSync } from '#lib/authoring/ui/sync.ts';
import { makePassingShelf } from '#lib/authoring/ui/unsent-updates.ts';
import { newId } from '#lib/id.ts';
import { start } from '#lib/scenario/run.ts';
import { ensureBuilt } from '../../src/commands/build.mjs';
import { joinBenchPhone, openBenchRoom } from '../bench/room-phones.ts';
import { openVisitorWire } from '#tests/support/draft-wire.ts';
import { openLibrary } from '#tests/support/library.ts';
import { afterAllTests } from '#tests/support/folder.ts';
import { makeInstallation, type Installation } from '#tests/support/nodes.ts';
import { Player, scenario } from '#tests/support/player.ts';
import type { Server } from '#tests/support/server.ts';
import { Visitor } from '#tests/support/visitor.ts';

const tidyUp = afterAllTests();
let installation: Installation;
let one: Server;
let two: Server;

beforeAll(async () => {
	await ensureBuilt({ announce: false });
	installation = await makeInstallation(process.env.TEST_POSTGRES!, tidyUp);
	one = await installation.startNode();
	two = await installation.startNode();
}, 600_000);

const openAt = (node: Server, path: string, { headers }: Visitor) =>
	fetch(`${node.origin}${path}`, { headers, redirect: 'manual' });

test('a session from one node holds on the other, and ends there as soon as it is ended', async () => {
	installation.putAhead(one);
	const staff = await new Visitor(installation.origin).signIn('staff@demo.example');
	expect((await openAt(one, '/me', staff)).status).toBe(200);
	expect((await openAt(two, '/me', staff)).status).toBe(200);
	await staff.submit('/sign-out', {});
	expect((await openAt(two, '/me', staff)).status).toBe(303);
}, 60_000);

test('what somebody writes at one node is there for who writes at the other', async () => {
	const { ask } = installation;
	const accounts = ['peer@demo.example', 'peer2@demo.example'];
	const draft = newId();
	const people = (await ask(
		'platform',
		'SELECT id, email, organisation FROM people WHERE email = ANY($1) ORDER BY email',
		[accounts]
	)) as { id: string; email: string; organisation: string }[];
	await ask(
		'platform',
		`INSERT INTO drafts (id, organisation, title, created_at, changed_at, updates)
		VALUES ($1, $2, '{"da":"","en":""}', now(), now(), 0)`,
		[draft, people[0]?.organisation]
	);
	for (const { id } of people)
		await ask('platform', 'INSERT INTO draft_people (draft, person, role) VALUES ($1, $2, $3)', [
			draft,
			id,
			'owner'
		]);
	const syncs: DraftSync[] = [];
	for (const [index, node] of [one, two].entries()) {
		installation.putAhead(node);
		const { origin } = installation;
		const visitor = await new Visitor(origin).signIn(accounts[index]!);
		const person = people.find(({ email }) => email === accounts[index])!.id;
		const writer = nameWriter({ person }, draft);
		const wire = openVisitorWire({ origin: node.origin, visitor, draft, writer });
		const sync = await DraftSync.open({
			wire,
			shelf: makePassingShelf(),
			first: null,
			mayWrite: true
		});
		syncs.push(sync);
		if (index === 0) {
			startBlank(sync.doc);
			await sync.settle();
		}
		sync.listen();
	}
	const [here, there] = syncs as [DraftSync, DraftSync];
	while (writeYaml(there.doc) !== writeYaml(here.doc))
		await new Promise((resolve) => there.doc.once('update', resolve));
	for (const sync of syncs) sync.close();
	expect(writeYaml(there.doc).length).toBeGreaterThan(20);
}, 60_000);

test('a room goes on at the other node when one is killed in the middle of a vote, and no vote is lost', async () => {
	const third = await installation.startNode();
	installation.putAhead(third);
	const front = { ...third, origin: installation.origin };
	const room = await openBenchRoom(front);
	for (const step of ['0', '1', '2']) await room.press('steer', { step, event: 'next' });
	await room.press('steer', { step: '3', event: 'ask' });
	const phones = await Promise.all(
		Array.from({ length: 12 }, () => joinBenchPhone(front, room.code))
	);
	const story = openLibrary(resolve('courses')).scenario(scenario)!.scenario;
	const choices = start(story).offered.slice(0, 2);
	let isIn = 0;
	let blow: Promise<void> | undefined;
	await Promise.all(
		phones.map(async (phone, index) => {
			const choice = choices[index % 2]!;
			// As a phone does: again, until it is told that it is in.
			while (!(await phone.vote(1, choice).catch(() => false))) await blow;
			isIn += 1;
			if (isIn === 5) blow = third.kill();
		})
	);
	await blow;
	const votes = await installation.ask(
		'platform',
		'SELECT choice, count(*)::integer AS n FROM plenary_votes GROUP BY choice ORDER BY choice'
	);
	expect(votes).toEqual([...choices].sort().map((choice) => ({ choice, n: 6 })));
	await room.press('reveal', { step: '4' });
	for (const phone of phones) phone.hangUp();
}, 120_000);

test('of 200 recorded steps each that was acknowledged is there once, though a node was killed meanwhile', async () => {
	installation.putAhead(one);
	const stepsInAll = 200;
	const blow = 90;
	let begun = 0;
	let acknowledged = 0;
	let isBack = Promise.resolve();
	const players: Player[] = [];
	for (const account of ['staff@demo.example', 'admin@demo.example', 'peer2@demo.example']) {
		const visitor = await new Visitor(installation.origin).signIn(account);
		players.push(
			await Player.enter(visitor, {
				account,
				finishesIn: 2,
				mayMove: () => begun++ < stepsInAll,
				isBack: () => isBack,
				onacknowledged: () => {
					acknowledged += 1;
					if (acknowledged === blow) isBack = one.kill();
				}
			})
		);
	}
	await Promise.all(players.map((player) => player.play()));
	await isBack;
	expect(acknowledged).toBe(stepsInAll);
	const rows = (await installation.ask(
		'private',
		'SELECT attempt, position, move FROM moves ORDER BY attempt, position'
	)) as { attempt: string; position: number; move: string }[];
	const kept = new Map<string, string[]>();
	for (const { attempt, position, move } of rows) {
		const moves = kept.get(attempt) ?? [];
		moves[position] = move;
		kept.set(attempt, moves);
	}
	for (const { attempt, moves } of players.flatMap(({ runs }) => runs))
		expect(kept.get(attempt) ?? []).toEqual(moves);
	const attempts = await installation.ask(
		'private',
		'SELECT id FROM attempts WHERE scenario = $1',
		[scenario]
	);
	expect(attempts.length).toBeGreaterThanOrEqual(players.length);
	const twice = await installation.ask(
		'platform',
		'SELECT person, module, count(*) FROM module_completions GROUP BY person, course, module, cycle HAVING count(*) > 1'
	);
	expect(twice).toEqual([]);
	expect(two.printed()).not.toContain('"level"');
}, 180_000);
