import ICAL from 'ical.js';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { newId } from '#lib/id.ts';
import { closePerson } from '#lib/identity/people.server.ts';
import { makeFeed, openFeed, stopFeed } from '#lib/workplaces/calendar-feeds.server.ts';
import {
	addEntry,
	changeEntry,
	layYear,
	markDone,
	readCalendar,
	removeEntry,
	restoreEntry
} from '#lib/workplaces/plan-calendar.server.ts';
import { calendarFeeds, grants, planEntries } from '#lib/workplaces/tables.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { makeOrganisation } from '#tests/support/world.ts';
import { GET } from '../../src/routes/calendar/[token].ics/+server.ts';

async function makeHouse(tidyUp?: (work: () => unknown) => void) {
	const app = makeApp(tidyUp ? { tidyUp } : {});
	const org = await makeOrganisation(app, 'Acme');
	const lea = await org.hire('Lea Lund', org.north, 'leader');
	const kim = await org.hire('Kim Holm', org.north, 'key-staff');
	const bo = await org.hire('Bo Bech', org.north);
	return { app, org, lea, kim, bo };
}

const task = {
	kind: 'task',
	title: 'Find a quiet room',
	owner: null,
	every: null,
	until: ''
} as const;

async function addTask(world: Awaited<ReturnType<typeof makeHouse>>, onDay = '2026-04-01') {
	const id = newId();
	const { app, lea, org } = world;
	await addEntry(app, lea, org.north, { ...task, id, onDay });
	return id;
}

const entriesOf = async ({ app, lea, org }: Awaited<ReturnType<typeof makeHouse>>) =>
	(await readCalendar(app, lea, org.north)).entries;

describe('the calendar of a house', () => {
	test('is laid for a year at once, and not a second time over it', async () => {
		const world = await makeHouse();
		const { app, lea, org } = world;
		await layYear(app, lea, org.north, '2026-03-16');
		const entries = await entriesOf(world);
		expect(entries.filter(({ kind }) => kind === 'supervision')).toHaveLength(25);
		expect(entries.map(({ onDay }) => onDay)).toEqual(entries.map(({ onDay }) => onDay).toSorted());
		await expect(layYear(app, lea, org.north, '2026-03-16')).rejects.toThrow(
			expect.objectContaining({ code: 'conflict' })
		);
	});

	test('takes a form that is sent twice as sent once', async () => {
		const world = await makeHouse();
		const { app, lea, org } = world;
		const once = { ...task, id: newId(), onDay: '2026-04-01' };
		const again = {
			...once,
			id: newId(),
			kind: 'supervision',
			every: 14,
			until: '2026-06-01'
		} as const;
		for (const input of [once, once, again, again]) await addEntry(app, lea, org.north, input);
		expect(await entriesOf(world)).toHaveLength(1 + 5);
	});

	test('moves one day of a series, or it and those after it that are not done', async () => {
		const world = await makeHouse();
		const { app, lea, kim, org } = world;
		const series = {
			...task,
			id: newId(),
			kind: 'supervision',
			title: '',
			onDay: '2026-04-01',
			every: 14,
			until: '2026-05-31'
		} as const;
		await addEntry(app, lea, org.north, series);
		const [first, second, third] = await entriesOf(world);
		await markDone(app, kim, org.north, { entry: third!.id, isDone: true });
		const change = { entry: second!.id, revision: 1, title: '', owner: kim.person };
		await changeEntry(app, kim, org.north, { ...change, onDay: '2026-04-16', isFollowing: true });
		expect((await entriesOf(world)).map(({ onDay, owner }) => [onDay, owner?.name])).toEqual([
			['2026-04-01', undefined],
			['2026-04-16', 'Kim Holm'],
			['2026-04-29', undefined],
			['2026-05-14', 'Kim Holm'],
			['2026-05-28', 'Kim Holm']
		]);
		await markDone(app, kim, org.north, { entry: third!.id, isDone: false });
		expect((await entriesOf(world)).every(({ doneOn }) => doneOn === null)).toBe(true);
		await removeEntry(app, kim, org.north, {
			entry: first!.id,
			revision: first!.revision,
			isFollowing: true
		});
		expect(await entriesOf(world)).toEqual([]);
		const { removed } = await readCalendar(app, lea, org.north);
		expect(removed).toHaveLength(5);
		await restoreEntry(app, lea, org.north, removed[0]!.id);
		expect(await entriesOf(world)).toHaveLength(1);
	});

	test('loses nothing where two write at once: the second hears what stands there', async () => {
		const world = await makeHouse();
		const { app, lea, kim, org } = world;
		const entry = await addTask(world);
		const shown = { entry, revision: 1, owner: null, isFollowing: false };
		const hers = { ...shown, title: 'Hers', onDay: '2026-04-02' };
		const his = { ...shown, title: 'His', onDay: '2026-04-03' };
		const answers = await Promise.all([
			changeEntry(app, lea, org.north, hers),
			changeEntry(app, kim, org.north, his)
		]);
		expect(answers[0]).toEqual({ kind: 'kept' });
		expect(answers[1]).toMatchObject({ kind: 'moved-on', stands: { title: 'Hers', revision: 2 } });
		// What is sent once more is the same.
		expect(await changeEntry(app, lea, org.north, hers)).toEqual({ kind: 'kept' });
		expect(
			await removeEntry(app, kim, org.north, { entry, revision: 1, isFollowing: false })
		).toMatchObject({ kind: 'moved-on' });
	});

	test.each([
		['no day', { onDay: '2026-02-30' }, 'day'],
		['a day of another century', { onDay: '1926-03-01' }, 'day'],
		['a task without words', { title: ' ' }, 'title'],
		['a series that ends before it begins', { every: 7, until: '2026-01-01' }, 'until']
	] as const)('refuses %s', async (_, more, fault) => {
		const { app, lea, org } = await makeHouse();
		const input = { ...task, id: newId(), onDay: '2026-04-01', ...more };
		expect(await addEntry(app, lea, org.north, input)).toEqual({ kind: 'fault', fault });
	});

	test('8.4.1 is given to nobody of another house, and belongs to nobody outside of it', async () => {
		const world = await makeHouse();
		const { app, org, lea, bo } = world;
		const other = await org.hire('Ib', org.south);
		const entry = await addTask(world);
		const input = { ...task, id: newId(), onDay: '2026-04-01', owner: other.person };
		await expect(addEntry(app, lea, org.north, input)).rejects.toThrow(
			expect.objectContaining({ code: 'not-found' })
		);
		await expect(readCalendar(app, bo, org.north)).rejects.toThrow(
			expect.objectContaining({ code: 'forbidden' })
		);
		const chief = await org.hire('Eva', org.south, 'leader');
		// An entry of another house is none here.
		expect(await markDone(app, chief, org.south, { entry, isDone: true })).toMatchObject({
			stands: null
		});
	});
});

async function fetchFeed(app: TestApp, address: string) {
	const token = /\/calendar\/(.+)\.ics$/.exec(address)![1]!;
	const event = makeEvent(app, { url: `/calendar/${token}.ics`, params: { token } });
	const response = await GET(event as never);
	expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
	expect(response.headers.get('referrer-policy')).toBe('no-referrer');
	const text = await response.text();
	const component = new ICAL.Component(ICAL.parse(text) as never);
	const events = component.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
	return { text, component, events };
}

describe('the feed of a calendar', () => {
	test('is read by another library: days, titles, UIDs that stay and a SEQUENCE that counts', async () => {
		const world = await makeHouse();
		const { app, lea, org } = world;
		const entry = await addTask(world, '2026-03-29');
		await layYear(app, lea, org.north, '2026-03-23');
		const address = await makeFeed(app, lea, org.north);
		const before = await fetchFeed(app, address);
		expect(before.component.getFirstPropertyValue('version')).toBe('2.0');
		expect(before.events).toHaveLength((await entriesOf(world)).length);
		const find = ({ events }: typeof before) => events.find(({ uid }) => uid.startsWith(entry))!;
		expect(find(before)).toMatchObject({ summary: 'Find a quiet room', sequence: 0 });
		expect(find(before).startDate.isDate).toBe(true);
		expect(find(before).startDate.toString()).toBe('2026-03-29');
		await changeEntry(app, lea, org.north, {
			entry,
			revision: 1,
			title: 'A quiet, calm; room\nfor us – æøå',
			owner: lea.person,
			onDay: '2026-10-25',
			isFollowing: false
		});
		const after = await fetchFeed(app, address);
		expect(find(after).uid).toBe(find(before).uid);
		expect(find(after).sequence).toBe(1);
		expect(find(after).startDate.toString()).toBe('2026-10-25');
		expect(find(after).summary).toBe('A quiet, calm; room\nfor us – æøå');
		// Lines of at most 75 octets, ended as RFC 5545 has it.
		for (const line of after.text.split('\r\n'))
			expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
		expect(after.text).not.toMatch(/[^\r]\n/);
		expect(after.text).not.toContain('Lea Lund');
	});

	test('names in Danish or English, as the person reads', async () => {
		const { app, lea, org } = await makeHouse();
		await layYear(app, lea, org.north, '2026-03-23');
		const { component, events } = await fetchFeed(app, await makeFeed(app, lea, org.north));
		expect(component.getFirstPropertyValue('x-wr-calname')).toBe('Plan for Acme north');
		expect(new Set(events.map(({ summary }) => summary))).toEqual(
			new Set(['Temadag', 'Fast punkt på mødet', 'Supervision', 'Opfølgningsdag'])
		);
	});

	test('is stored as a hash alone, and an address made up leads nowhere', async () => {
		const { app, lea, org } = await makeHouse();
		const address = await makeFeed(app, lea, org.north);
		const token = /\/calendar\/(.+)\.ics$/.exec(address)![1]!;
		const rows = await app.db.read.select().from(calendarFeeds);
		expect(JSON.stringify(rows)).not.toContain(token);
		expect(await openFeed(app, token)).not.toBeNull();
		expect(await openFeed(app, `${token}A`)).toBeNull();
		expect(await openFeed(app, rows[0]!.tokenHash)).toBeNull();
	});

	test.each([
		['a new one is made', async ({ app, lea, org }) => void (await makeFeed(app, lea, org.north))],
		['it is stopped', ({ app, lea, org }) => stopFeed(app, lea, org.north)],
		['the right ends', ({ app, lea }) => take(app, lea.person)],
		['the person leaves', ({ app, lea }) => leave(app, lea.person)]
	] as const satisfies [string, (world: Awaited<ReturnType<typeof makeHouse>>) => Promise<void>][])(
		'ends when %s',
		async (_, end) => {
			const world = await makeHouse();
			const address = await makeFeed(world.app, world.lea, world.org.north);
			const token = /\/calendar\/(.+)\.ics$/.exec(address)![1]!;
			expect(await openFeed(world.app, token)).not.toBeNull();
			await end(world);
			expect(await openFeed(world.app, token)).toBeNull();
		}
	);
});

async function take(app: TestApp, person: string): Promise<void> {
	await app.db.write(async (tx) => {
		await tx.delete(grants).where(eq(grants.person, person));
	});
}

const leave = (app: TestApp, person: string) =>
	app.db.write((tx) => closePerson(tx, person, '2026-03-14'));

const works: (() => unknown)[] = [];
afterAll(async () => {
	for (const work of works.reverse()) await work();
});

test('whatever two people write at once, each hears that it is kept or what stands instead', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.record({ who: fc.nat({ max: 1 }), seen: fc.nat({ max: 3 }), word: fc.nat() }), {
				minLength: 1,
				maxLength: 12
			}),
			async (writes) => {
				const world = await makeHouse((work) => works.push(work));
				const { app, lea, kim, org } = world;
				const entry = await addTask(world);
				const answers = await Promise.all(
					writes.map(({ who, seen, word }) =>
						changeEntry(app, who ? lea : kim, org.north, {
							entry,
							revision: 1 + seen,
							title: `w${word}`,
							owner: null,
							onDay: '2026-04-01',
							isFollowing: false
						})
					)
				);
				const [row] = await app.db.read.select().from(planEntries);
				const keptOnes = writes.filter((_, index) => answers[index]!.kind === 'kept');
				const titles = new Set(keptOnes.map(({ word }) => `w${word}`));
				// Each revision is one change that somebody was told is kept, and the last of them stands.
				expect(row!.revision - 1).toBeLessThanOrEqual(keptOnes.length);
				if (keptOnes.length > 0) expect(titles).toContain(row!.title);
				else expect(row!.revision).toBe(1);
			}
		),
		{ numRuns: 25 }
	);
}, 60_000);
