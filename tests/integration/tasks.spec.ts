/**
 * What a workplace writes in the form of a task, from the page of the step to the leader's list; and
 * the track that waits for a leader.
 */
import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { modulesDone } from '#tests/support/completions.ts';
import { newId } from '#lib/id.ts';
import { closePerson } from '#lib/identity/people.server.ts';
import { listStepsBehind } from '#lib/practice/progress.server.ts';
import { keepPlan, listPlans, readPlan } from '#lib/workplaces/plans.server.ts';
import { taskAnswers } from '#lib/workplaces/tables.server.ts';
import { addMember, grantRole } from '#lib/workplaces/tree.server.ts';
import { load as loadCourse } from '../../src/routes/learn/[course]/+page.server.ts';
import {
	actions,
	load as loadModule
} from '../../src/routes/learn/[course]/[module]/+page.server.ts';
import { load as loadPlan } from '../../src/routes/learn/[course]/[module]/task/[task]/+page.server.ts';
import { load as loadTeam } from '../../src/routes/team/[workplace]/+page.server.ts';
import type {
	CheckView,
	ModuleView,
	PlanForm,
	TaskView
} from '../../src/routes/learn/[course]/[module]/view.ts';
import { loadTestCourses, makeApp } from '#tests/support/app.ts';
import { makeEvent, type Asked } from '#tests/support/event.ts';
import { makeOrganisation } from '#tests/support/world.ts';

const ref = { course: 'house', module: 'a-quiet-room' };
const task = { course: 'house', task: 'quiet-room' };
const address = '/learn/house/a-quiet-room';

/** Routes are called as functions; their generated types want more of an event than they use. */
type Called = (event: unknown) => Promise<unknown>;
const call = async <Answer>(route: unknown, app: ReturnType<typeof makeApp>, asked: Asked) =>
	(await (route as Called)(makeEvent(app, asked))) as Answer;

async function makeHouse() {
	const app = { ...makeApp(), library: loadTestCourses() };
	const org = await makeOrganisation(app, 'Acme');
	const lea = await org.hire('Lea', org.north, 'leader');
	const kit = await org.hire('Kit', org.north, 'key-staff');
	const sam = await org.hire('Sam', org.north);
	const openStep = async (actor: Actor, step: string, query = '') => {
		const asked = { actor, params: ref, url: `${address}?step=${step}${query}` };
		return (await call<{ module: ModuleView }>(loadModule, app, asked)).module.step;
	};
	const openTask = async (actor: Actor, query = '') =>
		(await openStep(actor, 'our-room', query)) as TaskView;
	const send = (actor: Actor, workplace: string, form: Record<string, string>) =>
		call<{ kept: { by: string | null; overwritten: { label: string; theirs: string }[] } }>(
			actions.task,
			app,
			{ actor, params: ref, url: `${address}?step=our-room&workplace=${workplace}&/task`, form }
		);
	const behind = (actor: Actor) => listStepsBehind(app.learning, actor.person, ref);
	return { app, org, lea, kit, sam, openStep, openTask, send, behind };
}

const fieldsOf = (form: PlanForm | null) =>
	Object.fromEntries((form?.fields ?? []).map(({ id, value }) => [id, value]));

describe('the plan of a workplace', () => {
	test('is empty at first, and then what any of its leaders and key staff wrote', async () => {
		const { org, lea, kit, openTask, send } = await makeHouse();
		const first = await openTask(lea);
		expect(first.form).toMatchObject({
			workplace: { id: org.north, name: 'Acme north' },
			revision: 0,
			written: null
		});
		await send(lea, org.north, { revision: '0', 'field-room': 'Kontoret', then: 'stay' });
		const second = await openTask(kit);
		expect(second.form).toMatchObject({
			revision: 1,
			written: { by: 'Lea', on: '14. marts 2026' }
		});
		expect(fieldsOf(second.form)).toEqual({ room: 'Kontoret', steps: '', 'by-when': '' });
	});

	test('is another one in another workplace, and who has both picks', async () => {
		const { app, org, openTask, send } = await makeHouse();
		const tom = await org.hire('Tom', org.top, 'leader');
		expect((await openTask(tom)).form).toMatchObject({
			workplace: { name: 'Acme top' },
			places: [{ name: 'Acme north' }, { name: 'Acme south' }, { name: 'Acme top' }]
		});
		await send(tom, org.south, { revision: '0', 'field-room': 'Loftet' });
		expect(fieldsOf((await openTask(tom, `&workplace=${org.south}`)).form)['room']).toBe('Loftet');
		expect(fieldsOf((await openTask(tom, `&workplace=${org.north}`)).form)['room']).toBe('');
		expect((await readPlan(app, tom, task, org.top)).revision).toBe(0);
	});

	test('keeps both changes where two write in different fields at once', async () => {
		const { org, lea, kit, openTask, send } = await makeHouse();
		await send(lea, org.north, { revision: '0', 'field-room': 'Kontoret', 'field-steps': '' });
		await send(kit, org.north, { revision: '0', 'field-room': '', 'field-steps': 'Mal væggen' });
		expect(fieldsOf((await openTask(lea)).form)).toMatchObject({
			room: 'Kontoret',
			steps: 'Mal væggen'
		});
	});

	test('is the last one’s where two write in one field, who is shown what stood there', async () => {
		const { org, lea, kit, openTask, send, behind } = await makeHouse();
		await send(lea, org.north, {
			revision: '0',
			'field-room': 'Kontoret',
			'field-by-when': '2026-05-01'
		});
		const { kept } = await send(kit, org.north, {
			revision: '0',
			'field-room': 'Kælderen',
			'field-by-when': '2026-06-01',
			then: 'done'
		});
		expect(kept).toEqual({
			by: 'Lea',
			overwritten: [
				{ label: 'Hvilket rum?', theirs: 'Kontoret' },
				{ label: 'Hvornår er det klar?', theirs: '1. maj 2026' }
			]
		});
		expect(fieldsOf((await openTask(lea)).form)['room']).toBe('Kælderen');
		// It stays on the page to be read, and the step is behind all the same.
		expect(await behind(kit)).toContain('our-room');
	});

	test('sent twice is sent once', async () => {
		const { app, org, lea, send } = await makeHouse();
		const form = { revision: '0', 'field-room': 'Kontoret' };
		await send(lea, org.north, form);
		expect((await send(lea, org.north, form)).kept.overwritten).toEqual([]);
		expect((await readPlan(app, lea, task, org.north)).revision).toBe(1);
	});

	test('keeps line breaks, and nothing of a field that holds blanks alone', async () => {
		const { app, org, lea, send } = await makeHouse();
		await send(lea, org.north, {
			revision: '0',
			'field-steps': 'Mal\r\nFlyt  ',
			'field-room': ' '
		});
		expect((await readPlan(app, lea, task, org.north)).answers).toEqual({ steps: 'Mal\nFlyt' });
	});

	test('keeps what the form had before it lost a field, and only some earlier revisions', async () => {
		const { app, org, lea } = await makeHouse();
		for (let revision = 0; revision < 30; revision += 1) {
			const answers = { ...(revision === 0 && { budget: '400' }), room: `Rum ${revision}` };
			await keepPlan(app, lea, task, org.north, { revision, answers });
		}
		const { answers } = await readPlan(app, lea, task, org.north);
		expect(answers).toEqual({ budget: '400', room: 'Rum 29' });
		expect(await app.db.read.select().from(taskAnswers)).toHaveLength(20);
	});

	test('written by many at the same moment has the words of each', async () => {
		const { app, org, lea } = await makeHouse();
		const fields = Array.from({ length: 15 }, (_, index) => `field-${index}`);
		await Promise.all(
			fields.map((field) =>
				keepPlan(app, lea, task, org.north, { revision: 0, answers: { [field]: field } })
			)
		);
		const { answers } = await readPlan(app, lea, task, org.north);
		expect(Object.keys(answers).toSorted()).toEqual(fields.toSorted());
	});

	test.each([
		['a day that does not exist', { 'field-by-when': '2026-02-31' }],
		['a text that is too long', { 'field-room': 'x'.repeat(301) }],
		['a field the form does not have', { 'field-budget': '400' }],
		['a way on that there is not', { then: 'never' }]
	])('takes no %s', async (_, fields) => {
		const { app, org, lea, send } = await makeHouse();
		await expect(
			send(lea, org.north, { revision: '0', ...(fields as Record<string, string>) })
		).rejects.toMatchObject({ status: 422 });
		expect((await readPlan(app, lea, task, org.north)).revision).toBe(0);
	});
});

describe('the step of a task', () => {
	test.each(['done', 'later'])('is behind when the task is %s', async (then) => {
		const { org, lea, send, behind } = await makeHouse();
		await expect(send(lea, org.north, { revision: '0', then })).rejects.toMatchObject({
			status: 303,
			location: `${address}?step=a-day-like-yours`
		});
		expect([...(await behind(lea))]).toEqual(['our-room']);
	});

	test('is not behind for having been written in', async () => {
		const { org, lea, send, behind } = await makeHouse();
		await send(lea, org.north, { revision: '0', 'field-room': 'Kontoret', then: 'stay' });
		expect([...(await behind(lea))]).toEqual([]);
	});
});

describe('somebody who only learns', () => {
	test('hears that their own workplace has a plan, and nothing of what is in it', async () => {
		const { org, lea, sam, openTask, send } = await makeHouse();
		expect((await openTask(sam)).own).toEqual([
			{ id: org.north, name: 'Acme north', isBegun: false }
		]);
		await send(lea, org.north, { revision: '0', 'field-room': 'Kontoret' });
		const view = await openTask(sam, `&workplace=${org.north}`);
		expect(view).toMatchObject({ form: null, own: [{ isBegun: true }] });
		expect(JSON.stringify(view)).not.toContain('Kontoret');
	});

	test('can neither write it nor print it', async () => {
		const { app, org, sam, send } = await makeHouse();
		await expect(send(sam, org.north, { revision: '0' })).rejects.toMatchObject({ status: 403 });
		await expect(
			call(loadPlan, app, { actor: sam, params: { ...ref, task: 'quiet-room' } })
		).rejects.toMatchObject({ status: 403 });
	});
});

test('who is not signed in is sent to sign in, with a way back to the plan', async () => {
	const { app } = await makeHouse();
	const plan = { params: { ...ref, task: 'quiet-room' }, url: `${address}/task/quiet-room` };
	await expect(call(loadPlan, app, plan)).rejects.toMatchObject({
		status: 303,
		location: `/sign-in?to=${encodeURIComponent(plan.url)}`
	});
});

test('a stranger finds no such workplace, to read or to write', async () => {
	const { app, org, openTask, send } = await makeHouse();
	const other = await makeOrganisation(app, 'Other');
	for (const stranger of [
		await other.hire('Sol', other.top, 'leader'),
		await other.hire('Ask', other.north, 'key-staff'),
		await org.hire('Syd', org.south, 'leader')
	]) {
		const missing = { status: 404 };
		await expect(openTask(stranger, `&workplace=${org.north}`)).rejects.toMatchObject(missing);
		await expect(send(stranger, org.north, { revision: '0' })).rejects.toMatchObject(missing);
		const plan = { params: { ...ref, task: 'quiet-room' }, url: `/?workplace=${org.north}` };
		await expect(call(loadPlan, app, { actor: stranger, ...plan })).rejects.toMatchObject(missing);
		await expect(listPlans(app, stranger, org.north)).rejects.toMatchObject({ code: 'not-found' });
	}
});

test('the plan to be printed has the workplace, the day, the labels and the texts', async () => {
	const { app, org, lea, kit, send } = await makeHouse();
	await send(lea, org.north, {
		revision: '0',
		'field-room': 'Kontoret',
		'field-by-when': '2026-05-01'
	});
	const asked = {
		actor: kit,
		params: { ...ref, task: 'quiet-room' },
		url: `/?workplace=${org.north}`
	};
	expect(await call(loadPlan, app, asked)).toMatchObject({
		title: 'Vores rolige rum',
		course: 'Huset sammen',
		today: '14. marts 2026',
		plan: {
			workplace: { name: 'Acme north' },
			written: { by: 'Lea' },
			fields: [
				{ label: 'Hvilket rum?', value: 'Kontoret' },
				{ label: 'Hvad gør I?', value: '' },
				{ label: 'Hvornår er det klar?', value: '1. maj 2026' }
			]
		}
	});
	await expect(
		call(loadPlan, app, { ...asked, params: { ...ref, task: 'nothing' } })
	).rejects.toMatchObject({ status: 404 });
});

test('a leader finds the plans of a workplace listed, with the day of the last change', async () => {
	const { app, org, lea, kit, send } = await makeHouse();
	const listed = async () => {
		const { team } = await call<{ team: { plans: { href: string }[] } }>(loadTeam, app, {
			actor: lea,
			params: { workplace: org.north },
			url: `/team/${org.north}`
		});
		expect(team.plans.filter(({ href }) => href.includes('/gone/'))).toEqual([]);
		// Besides those of our own courses.
		return team.plans.filter(({ href }) => href.startsWith(address));
	};
	const line = {
		title: 'Vores rolige rum',
		href: `${address}/task/quiet-room?workplace=${org.north}`
	};
	expect(await listed()).toEqual([{ ...line, changedOn: null }]);
	await send(kit, org.north, { revision: '0', 'field-room': 'Kontoret' });
	// A task of a course that is not there any more is not listed.
	await keepPlan(app, lea, { course: 'gone', task: 'gone' }, org.north, {
		revision: 0,
		answers: { x: 'y' }
	});
	expect(await listed()).toEqual([{ ...line, changedOn: '14. marts 2026' }]);
});

describe('a question about an order', () => {
	test('is the same for everybody, never in the right order, and tells the reasons', async () => {
		const { lea, sam, openStep } = await makeHouse();
		const view = (await openStep(lea, 'first-things-first')) as CheckView;
		if (view.check !== 'order') throw new Error('another kind of question');
		expect(await openStep(sam, 'first-things-first')).toEqual(view);
		expect(view.items.map(({ place }) => place).toSorted()).toEqual([1, 2, 3, 4]);
		expect(view.items.map(({ place }) => place)).not.toEqual([1, 2, 3, 4]);
		expect(view.items.find(({ place }) => place === 2)).toMatchObject({ text: 'Vælg et rum' });
	});

	test('is answered by the place of each item, in whichever order they are sent', async () => {
		const { app, sam, behind } = await makeHouse();
		const form = [
			['step', 'first-things-first'],
			['place[]', '3-1'],
			['place[]', '0-4'],
			['place[]', '1-0']
		];
		const url = `${address}?step=first-things-first&/answer`;
		expect(await call(actions.answer, app, { actor: sam, params: ref, url, form })).toEqual({
			step: 'first-things-first',
			chosen: [4, 0, 0, 1]
		});
		expect(await behind(sam)).toContain('first-things-first');
	});
});

test('a question about pairs names for each the side that belongs to it', async () => {
	const { sam, openStep } = await makeHouse();
	const view = (await openStep(sam, 'what-helps-what')) as CheckView;
	if (view.check !== 'match') throw new Error('another kind of question');
	const [light] = view.pairs;
	expect(light).toMatchObject({ left: 'Skarpt lys' });
	expect(view.rights[light!.right]).toEqual({
		text: 'En lampe med skærm',
		name: 'En lampe med skærm'
	});
	expect(view.pairs.map(({ right }) => right)).not.toEqual([0, 1, 2]);
});

test('a step with stories says what is to be said first, and each story’s content note', async () => {
	const { app, sam, openStep } = await makeHouse();
	const view = await openStep(sam, 'a-day-like-yours');
	expect(view).toMatchObject({ intro: '<p>Begge historier handler om larm.</p>' });
	if (view?.kind !== 'scenario') throw new Error('another kind of step');
	expect(view.offered.map(({ contentNote }) => contentNote)).toEqual(
		['kitchen-lid', 'reception-full-house'].map(
			(slug) => app.library.scenario(slug)!.presented.da.contentNote
		)
	);
});

describe('the track for those who are to teach others', () => {
	const trainers = { course: 'pass-it-on', module: 'begin' };
	const openModule = (app: ReturnType<typeof makeApp>, actor: Actor) =>
		call<{ module: ModuleView }>(loadModule, app, {
			actor,
			params: trainers,
			url: '/learn/pass-it-on/begin'
		});
	const closed = { status: 403, body: { reason: 'no-leader' } };

	test('opens where a leader stands behind, in the house or above it', async () => {
		const { app, org, kit } = await makeHouse();
		expect((await openModule(app, kit)).module.module.title).toBe('Kom i gang');
		const sia = await org.hire('Sia', org.south, 'key-staff');
		await expect(openModule(app, sia)).rejects.toMatchObject(closed);
		await org.hire('Tom', org.top, 'leader');
		expect((await openModule(app, sia)).module.view).toBe('note');
	});

	test('stays closed to every form as well, and says on its page what to do', async () => {
		const { app, org } = await makeHouse();
		const sia = await org.hire('Sia', org.south, 'key-staff');
		for (const action of ['skip', 'read', 'onward'] as const) {
			const asked = { actor: sia, params: trainers, form: { step: 'whom' } };
			await expect(call(actions[action], app, asked)).rejects.toMatchObject(closed);
		}
		expect(await modulesDone(app, sia.person)).toEqual([]);
		expect(
			await call(loadCourse, app, { actor: sia, params: { course: 'pass-it-on' } })
		).toMatchObject({ course: { isOpen: false } });
	});

	test('waits again when the leader has gone', async () => {
		const { app, lea, kit } = await makeHouse();
		await app.db.write((tx) => closePerson(tx, lea.person, '2026-03-14'));
		await expect(openModule(app, kit)).rejects.toMatchObject(closed);
	});

	test('opens to who belongs to two houses, of which one has a leader', async () => {
		const { app, org } = await makeHouse();
		const sia = await org.hire('Sia', org.south, 'key-staff');
		await app.db.write((tx) => addMember(tx, org.north, sia.person));
		expect((await openModule(app, sia)).module.view).toBe('note');
	});

	test('opens to a leader who belongs to no house', async () => {
		const { app, org } = await makeHouse();
		const sia = await org.hire('Sia', org.south);
		await app.db.write((tx) =>
			grantRole(tx, { id: newId(), person: sia.person, role: 'leader', workplace: org.top })
		);
		const leader: Actor = { ...sia, grants: [{ role: 'leader', workplace: org.top }] };
		expect((await openModule(app, leader)).module.view).toBe('note');
	});
});

describe('a refresher', () => {
	const refresher = { course: 'basic', module: 'refresher' };

	test('has no number, and is found on the page of the course once that is completed', async () => {
		const { app, sam } = await makeHouse();
		const openCourse = () =>
			call<{ course: { refresher: unknown } }>(loadCourse, app, {
				actor: sam,
				params: { course: 'basic' }
			});
		expect((await openCourse()).course.refresher).toBeNull();
		const { modules } = app.library.catalogue.course('basic')!;
		for (const { slug } of modules) await skip(app, sam, { course: 'basic', module: slug });
		expect((await openCourse()).course.refresher).toMatchObject({
			slug: 'refresher',
			completedOn: null
		});
		const { module } = await call<{ module: ModuleView }>(loadModule, app, {
			actor: sam,
			params: refresher,
			url: '/learn/basic/refresher'
		});
		expect(module.module.number).toBeNull();
	});

	test('is none of the modules a leader counts', async () => {
		const { app, lea, sam, org } = await makeHouse();
		await skip(app, sam, refresher);
		const { team } = await call<{
			team: { listing: { people: { name: string; modules: object; state: string }[] } };
		}>(loadTeam, app, { actor: lea, params: { workplace: org.north }, url: '/team' });
		expect(team.listing.people.find(({ name }) => name === 'Sam')).toMatchObject({
			modules: { completed: 0, total: 6 },
			state: 'not-started'
		});
	});
});

async function skip(
	app: ReturnType<typeof makeApp>,
	actor: Actor,
	params: { course: string; module: string }
): Promise<void> {
	await expect(call(actions.skip, app, { actor, params, form: {} })).rejects.toMatchObject({
		status: 303
	});
}
