import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { chooseCourse, hasChosen, undoChoice } from '#lib/completion/choice.server.ts';
import { insertCourseCompletion } from '#lib/completion/completions.server.ts';
import { grantCredit, listCredits } from '#lib/completion/credits.server.ts';
import type { OwnStanding } from '#lib/completion/own-standing.ts';
import type { Renewal } from '#lib/completion/renewal.ts';
import type { RuledRole } from '#lib/completion/rule.ts';
import {
	endRule,
	listRecommended,
	listRules,
	listRulesAt,
	makeRecommended,
	makeRule,
	previewRule
} from '#lib/completion/rules.server.ts';
import { readOwnStandings, settleAll } from '#lib/completion/stale.server.ts';
import { assignments, courseCompletions } from '#lib/completion/tables.server.ts';
import { sayReach, sayRule } from '#lib/completion/ui/rule-sentence.ts';
import { endWaiver, listWaivers, noteWaiver } from '#lib/completion/waivers.server.ts';
import { newId } from '#lib/id.ts';
import { noteAbsence } from '#lib/workplaces/absences.server.ts';
import { movePerson } from '#lib/workplaces/move-person.server.ts';
import { giveRole } from '#lib/workplaces/roles.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';

const months: Renewal = { by: 'refresher', months: 6 };

async function openMunicipality() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const ada = await org.hire('Ada', org.top, 'administrator');
	const lea = await org.hire('Lea', org.north, 'leader');
	return { app, org, ada, lea };
}

interface Said {
	role?: RuledRole;
	workplace: string;
	course?: string;
	dueDays?: number;
	graceDays?: number;
	renewal?: Renewal | null;
}

/** Makes a rule as the page does; its id. */
async function rule(app: TestApp, actor: Actor, said: Said, replaces: string | null = null) {
	const { role = 'staff', workplace, course = 'basic', dueDays = 30, graceDays = 0 } = said;
	const { renewal = months } = said;
	const id = newId();
	const terms = { dueDays, graceDays, renewal };
	const result = await makeRule(app, actor, { id, role, workplace, course, terms }, replaces);
	return { id, ...result };
}

async function standing(app: TestApp, { person }: Actor, course = 'basic') {
	return (await readOwnStandings(app, person)).get(course);
}

const on = (app: TestApp, day: string) => app.setNow(new Date(`${day}T09:00:00Z`));

/** That somebody has finished what the cycle they are in asks of them. */
async function complete(app: TestApp, actor: Actor, day: string, course = 'basic') {
	on(app, day);
	const { cycle = 1, by = 'course' }: Partial<OwnStanding> =
		(await standing(app, actor, course)) ?? {};
	const done = { person: actor.person, course, version: 'v', source: 'learned' } as const;
	await app.db.write(async (tx) => {
		await insertCourseCompletion(tx, { ...done, cycle, by, day });
	});
}

describe('a new colleague', () => {
	async function makeThreeRules() {
		const { app, org, ada, lea } = await openMunicipality();
		await rule(app, ada, { workplace: org.top });
		await rule(app, ada, {
			workplace: org.north,
			role: 'contact-staff',
			course: 'practice',
			dueDays: 60,
			renewal: { by: 'course', months: 6 }
		});
		await rule(app, ada, {
			workplace: org.south,
			course: 'peer',
			renewal: { by: 'course', from: '09-01', until: '10-31' }
		});
		return { app, org, ada, lea };
	}

	test('is asked what the rules ask where they work and by what they are, and nothing else', async () => {
		const { app, org, lea } = await makeThreeRules();
		const kim = await org.hire('Kim', org.north);
		expect([...(await readOwnStandings(app, kim.person)).keys()]).toEqual(['basic']);
		expect(await standing(app, kim)).toMatchObject({ isAsked: true, dueOn: '2026-04-13' });
		await giveRole(app, lea, kim.person, { role: 'contact-staff', workplace: org.north });
		expect(await standing(app, kim, 'practice')).toMatchObject({
			state: 'not-started',
			dueOn: '2026-05-13'
		});
	});

	test('is asked what the new workplace asks after a move, and keeps what goes on', async () => {
		const { app, org, ada } = await makeThreeRules();
		const ofNorth = { workplace: org.north, course: 'leader', renewal: null };
		await rule(app, ada, ofNorth);
		const kim = await org.hire('Kim', org.north);
		expect(await standing(app, kim, 'leader')).toBeDefined();
		on(app, '2026-03-24');
		await movePerson(app, ada, kim.person, { leave: [org.north], join: [org.south] });
		expect((await standing(app, kim))?.dueOn).toBe('2026-04-13');
		expect((await standing(app, kim, 'peer'))?.dueOn).toBe('2026-04-23');
		expect(await standing(app, kim, 'leader')).toBeUndefined();
		const asked = (await app.db.read.select().from(assignments)).filter(
			({ person }) => person === kim.person
		);
		expect(asked.find(({ course }) => course === 'leader')).toMatchObject({
			endedOn: '2026-03-24'
		});
	});

	test('finds the due date put off by as many days as they were away', async () => {
		const { app, org, lea } = await makeThreeRules();
		const kim = await org.hire('Kim', org.north);
		expect((await standing(app, kim))?.dueOn).toBe('2026-04-13');
		on(app, '2026-03-20');
		const away = { id: newId(), fromDay: '2026-03-20', untilDay: '2026-05-18' };
		await noteAbsence(app, lea, kim.person, away);
		expect((await standing(app, kim))?.state).toBe('away');
		on(app, '2026-05-19');
		expect(await standing(app, kim)).toMatchObject({ state: 'due-soon', dueOn: '2026-06-12' });
	});
});

describe('a rule', () => {
	test('reaches whom it says it reaches, and is said in one sentence with their number', async () => {
		const { app, org, ada } = await openMunicipality();
		await org.hire('Kim', org.north, 'contact-staff');
		await org.hire('Bo', org.south, 'contact-staff');
		const { id } = await rule(app, ada, { workplace: org.top, graceDays: 14 });
		const [line] = await listRules(app, ada);
		expect(line).toMatchObject({ id, reached: 4, place: 'Acme top' });
		const words = { ...line!, course: 'Traumebevidst i hverdagen' };
		expect(sayRule(words, 'da')).toBe(
			'Alle ansatte i Acme top tager Traumebevidst i hverdagen inden 30 dage. Det fornyes efter 6 måneder med en opfriskning. Der går 14 dage efter fristen, før det står som over fristen.'
		);
		expect(sayReach(4, 'da')).toBe('Gælder 4 medarbejdere lige nu.');
		const draft = { role: 'contact-staff', course: 'practice', terms: line!.terms } as const;
		const terms = { ...draft.terms, renewal: null };
		for (const [workplace, reached] of [
			[org.top, 2],
			[org.north, 1]
		] as const)
			expect(await previewRule(app, ada, { ...draft, workplace, terms })).toMatchObject({
				reached
			});
		await settleAll(app);
		const asked = await app.db.read.select().from(assignments);
		expect(asked).toHaveLength(4);
	});

	test('that changes, changes only what is made after it', async () => {
		const { app, org, ada } = await openMunicipality();
		const kim = await org.hire('Kim', org.north);
		const { id } = await rule(app, ada, { workplace: org.top });
		expect((await standing(app, kim))?.dueOn).toBe('2026-04-13');
		const changed = await rule(app, ada, { workplace: org.top, dueDays: 7, renewal: null }, id);
		expect(changed.fault).toBeNull();
		expect(await listRules(app, ada)).toHaveLength(1);
		expect((await standing(app, kim))?.dueOn).toBe('2026-04-13');
		const bo = await org.hire('Bo', org.north);
		expect((await standing(app, bo))?.dueOn).toBe('2026-03-21');
		await complete(app, kim, '2026-03-20');
		expect((await standing(app, kim))?.renewsOn).toBe('2026-09-20');
	});

	test('that ends asks nobody any more, and what was done stays', async () => {
		const { app, org, ada } = await openMunicipality();
		const [kim, bo] = [await org.hire('Kim', org.north), await org.hire('Bo', org.north)];
		const { id } = await rule(app, ada, { workplace: org.top });
		await complete(app, kim, '2026-03-20');
		await endRule(app, ada, id);
		await endRule(app, ada, id);
		expect(await standing(app, kim)).toMatchObject({ state: 'completed', renewsOn: null });
		expect(await standing(app, bo)).toBeUndefined();
		expect(await listRules(app, ada)).toEqual([]);
	});

	test('is made once, however often it is sent, and no other for the same people and course', async () => {
		const { app, org, ada } = await openMunicipality();
		const terms = { dueDays: 30, graceDays: 0, renewal: months };
		const draft = {
			id: newId(),
			role: 'staff',
			workplace: org.top,
			course: 'basic',
			terms
		} as const;
		for (let turn = 0; turn < 2; turn += 1)
			expect(await makeRule(app, ada, draft)).toEqual({ fault: null });
		expect((await rule(app, ada, { workplace: org.top })).fault).toBe('rule-there');
		expect(await listRules(app, ada)).toHaveLength(1);
	});

	test.each([
		['due-days', { dueDays: 0 }],
		['grace-days', { graceDays: 400 }],
		['months', { renewal: { by: 'course', months: 0 } }],
		['window-day', { renewal: { by: 'course', from: '02-29', until: '03-31' } }],
		['no-refresher', { course: 'practice' }]
	] as const)('is refused where its terms cannot be: %s', async (fault, said) => {
		const { app, org, ada } = await openMunicipality();
		expect((await rule(app, ada, { workplace: org.top, ...said })).fault).toBe(fault);
	});

	test('8.3.1, 8.4.1 is made by who administers there, and read by who leads there', async () => {
		const { app, org, ada, lea } = await openMunicipality();
		const other = await makeOrganisation(app, 'Beta');
		const eve = await other.hire('Eve', other.top, 'administrator');
		const { id } = await rule(app, ada, { workplace: org.top });
		await expect(rule(app, lea, { workplace: org.north })).rejects.toMatchObject({
			code: 'forbidden'
		});
		await expect(rule(app, eve, { workplace: org.top })).rejects.toMatchObject({
			code: 'not-found'
		});
		await expect(endRule(app, eve, id)).rejects.toMatchObject({ code: 'not-found' });
		await expect(rule(app, eve, { workplace: other.top }, id)).rejects.toMatchObject({
			code: 'not-found'
		});
		expect(await listRules(app, eve)).toEqual([]);
		expect(await listRulesAt(app, lea, org.north)).toMatchObject([{ id }]);
		await expect(listRulesAt(app, lea, org.south)).rejects.toMatchObject({ code: 'not-found' });
	});

	test('is recommended for each course until there is one, and taken with one press', async () => {
		const { app, org, ada } = await openMunicipality();
		const offered = await listRecommended(app, ada);
		expect(offered.map(({ course, role }) => `${course} ${role}`).sort()).toEqual([
			'basic staff',
			'key-staff key-staff',
			'leader leader',
			'peer peer-supporter',
			'practice contact-staff'
		]);
		await makeRecommended(app, ada, org.top, 'basic');
		expect(await listRecommended(app, ada)).toHaveLength(4);
		for (let turn = 0; turn < 2; turn += 1) await makeRecommended(app, ada, org.top, null);
		expect(await listRecommended(app, ada)).toEqual([]);
		expect(await listRules(app, ada)).toHaveLength(5);
	});
});

describe('what is renewed', () => {
	test('by months is asked again on the day, by the refresher, and counts until it is late', async () => {
		const { app, org, ada } = await openMunicipality();
		const kim = await org.hire('Kim', org.north);
		await rule(app, ada, { workplace: org.top, graceDays: 14 });
		await complete(app, kim, '2026-03-31');
		expect(await standing(app, kim)).toMatchObject({ renewsOn: '2026-09-30', state: 'completed' });
		on(app, '2026-09-30');
		expect(await standing(app, kim)).toMatchObject({
			cycle: 2,
			by: 'refresher',
			dueOn: '2026-10-30',
			state: 'due-soon',
			isValid: true
		});
		on(app, '2026-11-14');
		expect(await standing(app, kim)).toMatchObject({ state: 'lapsed', isValid: false });
		await complete(app, kim, '2026-11-15');
		expect(await standing(app, kim)).toMatchObject({ state: 'completed', isValid: true, cycle: 2 });
		const rows = await app.db.read.select().from(courseCompletions);
		expect(rows.map(({ cycle, by }) => `${cycle} ${by}`).sort()).toEqual([
			'1 course',
			'2 refresher'
		]);
	});

	test('by the calendar is asked in the next window, and due when it closes', async () => {
		const { app, org, ada } = await openMunicipality();
		const kim = await org.hire('Kim', org.north);
		const renewal: Renewal = { by: 'course', from: '12-01', until: '01-31' };
		await rule(app, ada, { workplace: org.top, renewal });
		await complete(app, kim, '2026-03-31');
		on(app, '2026-12-01');
		expect(await standing(app, kim)).toMatchObject({
			cycle: 2,
			by: 'course',
			dueOn: '2027-01-31',
			state: 'completed'
		});
	});
});

describe('who need not', () => {
	async function ask() {
		const { app, org, ada, lea } = await openMunicipality();
		const kim = await org.hire('Kim', org.north);
		await rule(app, ada, { workplace: org.top });
		return { app, org, ada, lea, kim };
	}

	const waiver = (app: TestApp) => ({
		id: newId(),
		course: 'basic',
		reason: 'short-stay' as const,
		fromDay: app.now().toISOString().slice(0, 10),
		untilDay: null
	});

	test('is waived by the leader until it is ended, and it is never deleted', async () => {
		const { app, lea, kim } = await ask();
		const one = waiver(app);
		for (let turn = 0; turn < 2; turn += 1) await noteWaiver(app, lea, kim.person, one);
		expect((await standing(app, kim))?.state).toBe('waived');
		on(app, '2026-05-14');
		await endWaiver(app, lea, kim.person, one.id);
		// Whoever is asked again has as many days left as they had.
		expect(await standing(app, kim)).toMatchObject({ state: 'due-soon', dueOn: '2026-06-13' });
		expect(await listWaivers(app.db.read, kim.person, '2026-05-14')).toEqual([]);
		expect(await listWaivers(app.db.read, kim.person, '2026-03-14')).toMatchObject([
			{ id: one.id, untilDay: '2026-05-13' }
		]);
	});

	test('has earlier training that counts from its own day, once', async () => {
		const { app, lea, kim } = await ask();
		const credit = {
			id: newId(),
			course: 'basic',
			organiser: 'school',
			day: '2026-02-01'
		} as const;
		for (let turn = 0; turn < 2; turn += 1)
			expect(await grantCredit(app, lea, kim.person, credit)).toEqual({ fault: null });
		expect(await standing(app, kim)).toMatchObject({
			state: 'completed',
			completedOn: '2026-02-01',
			renewsOn: '2026-08-01'
		});
		const rows = await app.db.read.select().from(courseCompletions);
		expect(rows).toMatchObject([{ source: 'credited', cycle: 1, by: 'course' }]);
		expect(await listCredits(app.db.read, kim.person)).toHaveLength(1);
		expect((await grantCredit(app, lea, kim.person, { ...credit, day: '2026-03-15' })).fault).toBe(
			'day-ahead'
		);
	});

	test('is told the same whether they have completed the course or not', async () => {
		const { app, lea, kim } = await ask();
		await complete(app, kim, '2026-03-14');
		const credit = {
			id: newId(),
			course: 'basic',
			organiser: 'school',
			day: '2026-02-01'
		} as const;
		expect(await grantCredit(app, lea, kim.person, credit)).toEqual({ fault: null });
		expect((await standing(app, kim))?.completedOn).toBe('2026-03-14');
		expect(await app.db.read.select().from(courseCompletions)).toHaveLength(1);
	});

	test('8.3.1, 8.4.1 is let off by nobody in their own case, and by nobody elsewhere', async () => {
		const { app, org, ada, lea, kim } = await ask();
		const sia = await org.hire('Sia', org.south);
		const one = waiver(app);
		const credit = {
			id: newId(),
			course: 'basic',
			organiser: 'school',
			day: '2026-02-01'
		} as const;
		for (const [actor, person, code] of [
			[lea, lea.person, 'forbidden'],
			[ada, ada.person, 'forbidden'],
			[kim, kim.person, 'forbidden'],
			[lea, sia.person, 'not-found']
		] as const) {
			await expect(noteWaiver(app, actor, person, one)).rejects.toMatchObject({ code });
			await expect(endWaiver(app, actor, person, one.id)).rejects.toMatchObject({ code });
			await expect(grantCredit(app, actor, person, credit)).rejects.toMatchObject({ code });
		}
	});
});

describe('a course of one’s own choice', () => {
	async function choose(org?: TestOrganisation) {
		const found = await openMunicipality();
		const kim = await (org ?? found.org).hire('Kim', found.org.north);
		await chooseCourse(found.app, kim.person, 'practice');
		await chooseCourse(found.app, kim.person, 'practice');
		return { ...found, kim };
	}

	test('has no due date, and can be undone', async () => {
		const { app, kim } = await choose();
		expect(await standing(app, kim, 'practice')).toMatchObject({
			state: 'not-started',
			isAsked: false,
			dueOn: null
		});
		await undoChoice(app, kim.person, 'practice');
		await undoChoice(app, kim.person, 'practice');
		expect(await standing(app, kim, 'practice')).toBeUndefined();
		expect(await hasChosen(app.db.read, kim.person, 'practice')).toBe(false);
	});

	test('is asked for in earnest when a rule comes to ask', async () => {
		const { app, org, ada, kim } = await choose();
		await rule(app, ada, { workplace: org.top, course: 'practice', renewal: null });
		expect(await standing(app, kim, 'practice')).toMatchObject({
			isAsked: true,
			dueOn: '2026-04-13'
		});
		await undoChoice(app, kim.person, 'practice');
		expect(await standing(app, kim, 'practice')).toMatchObject({ isAsked: true });
	});
});
