import { describe, expect, it } from 'vitest';
import type { Scenario } from '../model.ts';
import { movesOf } from '../run.ts';
import { ScenarioPlayer, type Recording } from './player.svelte.ts';
import type { Shelf } from './unsent.ts';

function sayTo(to: string) {
	return { text: 'Say it', kind: 'good' as const, consequence: '<p>So.</p>', why: '', to };
}

const scenario: Scenario<string> = {
	format: 1,
	id: 'three-doors',
	version: 1,
	title: 'Three doors',
	summary: '',
	minutes: 1,
	setting: 'office',
	audience: [],
	outcomes: [],
	contentNote: '',
	textVersion: '',
	authors: [],
	people: {},
	gauges: { alarm: { start: 1, min: 0, max: 2, words: [{ upTo: 2, word: 'tense' }] } },
	start: 'first',
	scenes: {
		first: { text: '', choices: { on: sayTo('second'), aside: sayTo('second') } },
		second: { text: '', choices: { on: sayTo('third') } },
		third: { text: '', choices: { on: sayTo('end') } },
		end: { text: '', ending: 'calm', takeaway: '' }
	}
};

interface Sent {
	address: string;
	body: unknown;
	/** Lets the server answer; without a status the connection is lost. */
	answer: (status?: number, body?: unknown) => Promise<void>;
}

/** A server that answers when told to, and a clock that rings when told to. */
class World {
	readonly sent: Sent[] = [];
	readonly waits: number[] = [];
	#ring: () => void = () => undefined;

	readonly recording: Recording = {
		attempt: 'a1',
		owner: 'kim',
		address: '/scenarios/three-doors/moves',
		send: (address, init) =>
			new Promise((resolve, reject) => {
				const answer = async (status?: number, body: unknown = { saved: 1, ended: false }) => {
					if (status === undefined) reject(new TypeError('Failed to fetch'));
					else
						resolve(
							body === null ? new Response(null, { status }) : Response.json(body, { status })
						);
					await settle();
				};
				this.sent.push({
					address: String(address),
					body: init?.body === undefined ? undefined : (JSON.parse(String(init.body)) as unknown),
					answer
				});
			}),
		later: (work, milliseconds) => {
			this.waits.push(milliseconds);
			this.#ring = work;
		},
		now: () => 1_800_000_000_000,
		soon: (work) => work()
	};

	async ring(): Promise<void> {
		this.#ring();
		await settle();
	}

	/** Answers the request that was made last. */
	async answer(status?: number, body?: unknown): Promise<void> {
		await this.sent.at(-1)?.answer(status, body);
	}
}

/** Lets everything happen that waits for nothing but its turn. */
async function settle(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

function play(moves: readonly string[] = [], more: Partial<Recording> = {}) {
	const world = new World();
	return { world, player: new ScenarioPlayer(scenario, moves, { ...world.recording, ...more }) };
}

describe('a choice', () => {
	it('is shown before the server has answered', () => {
		const { player } = play();
		expect(player.choose('on')).toBe(true);
		expect(player.run.scene).toBe('second');
		expect(player.saving.state).toBe('saving');
	});

	it('is sent once it is shown, and kept in the tab before', () => {
		const tab = new Tab();
		let isShown: () => void = () => undefined;
		const { player, world } = play([], { shelf: tab, soon: (work) => (isShown = work) });
		player.choose('on');
		expect(world.sent).toEqual([]);
		expect([...tab.kept.values()].join()).toContain('"moves":["on"]');
		isShown();
		expect(world.sent).toHaveLength(1);
	});

	it('that is not offered changes nothing and sends nothing', () => {
		const { player, world } = play();
		expect(player.choose('through-the-wall')).toBe(false);
		expect(movesOf(player.run)).toEqual([]);
		expect(world.sent).toEqual([]);
	});

	it('can be foreseen without being made, and leads there when it is', () => {
		const { player, world } = play();
		const foreseen = player.foresee('on');
		expect(foreseen?.scene).toBe('second');
		expect(player.foresee('through-the-wall')).toBeUndefined();
		expect([player.run.scene, world.sent]).toEqual(['first', []]);
		player.choose('on');
		expect(player.run).toBe(foreseen);
		expect(player.foresee('on')?.scene).toBe('third');
	});

	it('is recorded with its attempt and its place', async () => {
		const { player, world } = play(['on']);
		player.choose('on');
		await world.answer(200);
		expect(world.sent).toMatchObject([
			{
				address: '/scenarios/three-doors/moves',
				body: { attempt: 'a1', position: 1, move: 'on' }
			}
		]);
		expect(player.saving).toEqual({ state: 'saved', at: 1_800_000_000_000 });
	});

	it('names the step of the module it is made in', () => {
		const step = { course: 'basic', module: 'when-it-heats-up', step: 'shelter' };
		const { player, world } = play([], { module: step });
		player.choose('on');
		expect(world.sent[0]?.body).toHaveProperty('module', step);
	});
});

describe('the record', () => {
	it('is sent one move at a time and in order', async () => {
		const { player, world } = play();
		player.choose('aside');
		player.choose('on');
		player.choose('on');
		expect(world.sent).toHaveLength(1);
		await world.answer(200);
		expect(player.saving.state).toBe('saving');
		await world.answer(200);
		await world.answer(200, { saved: 3, ended: true });
		expect(world.sent.map(({ body }) => body)).toMatchObject([
			{ position: 0, move: 'aside' },
			{ position: 1, move: 'on' },
			{ position: 2, move: 'on' }
		]);
		expect(player.saving.state).toBe('saved');
	});

	it('waits longer after each failure, at most half a minute, and then sends the same move', async () => {
		const { player, world } = play();
		player.choose('on');
		for (let failure = 0; failure < 7; failure += 1) {
			await world.answer(failure % 2 === 0 ? undefined : 503);
			expect(player.saving.state).toBe('kept');
			await world.ring();
		}
		expect(world.waits).toEqual([1, 2, 4, 8, 16, 30, 30].map((seconds) => seconds * 1_000));
		await world.answer(200);
		expect(new Set(world.sent.map(({ body }) => JSON.stringify(body))).size).toBe(1);
		expect(player.saving.state).toBe('saved');
	});

	it('goes on by itself as soon as the device is online again', async () => {
		const { player, world } = play();
		player.choose('on');
		await world.answer();
		player.retry();
		await settle();
		expect(world.sent).toHaveLength(2);
	});

	it('lets the story go on while the server cannot be reached', async () => {
		const { player, world } = play();
		player.choose('on');
		await world.answer();
		player.choose('on');
		expect(player.run.scene).toBe('third');
		await world.ring();
		await world.answer(200);
		await world.answer(200);
		expect(world.sent.at(-1)?.body).toMatchObject({ position: 1 });
		expect(player.saving.state).toBe('saved');
	});

	it('waits for somebody who has been signed out', async () => {
		const { player, world } = play();
		player.choose('on');
		await world.answer(401, { reason: 'sign-in-required' });
		expect(player.saving.state).toBe('signed-out');
		player.retry();
		await settle();
		await world.answer(204, null);
		await world.answer(200);
		expect(player.saving.state).toBe('saved');
	});

	it('sends nothing of the story while somebody else is signed in', async () => {
		const { player, world } = play();
		player.choose('on');
		await world.answer(401, { reason: 'sign-in-required' });
		player.retry();
		await settle();
		await world.answer(404, { reason: 'not-found' });
		expect(player.saving.state).toBe('signed-out');
		const asked = world.sent.at(-1);
		expect(asked?.address).toBe('/scenarios/three-doors/moves?attempt=a1');
		expect(asked?.body).toBeUndefined();
	});

	it('asks for the page anew where the story is no more', async () => {
		let left = 0;
		const { player, world } = play([], { leave: () => (left += 1) });
		player.choose('on');
		await world.answer(410, { reason: 'withdrawn' });
		expect(left).toBe(1);
		expect(world.sent).toHaveLength(1);
	});

	it('stops for good where the attempt has gone on elsewhere', async () => {
		const { player, world } = play();
		player.choose('on');
		player.choose('on');
		await world.answer(409, { reason: 'moved-on' });
		expect(player.saving.state).toBe('elsewhere');
		expect(player.choose('on')).toBe(false);
		expect(world.sent).toHaveLength(1);
	});
});

/** What a tab keeps, as `sessionStorage` does. */
class Tab implements Shelf {
	readonly kept = new Map<string, string>();
	getItem = (key: string) => this.kept.get(key) ?? null;
	setItem = (key: string, value: string) => void this.kept.set(key, value);
	removeItem = (key: string) => void this.kept.delete(key);
}

/** A tab in which two moves were made without a connection, the way given being on the server. */
async function leaveUnsent(moves: readonly string[] = []) {
	const shelf = new Tab();
	const { player, world } = play(moves, { shelf });
	player.choose('on');
	player.choose('on');
	await world.answer();
	return shelf;
}

describe('what waits in a tab', () => {
	it('is shown and sent after the page was loaded again, each move once', async () => {
		const shelf = await leaveUnsent();
		const { player, world } = play([], { shelf });
		expect(movesOf(player.run)).toEqual(['on', 'on']);
		expect(player.hasUnsent).toBe(false);
		player.retry();
		await world.answer(200);
		await world.answer(200);
		expect(world.sent.map(({ body }) => body)).toMatchObject([
			{ position: 0, move: 'on' },
			{ position: 1, move: 'on' }
		]);
		expect(shelf.kept.size).toBe(0);
	});

	it('goes on behind what had arrived after all', async () => {
		const shelf = await leaveUnsent();
		const { player, world } = play(['on'], { shelf });
		player.retry();
		await world.answer(200);
		expect(world.sent.map(({ body }) => body)).toMatchObject([{ position: 1, move: 'on' }]);
		expect(shelf.kept.size).toBe(0);
	});

	it('is forgotten where all of it had arrived, also on a way that has gone on since', async () => {
		const shelf = await leaveUnsent();
		const { player } = play(['on', 'on', 'on'], { shelf });
		expect(player.saving.state).toBe('saved');
		expect(shelf.kept.size).toBe(0);
	});

	it('is offered as an attempt of its own where another way came first', async () => {
		const shelf = await leaveUnsent();
		const { player } = play(['aside'], { shelf });
		expect(movesOf(player.run)).toEqual(['aside']);
		expect(player.saving).toEqual({ state: 'elsewhere', moves: ['on', 'on'] });
		expect(player.choose('on')).toBe(false);
		player.forgetUnsent();
		expect(shelf.kept.size).toBe(0);
	});

	it('is offered too where another attempt has been begun since', async () => {
		const shelf = await leaveUnsent();
		const { player } = play([], { shelf, attempt: 'a2' });
		expect(player.saving).toEqual({ state: 'elsewhere', moves: ['on', 'on'] });
	});

	it('is not seen, sent or touched by anybody else who signs in', async () => {
		const shelf = await leaveUnsent();
		const before = new Map(shelf.kept);
		const { player, world } = play([], { shelf, owner: 'somebody-else', attempt: 'b1' });
		player.retry();
		await settle();
		expect(movesOf(player.run)).toEqual([]);
		expect(world.sent).toEqual([]);
		expect(shelf.kept).toEqual(before);
	});

	it('that nobody can read is as if it were not there', () => {
		const shelf = new Tab();
		for (const nonsense of [
			'',
			'{',
			'[]',
			'{"attempt":1,"moves":[]}',
			'{"attempt":"a1","moves":[1]}'
		]) {
			shelf.setItem('unsent:kim:three-doors', nonsense);
			expect(play([], { shelf }).player.saving.state).toBe('saved');
		}
	});
});

describe('a pause', () => {
	it('takes no choice until one goes on, and then at the same place', () => {
		const { player } = play(['on']);
		player.pause();
		expect(player.place).toBe('paused');
		expect(player.choose('on')).toBe(false);
		player.resume();
		expect(player.run.scene).toBe('second');
		expect(player.choose('on')).toBe(true);
	});
});

describe('leaving the page', () => {
	it('loses nothing when all is saved, or when the one move left is on its way', async () => {
		const { player, world } = play();
		expect(player.hasUnsent).toBe(false);
		player.choose('on');
		expect(player.hasUnsent).toBe(false);
		await world.answer(200);
		expect(player.hasUnsent).toBe(false);
	});

	it('would lose moves that wait behind another, or for a connection', async () => {
		const { player, world } = play();
		player.choose('on');
		player.choose('on');
		expect(player.hasUnsent).toBe(true);
		await world.answer(200);
		await world.answer();
		expect(player.hasUnsent).toBe(true);
	});

	it('loses nothing that could still be sent where the attempt has gone on elsewhere', async () => {
		const { player, world } = play();
		player.choose('on');
		await world.answer(409, { reason: 'moved-on' });
		expect(player.hasUnsent).toBe(false);
	});
});

describe('trying another way', () => {
	it('sends nothing and says so', () => {
		const player = new ScenarioPlayer(scenario, ['on']);
		expect(player.choose('on')).toBe(true);
		expect(player.run.scene).toBe('third');
		expect(player.saving.state).toBe('trial');
		expect(player.isRecorded).toBe(false);
		expect(player.hasUnsent).toBe(false);
	});
});
