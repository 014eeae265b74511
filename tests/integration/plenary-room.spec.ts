import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TestApp } from '#tests/support/app.ts';
import { makeApp } from '#tests/support/app.ts';
import { makeFolder } from '#tests/support/folder.ts';
import { findTestRoom, makeRoom } from '#tests/support/room.ts';
import { makeOrganisation } from '#tests/support/world.ts';
import { endForgotten, endRoom } from '#lib/plenary/ending.server.ts';
import { openRoom, reveal, steer } from '#lib/plenary/lead.server.ts';
import {
	back,
	findRoomByCode,
	findSeat,
	readOwn,
	suggest,
	takeSeat,
	vote
} from '#lib/plenary/phones.server.ts';
import {
	countAnswers,
	countSeats,
	listSuggestions,
	rankSuggestions
} from '#lib/plenary/ballot.server.ts';
import { findPath } from '#lib/plenary/path.server.ts';
import { planRehearsal, simulatedPhones } from '#lib/plenary/rehearsal.server.ts';
import { leadChannel, lookIn, roomChannel } from '#lib/plenary/rooms.server.ts';
import { readSession } from '#lib/plenary/session-rows.server.ts';
import {
	agreeChange,
	keepSuggestions,
	noteSuggestion,
	tidySuggestion
} from '#lib/plenary/suggestions.server.ts';
import { agreements, plenaryEvents } from '#lib/plenary/tables.server.ts';
import { findChoice } from '#lib/scenario/scenes.ts';
import { viewRoom } from '#lib/plenary/view.ts';
import { listenTo } from '#lib/server/live/ring.ts';

const refused = (code: string): unknown => expect.objectContaining({ code });
const toStory = ['next', 'next', 'next'] as const;

async function makeHouse(app: TestApp = makeApp()) {
	const org = await makeOrganisation(app, 'Acme');
	const kim = await org.hire('Kim Holm', org.north, 'key-staff');
	return { app, org, kim, room: await makeRoom(app, kim, org.north) };
}

const many = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('a room', () => {
	test('plays a story with a vote, takes suggestions home, and keeps its way and its agreements', async () => {
		const { app, kim, org, room } = await makeHouse();
		const phones = await Promise.all(many(9).map(() => room.comeIn()));
		await room.press(...toStory, 'ask');
		const votes = await Promise.all(
			phones.map((phone, at) => room.vote(phone, at < 6 ? 'greet' : 'send-on'))
		);
		expect(votes).toEqual(many(9).map(() => true));
		await room.press('pair');
		await room.reveal();
		const revealed = (await lookIn(app, room.id))!.state.context.revealed;
		expect(revealed).toEqual({ answered: 9, shares: { wait: 0, greet: 6, 'send-on': 3 } });
		await room.press(
			{ type: 'choose', move: 'greet' },
			{ type: 'look', choice: 'send-on' },
			'back',
			'next',
			'round-off'
		);
		const [first, second] = [await room.seat(phones[0]!), await room.seat(phones[1]!)];
		await suggest(app, first, '  Here we  look up\nfirst ');
		await suggest(app, second, 'here we look up first');
		await suggest(app, second, 'Here we say how long it takes');
		await noteSuggestion(app, kim, room.id, 'Here we shout');
		const list = await listSuggestions(app.db.read, room.id);
		expect(list.map(({ body }) => body).toSorted()).toEqual([
			'Here we look up first',
			'Here we say how long it takes',
			'Here we shout'
		]);
		const [lookUp, howLong, shout] = list.toSorted((a, b) => a.body.localeCompare(b.body));
		await tidySuggestion(app, kim, room.id, shout!.id, true);
		await back(app, first, { suggestion: howLong!.id, isOn: true });
		await back(app, second, { suggestion: howLong!.id, isOn: true });
		await back(app, second, { suggestion: lookUp!.id, isOn: true });
		await back(app, second, { suggestion: lookUp!.id, isOn: false });
		expect(await readOwn(app, await room.seat(phones[1]!))).toEqual({
			'round-1': 'greet',
			[`back-${howLong!.id}`]: 'on'
		});
		const { suggestions } = await rankSuggestions(app.db.read, room.id);
		expect(suggestions[0]?.id).toBe(howLong!.id);
		await keepSuggestions(app, kim, room.id, [howLong!.id, lookUp!.id]);
		await room.press('next');
		await agreeChange(app, kim, room.id, {
			body: 'A chair at the hatch',
			owner: 'Omar',
			due: '2026-04-01'
		});
		await room.press('next');
		await endRoom(app, kim, room.id);
		await endRoom(app, kim, room.id);

		expect(await readSession(app.db.read, room.id)).toMatchObject({
			state: 'ended',
			heldOn: '2026-03-14',
			code: null
		});
		const row = (await readSession(app.db.read, room.id))!;
		const taken = (await findPath(app, row, 'en'))!;
		const story = app.library.scenario('reception-full-house')!.presented.en;
		const chosen = findChoice(story, story.start, 'greet')!;
		expect(taken.stops.map(({ text }) => text)).toEqual([chosen.text]);
		expect(taken.curve.points.map(({ decision }) => decision)).toEqual([0, 1]);
		expect(await findPath(app, { ...row, hash: 'gone' }, 'en')).toBeNull();
		expect(await findPath(app, { ...row, scenario: null }, 'en')).toBeNull();
		const kept = await app.db.read
			.select()
			.from(agreements)
			.where(eq(agreements.workplace, org.north))
			.orderBy(agreements.position);
		expect(kept.map(({ kind, body, owner, due }) => [kind, body, owner, due])).toEqual([
			['here-we', 'Here we say how long it takes', null, null],
			['here-we', 'Here we look up first', null, null],
			['change', 'A chair at the hatch', 'Omar', '2026-04-01']
		]);
	});

	test('stands where it stood, with the same tallies, when the server comes back in a vote', async () => {
		const dataDir = makeFolder();
		const { app, kim, room } = await makeHouse(makeApp({ dataDir }));
		const phones = await Promise.all(many(10).map(() => room.comeIn()));
		await room.press(...toStory, 'ask');
		for (const phone of phones.slice(0, 6)) await room.vote(phone, 'greet');
		const before = (await lookIn(app, room.id))!;

		const restarted = makeApp({ dataDir });
		const again = await findTestRoom(restarted, kim, room.id);
		const after = (await lookIn(restarted, room.id))!;
		expect([after.n, after.state.value]).toEqual([before.n, before.state.value]);
		expect(after.state.context).toEqual(before.state.context);
		expect(await countAnswers(restarted.db.read, room.id, 1)).toBe(6);
		// Phones come back to their seats by what they alone have kept; one answers a second time.
		for (const phone of phones.slice(5)) expect(await again.vote(phone, 'wait')).toBe(true);
		await again.reveal();
		expect((await lookIn(restarted, room.id))!.state.context.revealed).toEqual({
			answered: 10,
			shares: { wait: 5, greet: 5, 'send-on': 0 }
		});
	});

	test('takes a late phone in at the present scene, and a dropped one back into its seat', async () => {
		const { app, room } = await makeHouse();
		const early = await room.comeIn();
		await room.press(...toStory, 'ask');
		await room.vote(early, 'greet');
		const late = await room.comeIn();
		const seated = await room.seat(late);
		expect(viewRoom(seated.room.state, seated.room.story, 'da').stage).toBe('voting');
		expect(await readOwn(app, seated)).toEqual({});
		expect(await readOwn(app, await room.seat(early))).toEqual({ 'round-1': 'greet' });
		expect(await countSeats(app.db.read, room.id)).toBe(2);
	});

	test('takes no answer after the reveal, to another round, or in a pause', async () => {
		const { app, room } = await makeHouse();
		const phone = await room.comeIn();
		const seated = await room.seat(phone);
		expect(await vote(app, seated, { round: 1, choice: 'greet' })).toEqual({ isIn: false });
		await room.press(...toStory, 'ask');
		expect(await vote(app, seated, { round: 2, choice: 'greet' })).toEqual({ isIn: false });
		await expect(vote(app, seated, { round: 1, choice: 'soften' })).rejects.toEqual(
			refused('invalid')
		);
		await room.press('pause');
		expect(await vote(app, seated, { round: 1, choice: 'greet' })).toEqual({ isIn: false });
		await room.press('resume', 'pair');
		expect(await vote(app, seated, { round: 1, choice: 'greet' })).toEqual({ isIn: true });
		await room.reveal();
		expect(await vote(app, seated, { round: 1, choice: 'wait' })).toEqual({ isIn: false });
		expect((await lookIn(app, room.id))!.state.context.revealed?.answered).toBe(1);
	});

	test('counts every answer that was acknowledged while the answers were being revealed', async () => {
		const { app, room } = await makeHouse();
		const phones = await Promise.all(many(30).map(() => room.comeIn()));
		await room.press(...toStory, 'ask');
		const votes = phones.map((phone) => room.vote(phone, 'greet'));
		const [revealed, ...isIn] = await Promise.all([room.reveal(), ...votes]);
		expect(revealed).toBeUndefined();
		const told = (await lookIn(app, room.id))!.state.context.revealed?.answered;
		expect(told).toBe(isIn.filter(Boolean).length);
	});

	test('does one thing for a press that comes twice', async () => {
		const { app, kim, room } = await makeHouse();
		await steer(app, kim, room.id, { type: 'next' }, 0);
		await steer(app, kim, room.id, { type: 'next' }, 0);
		expect(await room.stage()).toBe('frame');
		await room.press('pause');
		await steer(app, kim, room.id, { type: 'pause' }, 0);
		expect(await room.stage()).toBe('paused');
		await openRoom(app, kim, room.id);
		expect(await room.stage()).toBe('paused');
	});

	test('tells its screens and phones what happens, and who leads alone what is counted', async () => {
		const { app, room } = await makeHouse();
		const heard: string[] = [];
		const { promise: counted, resolve } = Promise.withResolvers<void>();
		const leave = [
			listenTo(roomChannel(room.id), { ring: () => heard.push('room'), whisper: () => undefined }),
			listenTo(leadChannel(room.id), {
				ring: () => {
					heard.push('lead');
					resolve();
				},
				whisper: () => undefined
			})
		];
		await takeSeat(app, room.id);
		await counted;
		expect(heard).toEqual(['lead']);
		await room.press('next');
		expect(heard).toEqual(['lead', 'room', 'lead']);
		for (const each of leave) each();
	});
});

describe('under eight answers', () => {
	test('nothing but their number leaves the server, in the events, on a screen or on the control', async () => {
		const { app, org, kim } = await makeHouse();
		const answers = fc.array(fc.constantFrom('wait', 'greet', 'send-on'), { maxLength: 7 });
		await fc.assert(
			fc.asyncProperty(answers, async (choices) => {
				const room = await makeRoom(app, kim, org.north);
				await room.press(...toStory, 'ask');
				for (const choice of choices) await room.vote(await room.comeIn(), choice);
				await room.reveal();
				const { state, story } = (await lookIn(app, room.id))!;
				const told = { answered: choices.length, shares: null };
				for (const locale of ['da', 'en'] as const)
					expect(viewRoom(state, story, locale).revealed).toEqual({ ...told, most: undefined });
				const rows = await app.db.read
					.select({ data: plenaryEvents.data })
					.from(plenaryEvents)
					.where(and(eq(plenaryEvents.kind, 'reveal'), eq(plenaryEvents.session, room.id)));
				expect(rows.map(({ data }) => data)).toEqual([{ type: 'reveal', ...told }]);
			}),
			{ numRuns: 12 }
		);
	});

	test('suggestions stand in an order that tells nothing of who backs them', async () => {
		const { app, kim, room } = await makeHouse();
		const phones = await Promise.all(many(7).map(() => room.comeIn()));
		await room.press(...toStory, 'round-off');
		for (const words of ['one', 'two', 'three']) await noteSuggestion(app, kim, room.id, words);
		const list = await listSuggestions(app.db.read, room.id);
		for (const phone of phones)
			await back(app, await room.seat(phone), { suggestion: list[2]!.id, isOn: true });
		expect(await rankSuggestions(app.db.read, room.id)).toEqual({
			suggestions: list,
			isRanked: false
		});
		await room.comeIn();
		const ranked = await rankSuggestions(app.db.read, room.id);
		expect([ranked.isRanked, ranked.suggestions[0]?.id]).toEqual([true, list[2]!.id]);
	});
});

describe('who may', () => {
	test('key staff of the house and co-facilitators lead; observers, others and strangers do not', async () => {
		const { app, org, kim } = await makeHouse();
		const una = await org.hire('Una Vang', org.north, 'key-staff');
		const bo = await org.hire('Bo Bech', org.north);
		const ida = await org.hire('Ida Ost', org.north);
		const sol = await org.hire('Sol Berg', org.south, 'key-staff');
		const lea = await org.hire('Lea Lund', org.north, 'leader');
		const room = await makeRoom(app, kim, org.north, {
			helpers: [
				{ person: bo.person, role: 'co-facilitator' },
				{ person: ida.person, role: 'observer' }
			]
		});
		await steer(app, una, room.id, { type: 'next' }, 0);
		await steer(app, bo, room.id, { type: 'next' }, 1);
		expect(await room.stage()).toBe('setting');
		for (const [who, code] of [
			[ida, 'forbidden'],
			[lea, 'forbidden'],
			[sol, 'not-found']
		] as const) {
			await expect(steer(app, who, room.id, { type: 'pause' }, 2)).rejects.toEqual(refused(code));
			await expect(reveal(app, who, room.id, 2)).rejects.toEqual(refused(code));
			await expect(endRoom(app, who, room.id)).rejects.toEqual(refused(code));
			await expect(openRoom(app, who, room.id)).rejects.toEqual(refused(code));
			await expect(keepSuggestions(app, who, room.id, [])).rejects.toEqual(refused(code));
			await expect(noteSuggestion(app, who, room.id, 'x')).rejects.toEqual(refused(code));
			await expect(tidySuggestion(app, who, room.id, 'x', true)).rejects.toEqual(refused(code));
			const change = { body: 'x', owner: '', due: '' };
			await expect(agreeChange(app, who, room.id, change)).rejects.toEqual(refused(code));
			await expect(planRehearsal(app, who, room.id)).rejects.toEqual(refused(code));
		}
	});

	test('a phone without a seat, or with another room’s, is nobody', async () => {
		const { app, org, kim, room } = await makeHouse();
		const other = await makeRoom(app, kim, org.north);
		const secret = await room.comeIn();
		expect(await findSeat(app, other.code, secret)).toBeNull();
		expect(await findSeat(app, room.code, undefined)).toBeNull();
		expect(await findSeat(app, room.code, 'x'.repeat(22))).toBeNull();
		expect(await findSeat(app, room.code, "' or 1=1 --")).toBeNull();
	});

	test('whoever guesses at numbers of rooms waits, and phones in their seats do not', async () => {
		const { app, room } = await makeHouse();
		const secret = await room.comeIn();
		expect(await findRoomByCode(app, room.code, '192.0.2.1')).toBe(room.id);
		for (let tries = 0; tries <= 60; tries++)
			await expect(findRoomByCode(app, '00000000', '192.0.2.1')).rejects.toEqual(
				refused('not-found')
			);
		await expect(findRoomByCode(app, room.code, '192.0.2.1')).rejects.toEqual(refused('too-many'));
		expect(await findRoomByCode(app, room.code, '192.0.2.2')).toBe(room.id);
		expect((await findSeat(app, room.code, secret))?.session).toBe(room.id);
	});
});

describe('a rehearsal', () => {
	test('has phones that answer, is for the facilitator alone, and leaves nothing', async () => {
		const { app, org, kim, room: planned } = await makeHouse();
		const una = await org.hire('Una Vang', org.north, 'key-staff');
		const id = await planRehearsal(app, kim, planned.id);
		await openRoom(app, kim, id);
		const room = await findTestRoom(app, kim, id);
		expect(await countSeats(app.db.read, id)).toBe(simulatedPhones);
		await room.press(...toStory, 'ask');
		expect(await countAnswers(app.db.read, id, 1)).toBe(simulatedPhones);
		await expect(steer(app, una, id, { type: 'pause' }, 0)).rejects.toEqual(refused('not-found'));
		await room.reveal();
		await room.press({ type: 'choose', move: 'greet' }, 'round-off');
		await noteSuggestion(app, kim, id, 'Here we try');
		const [only] = await listSuggestions(app.db.read, id);
		await keepSuggestions(app, kim, id, [only!.id]);
		await endRoom(app, kim, id);
		expect(await readSession(app.db.read, id)).toBeNull();
		expect(await app.db.read.select().from(agreements)).toEqual([]);
	});
});

test('a session that somebody forgot is ended the day after, and nothing from a phone stays', async () => {
	const { app, room } = await makeHouse();
	await room.comeIn();
	await endForgotten(app);
	expect(await room.stage()).toBe('lobby');
	app.setNow(new Date('2026-03-15T10:00:00Z'));
	await endForgotten(app);
	expect((await readSession(app.db.read, room.id))?.state).toBe('ended');
	expect(await countSeats(app.db.read, room.id)).toBe(0);
});

describe('somebody who has every file of the stores', () => {
	type Row = Record<string, unknown>;

	function readAll(dataDir: string): Map<string, Row[]> {
		const tables = new Map<string, Row[]>();
		for (const name of ['platform', 'private', 'keys']) {
			const file = new SqliteDatabase(join(dataDir, `${name}.db`), { readonly: true });
			const names = file
				.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
				.all();
			for (const { name: table } of names)
				tables.set(`${name}.${table}`, file.prepare<[], Row>(`SELECT * FROM "${table}"`).all());
			file.close();
		}
		return tables;
	}

	/** Every value of a row, also those inside of JSON. */
	function valuesOf(row: Row): string[] {
		const inside = (value: unknown): string[] => {
			if (Array.isArray(value)) return value.flatMap(inside);
			if (value !== null && typeof value === 'object')
				return Object.entries(value).flatMap(([key, each]) => [key, ...inside(each)]);
			return [String(value)];
		};
		return Object.values(row).flatMap((value) => {
			if (typeof value !== 'string' || !/^[[{]/.test(value)) return [String(value)];
			return inside(JSON.parse(value));
		});
	}

	/** Makes a room in which people who are signed in elsewhere vote, each from a phone. */
	async function playRoom() {
		const dataDir = makeFolder();
		const house = await makeHouse(makeApp({ dataDir }));
		const { org, room } = house;
		const secrets: string[] = [];
		for (const at of many(12)) {
			await org.hire(`Person number ${at}`, org.north);
			secrets.push(await room.comeIn());
		}
		await room.press(...toStory, 'ask');
		for (const [at, secret] of secrets.entries())
			await room.vote(secret, at % 2 ? 'greet' : 'wait');
		await room.reveal();
		await room.press({ type: 'choose', move: 'greet' }, 'next', 'ask');
		for (const secret of secrets) await room.vote(secret, 'soften');
		return { ...house, dataDir, secrets };
	}

	test('joins no vote with a person, a seat or another vote while the room is open', async () => {
		const { dataDir, secrets } = await playRoom();
		const tables = readAll(dataDir);
		const votes = tables.get('platform.plenary_votes')!;
		expect(votes).toHaveLength(24);
		// What a vote has in common with any other row is the session, the round and the choice: nobody.
		for (const vote of votes) {
			const others = [...tables].flatMap(([table, rows]) =>
				table === 'platform.plenary_votes' ? rows.filter((row) => row !== vote) : rows
			);
			const elsewhere = new Set(others.flatMap(valuesOf));
			expect(elsewhere.has(String(vote['voter']))).toBe(false);
		}
		expect(new Set(votes.map(({ voter }) => voter)).size).toBe(24);
		// The secrets that would join them stand nowhere.
		const everything = new Set([...tables.values()].flat().flatMap(valuesOf));
		for (const secret of secrets) expect(everything.has(secret)).toBe(false);
		expect(Object.keys(votes[0]!).toSorted()).toEqual(['choice', 'round', 'session', 'voter']);
	});

	test('finds no vote, seat or suggestion once it has ended, in any table or byte of the files', async () => {
		const { app, kim, room, dataDir } = await playRoom();
		const votersBefore = readAll(dataDir)
			.get('platform.plenary_votes')!
			.map(({ voter }) => String(voter));
		const seatsBefore = readAll(dataDir)
			.get('platform.plenary_seats')!
			.map(({ seat }) => String(seat));
		await endRoom(app, kim, room.id);
		const tables = readAll(dataDir);
		for (const table of ['votes', 'seats', 'suggestions', 'backings'])
			expect(tables.get(`platform.plenary_${table}`)).toEqual([]);
		const kinds = tables.get('platform.plenary_events')!.map(({ kind }) => kind);
		expect(kinds).toEqual(['choose']);
		const everything = new Set([...tables.values()].flat().flatMap(valuesOf));
		const bytes = readdirSync(dataDir).map((file) => readFileSync(join(dataDir, file), 'latin1'));
		expect(votersBefore).toHaveLength(24);
		for (const key of [...votersBefore, ...seatsBefore]) {
			expect(everything.has(key)).toBe(false);
			expect(bytes.some((text) => text.includes(key))).toBe(false);
		}
	});
});
