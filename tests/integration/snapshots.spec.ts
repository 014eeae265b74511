import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { extractText, getDocumentProxy } from 'unpdf';
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/audit/tables.server.ts';
import {
	insertCourseCompletion,
	insertModuleCompletion
} from '#lib/completion/completions.server.ts';
import { listSnapshots, makeSnapshot, readSnapshot } from '#lib/completion/snapshots.server.ts';
import { snapshots } from '#lib/completion/tables.server.ts';
import { newId } from '#lib/id.ts';
import { decideViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';
import { GET as getCsv } from '../../src/routes/team/[workplace]/snapshots/[snapshot].csv/+server.ts';
import { GET as getPdf } from '../../src/routes/team/[workplace]/snapshots/[snapshot].pdf/+server.ts';

let app: TestApp;
let org: TestOrganisation;
let lea: Actor;

beforeEach(async () => {
	app = makeApp();
	org = await makeOrganisation(app, 'Acme');
	lea = await org.hire('Lea', org.top, 'leader');
});

async function fill(workplace: string, total: number, completed: number): Promise<Actor[]> {
	const staff: Actor[] = [];
	for (let count = 0; count < total; count += 1) {
		const kim = await org.hire(`Kim ${count}`, workplace);
		staff.push(kim);
		if (count < completed) await complete(kim);
	}
	return staff;
}

async function complete({ person }: Actor) {
	const course = app.library.catalogue.course('basic')!;
	const shared = {
		person,
		course: 'basic',
		version: 'v',
		day: '2026-03-10',
		source: 'learned' as const,
		cycle: 1
	};
	await app.db.write(async (tx) => {
		for (const { slug } of course.modules)
			await insertModuleCompletion(tx, { ...shared, module: slug });
		await insertCourseCompletion(tx, { ...shared, by: 'course' });
	});
}

async function keep(workplace = org.top) {
	const id = newId();
	await makeSnapshot(app, lea, workplace, id);
	return readSnapshot(app, lea, workplace, id);
}

const ask = (answering: unknown, snapshot: string) =>
	(answering as (event: unknown) => Promise<Response>)(
		makeEvent(app, { actor: lea, params: { workplace: org.top, snapshot }, url: '/team' })
	);

describe('a status for the board', () => {
	test('holds the numbers of the day, of the whole and of its units, and no name', async () => {
		await fill(org.north, 7, 3);
		await fill(org.south, 6, 0);
		const { madeOn, body } = await keep();
		expect(madeOn).toBe('2026-03-14');
		const [basic] = body.courses;
		// Lea works at the top itself, alone.
		expect(basic).toMatchObject({
			asOf: '2026-03-14',
			counts: { total: 14, valid: 3, byState: { completed: 3, 'not-started': 11 } }
		});
		expect(JSON.stringify(body)).not.toMatch(/Kim \d|"Lea"/);
		// Of two houses that would tell of the one above them, one is left out.
		expect(basic?.units).toHaveLength(1);
		expect(body.coverage?.people).toBe(14);
	});

	test('stays as it was, whatever happens after it', async () => {
		const staff = await fill(org.north, 7, 3);
		const kept = await keep();
		for (const one of staff.slice(3)) await complete(one);
		app.setNow(new Date('2026-05-01T09:00:00Z'));
		expect(await readSnapshot(app, lea, org.top, kept.id)).toEqual(kept);
		expect((await keep()).body.courses[0]?.counts?.valid).toBe(7);
		const change = app.db.write((tx) =>
			tx.update(snapshots).set({ madeOn: '2026-01-01' }).where(eq(snapshots.id, kept.id))
		);
		await expect(change).rejects.toThrow();
		const list = await listSnapshots(app, lea, org.top);
		expect(list.snapshots.map(({ madeOn }) => madeOn)).toEqual(['2026-05-01', '2026-03-14']);
	});

	test('made twice by one press is made once, and is in the log', async () => {
		const id = newId();
		await makeSnapshot(app, lea, org.top, id);
		await makeSnapshot(app, lea, org.top, id);
		expect((await listSnapshots(app, lea, org.top)).snapshots).toHaveLength(1);
		const log = await app.db.read.select().from(audit).where(eq(audit.event, 'snapshot.made'));
		expect(log).toMatchObject([{ actor: lea.person, workplace: org.top }]);
	});

	test('where only counts are shown holds what is published, and nothing of four', async () => {
		const admin = await org.hire('Ada', org.top, 'administrator');
		const staff = await fill(org.north, 7, 3);
		await fill(org.south, 4, 1);
		await decideViewPolicy(app, admin, 'counts');
		const first = await keep();
		expect(first.body.shows).toBe('counts');
		expect(first.body.courses[0]?.counts?.valid).toBe(4);
		expect(first.body.courses[0]?.units.map(({ name }) => name)).toEqual(['Acme north']);
		for (const one of staff.slice(3)) await complete(one);
		app.setNow(new Date('2026-03-15T09:00:00Z'));
		expect((await keep()).body.courses[0]).toEqual(first.body.courses[0]);
		const south = await keep(org.south);
		expect(south.body.courses[0]).toMatchObject({ counts: null, units: [], curve: [] });
		expect(south.body.coverage).toBeNull();
	});

	test('8.4.1 is not there for who does not lead the workplace, nor under another’s address', async () => {
		const kept = await keep();
		const sue = await org.hire('Sue', org.south, 'leader');
		await expect(readSnapshot(app, sue, org.top, kept.id)).rejects.toMatchObject({
			code: 'not-found'
		});
		await expect(readSnapshot(app, sue, org.south, kept.id)).rejects.toMatchObject({
			code: 'not-found'
		});
		await expect(makeSnapshot(app, lea, org.south, kept.id)).rejects.toMatchObject({
			code: 'conflict'
		});
	});
});

describe('a status as a file', () => {
	test('of rows has one number in each, with of how many', async () => {
		await fill(org.north, 7, 3);
		await fill(org.top, 4, 0);
		const csv = await (await ask(getCsv, (await keep()).id)).text();
		expect(csv).toContain('Gyldig gennemførelse;3;12;14. marts 2026');
		expect(csv).toContain('Acme north;3;7;14. marts 2026');
		expect(csv).toContain('Dækning af læringsmålene: Lært;TI-K1;');
	});

	test('to print is tagged, in Danish, and says the same', async () => {
		await fill(org.north, 7, 3);
		const response = await ask(getPdf, (await keep()).id);
		expect(response.headers.get('content-type')).toBe('application/pdf');
		const bytes = new Uint8Array(await response.arrayBuffer());
		const { text } = await extractText(await getDocumentProxy(bytes.slice()), { mergePages: true });
		expect(text).toContain('Status pr. 14. marts 2026');
		expect(text).toContain('3 af 8');
		expect(text).not.toMatch(/Kim \d|"Lea"/);
		expect(Buffer.from(bytes).toString('latin1')).toContain('/StructTreeRoot');
	});
});
