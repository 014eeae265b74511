import { and, eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { moduleCompletions } from '#lib/completion/tables.server.ts';
import { newId } from '#lib/id.ts';
import {
	previewInvitations,
	sendInvitations
} from '#lib/notifications/session-invitations.server.ts';
import {
	addAgreement,
	changeAgreement,
	judgeAgreement,
	moveAgreement,
	readAgreements,
	writeContacts
} from '#lib/plenary/agreements.server.ts';
import {
	attendByCode,
	attendByWord,
	listAttendance,
	listAttended,
	markHeld,
	openAttendance,
	printCodes
} from '#lib/plenary/attendance.server.ts';
import { listHouses, readCompany } from '#lib/plenary/company.server.ts';
import { findLedDay, giveFeedback, readFeedback } from '#lib/plenary/feedback.server.ts';
import { writePoster } from '#lib/plenary/poster.server.ts';
import { readOwnSessions } from '#lib/plenary/own-plenary.server.ts';
import type { SessionDraft } from '#lib/plenary/session-plan.ts';
import { cancelSession, changePlan, planSession } from '#lib/plenary/sessions.server.ts';
import { attendances, plenarySessions, plenaryVotes } from '#lib/plenary/tables.server.ts';
import { addEntry } from '#lib/workplaces/plan-calendar.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { readPdf } from '#tests/support/pdf.ts';
import { makeOrganisation } from '#tests/support/world.ts';
import { carryOutRetention } from '../../src/retention.server.ts';

async function makeHouse(change: Partial<SessionDraft> = {}) {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const kim = await org.hire('Kim Holm', org.north, 'key-staff');
	const sol = await org.hire('Sol Berg', org.south, 'key-staff');
	const lea = await org.hire('Lea Lund', org.north, 'leader');
	const bo = await org.hire('Bo Bech', org.north);
	const aud = await org.hire('Aud Aas', org.north);
	const [course] = app.library.catalogue.courses;
	if (!course) throw new Error('there is no course');
	const modules = course.modules.slice(0, 2).map(({ slug }) => `${course.slug}/${slug}`);
	const draft: SessionDraft = {
		kind: 'exercise',
		title: 'At the hatch',
		workplace: org.north,
		others: [],
		scenario: app.library.scenarios[0]?.slug ?? null,
		modules,
		runSheet: [{ minutes: 5, heading: 'Frame', words: 'Good that you came.' }],
		startsAt: new Date('2026-03-14T13:00:00Z'),
		minutes: 60,
		place: 'The dining room',
		locale: 'da',
		follows: null,
		helpers: [],
		...change
	};
	const id = newId();
	const planned = await planSession(app, kim, { ...draft, id });
	if (planned.fault !== null) throw new Error(planned.fault);
	return { app, org, kim, sol, lea, bo, aud, course, modules, draft, id };
}

/** A house whose session has been held today, with its word. */
async function makeHeld(change: Partial<SessionDraft> = {}) {
	const world = await makeHouse(change);
	const { app, kim, id } = world;
	await markHeld(app, kim, id);
	const word = await openAttendance(app, kim, id);
	if (word === null) throw new Error('there is no word');
	return { ...world, word };
}

const refused = (code: string): unknown => expect.objectContaining({ code });

describe('who was at a session', () => {
	test('says so by the word of the day, and the modules count once', async () => {
		const { app, bo, modules, word, id, kim, course } = await makeHeld();
		expect(await attendByWord(app, bo, ` ${word.toUpperCase()} `)).toMatchObject({
			kind: 'noted',
			title: 'At the hatch',
			modules
		});
		await attendByWord(app, bo, word.replace(' ', '-'));
		const rows = await app.db.read
			.select({ module: moduleCompletions.module, source: moduleCompletions.source })
			.from(moduleCompletions)
			.where(
				and(eq(moduleCompletions.person, bo.person), eq(moduleCompletions.course, course.slug))
			);
		expect(rows.map(({ source }) => source)).toEqual(['attended', 'attended']);
		expect(await listAttendance(app, kim, id)).toEqual(['Bo Bech']);
		expect(await listAttended(app.db.read, bo.person)).toMatchObject([
			{ title: 'At the hatch', house: 'Acme north', day: '2026-03-14' }
		]);
	});

	test('is listed by name and not in the order of saying so, with the day alone', async () => {
		const { app, kim, bo, aud, word, id } = await makeHeld();
		await attendByWord(app, bo, word);
		await attendByWord(app, aud, word);
		await attendByWord(app, kim, word);
		expect(await listAttendance(app, kim, id)).toEqual(['Aud Aas', 'Bo Bech', 'Kim Holm']);
		const [row] = await app.db.read.select().from(attendances);
		expect(Object.keys(row ?? {}).sort()).toEqual(['day', 'person', 'session']);
	});

	test('is asked for neither before the end, nor while votes are there, nor two days later', async () => {
		const world = await makeHouse();
		const { app, kim, bo, id } = world;
		expect(await openAttendance(app, kim, id)).toBeNull();
		await markHeld(app, kim, id);
		await app.db.write((tx) =>
			tx.insert(plenaryVotes).values({ session: id, round: 1, voter: 'x', choice: 'y' })
		);
		await expect(openAttendance(app, kim, id)).rejects.toThrow(refused('conflict'));
		await app.db.write((tx) => tx.delete(plenaryVotes));
		const word = await openAttendance(app, kim, id);
		app.setNow(new Date('2026-03-15T20:00:00Z'));
		expect((await attendByWord(app, bo, word ?? '')).kind).toBe('noted');
		app.setNow(new Date('2026-03-16T08:00:00Z'));
		expect((await attendByWord(app, kim, word ?? '')).kind).toBe('unknown');
		expect(await openAttendance(app, kim, id)).toBeNull();
	});

	test('is of the same organisation, and guesses no more than a few words', async () => {
		const { app, bo, word } = await makeHeld();
		const beyond = await makeOrganisation(app, 'Beyond');
		const ida = await beyond.hire('Ida', beyond.north);
		expect((await attendByWord(app, ida, word)).kind).toBe('unknown');
		for (let tries = 0; tries < 20; tries++) await attendByWord(app, bo, 'not it');
		expect((await attendByWord(app, bo, word)).kind).toBe('slow-down');
	});

	test('may use a printed code once, without a device and without signing in', async () => {
		const { app, kim, id, modules } = await makeHouse();
		const codes = await printCodes(app, kim, id);
		expect(codes.map(({ name }) => name)).toEqual(['Aud Aas', 'Bo Bech', 'Kim Holm', 'Lea Lund']);
		const [aud] = codes;
		const say = () => attendByCode(app, (aud?.code ?? '').toLowerCase(), '10.0.0.1');
		expect((await say()).kind).toBe('unknown');
		await markHeld(app, kim, id);
		expect(await say()).toMatchObject({ kind: 'noted', modules });
		expect((await say()).kind).toBe('unknown');
		expect(await listAttendance(app, kim, id)).toEqual(['Aud Aas']);
	});

	test('has a code of the last print alone, and none after the day that follows', async () => {
		const { app, kim, id } = await makeHeld();
		const [before] = await printCodes(app, kim, id);
		const [after] = await printCodes(app, kim, id);
		expect((await attendByCode(app, before?.code ?? '', '10.0.0.1')).kind).toBe('unknown');
		app.setNow(new Date('2026-03-16T08:00:00Z'));
		expect((await attendByCode(app, after?.code ?? '', '10.0.0.1')).kind).toBe('unknown');
		await expect(printCodes(app, kim, id)).rejects.toThrow(refused('conflict'));
	});

	test('is known to who leads alone', async () => {
		const { app, lea, sol, id } = await makeHeld();
		await expect(listAttendance(app, lea, id)).rejects.toThrow(refused('forbidden'));
		await expect(listAttendance(app, sol, id)).rejects.toThrow(refused('not-found'));
		await expect(openAttendance(app, sol, id)).rejects.toThrow(refused('not-found'));
	});

	test('keeps what counted when the session is forgotten after three years', async () => {
		const { app, bo, word, id } = await makeHeld();
		await attendByWord(app, bo, word);
		app.setNow(new Date('2029-03-20T09:00:00Z'));
		expect(await carryOutRetention(app)).toMatchObject({ houseSessions: 1 });
		expect(
			await app.db.read.select().from(plenarySessions).where(eq(plenarySessions.id, id))
		).toEqual([]);
		expect(await app.db.read.select().from(attendances)).toEqual([]);
		expect(await app.db.read.select().from(moduleCompletions)).toHaveLength(2);
	});
});

describe('a session that is held', () => {
	test('without phones is noted as held on its day, and not before it', async () => {
		const { app, kim, id, draft } = await makeHouse();
		await changePlan(app, kim, id, { ...draft, startsAt: new Date('2026-03-20T13:00:00Z') });
		await expect(markHeld(app, kim, id)).rejects.toThrow(refused('conflict'));
		app.setNow(new Date('2026-03-21T09:00:00Z'));
		await markHeld(app, kim, id);
		expect(await findLedDay(app.db.read, kim.person)).toBe('2026-03-20');
	});

	test('earns its facilitator the day of a certificate, and nobody else', async () => {
		const { app, kim, sol } = await makeHeld();
		expect(await findLedDay(app.db.read, kim.person)).toBe('2026-03-14');
		expect(await findLedDay(app.db.read, sol.person)).toBeNull();
	});

	test('is told about by who looked on, to its facilitator alone', async () => {
		const world = await makeHouse();
		const { app, kim, bo, aud, id, draft } = world;
		await changePlan(app, kim, id, {
			...draft,
			helpers: [
				{ person: bo.person, role: 'observer' },
				{ person: aud.person, role: 'co-facilitator' }
			]
		});
		const told = { good: 'The pause came early', next: 'Fewer words' };
		await expect(giveFeedback(app, bo, id, told)).rejects.toThrow(refused('conflict'));
		await markHeld(app, kim, id);
		await giveFeedback(app, bo, id, told);
		expect(await readFeedback(app, kim, id)).toEqual([
			{ name: 'Bo Bech', role: 'observer', ...told }
		]);
		expect(await readFeedback(app, aud, id)).toEqual([]);
		await expect(giveFeedback(app, kim, id, told)).rejects.toThrow(refused('forbidden'));
	});

	test('stands in the own record of who led, helped and was there', async () => {
		const { app, kim, bo, word } = await makeHeld();
		await attendByWord(app, bo, word);
		expect(await readOwnSessions(app.db.read, bo.person)).toMatchObject({
			attended: [{ title: 'At the hatch', day: '2026-03-14' }],
			led: []
		});
		expect(await readOwnSessions(app.db.read, kim.person)).toMatchObject({
			led: [{ title: 'At the hatch', day: '2026-03-14', state: 'ended', isRehearsal: false }]
		});
	});
});

describe('letters about a session', () => {
	test('go to everybody of the house once, with a file for the calendar', async () => {
		const { app, kim, id } = await makeHouse();
		const { mails, told } = await previewInvitations(app, kim, id);
		expect(mails).toMatchObject([{ kind: 'new', locale: 'da', count: 4 }]);
		expect([told, app.mailer.sent.length]).toEqual([0, 0]);
		expect(await sendInvitations(app, kim, id)).toBe(4);
		expect(await sendInvitations(app, kim, id)).toBe(0);
		await app.runJobs();
		await app.runJobs();
		expect(app.mailer.sent).toHaveLength(4);
		const [mail] = app.mailer.sent;
		expect(mail?.text).toContain('Du må springe over');
		expect(mail?.text).not.toContain('/plenary');
		const event = new ICAL.Component(ICAL.parse(mail?.calendar?.body ?? '')).getFirstSubcomponent(
			'vevent'
		);
		expect(event?.getFirstPropertyValue('summary')).toBe('At the hatch');
		expect(String(event?.getFirstPropertyValue('dtstart'))).toBe('2026-03-14T13:00:00Z');
		expect(String(event?.getFirstPropertyValue('dtend'))).toBe('2026-03-14T14:00:00Z');
	});

	test('tell of a new time, and of a session that is called off, each once', async () => {
		const { app, kim, id, draft } = await makeHouse();
		await sendInvitations(app, kim, id);
		await app.runJobs();
		await changePlan(app, kim, id, { ...draft, title: 'Another title' });
		expect(await sendInvitations(app, kim, id)).toBe(0);
		await changePlan(app, kim, id, { ...draft, startsAt: new Date('2026-03-15T13:00:00Z') });
		expect(await sendInvitations(app, kim, id)).toBe(4);
		await app.runJobs();
		await cancelSession(app, kim, id);
		expect(await sendInvitations(app, kim, id)).toBe(4);
		await app.runJobs();
		const subjects = app.mailer.sent.map(({ subject }) => subject.split(':')[0]);
		expect(subjects.filter((one) => one === 'Ny tid eller nyt sted')).toHaveLength(4);
		expect(subjects.filter((one) => one === 'Aflyst')).toHaveLength(4);
		expect(app.mailer.sent.at(-1)?.calendar).toMatchObject({ method: 'CANCEL' });
		expect(app.mailer.sent.at(-1)?.calendar?.body).toMatch(/SEQUENCE:2[\s\S]*STATUS:CANCELLED/);
	});

	test('go to key staff and leaders of a house asked along, and not to its people', async () => {
		const world = await makeHouse();
		const { app, org, kim, id, draft } = world;
		await org.hire('Liv South', org.south);
		await changePlan(app, kim, id, { ...draft, others: [org.south] });
		await sendInvitations(app, kim, id);
		await app.runJobs();
		expect(app.mailer.sent.map(({ to }) => to.name).toSorted()).toEqual(
			['Aud Aas', 'Bo Bech', 'Kim Holm', 'Lea Lund', 'Sol Berg'].toSorted()
		);
	});

	test('that are overtaken before they leave do not leave', async () => {
		const { app, kim, id, draft } = await makeHouse();
		await sendInvitations(app, kim, id);
		await changePlan(app, kim, id, { ...draft, place: 'The garden' });
		await app.runJobs();
		expect(app.mailer.sent).toEqual([]);
	});
});

describe('the agreements of a house', () => {
	const sentence = (body: string) => ({ kind: 'here-we' as const, body, owner: '', due: '' });

	async function makeThree() {
		const world = await makeHouse();
		const { app, kim, org } = world;
		const ids = [newId(), newId(), newId()];
		for (const [index, id] of ids.entries())
			await addAgreement(app, kim, org.north, { ...sentence(`We do ${index + 1}`), id });
		return { ...world, ids };
	}

	const bodies = async ({ app, kim, org }: Awaited<ReturnType<typeof makeThree>>) =>
		(await readAgreements(app, kim, org.north)).standing.map(({ body }) => body);

	test('stand in the order the house gives them', async () => {
		const world = await makeThree();
		const { app, kim, org, ids } = world;
		await moveAgreement(app, kim, org.north, ids[2] ?? '', 'up');
		await moveAgreement(app, kim, org.north, ids[2] ?? '', 'up');
		await moveAgreement(app, kim, org.north, ids[2] ?? '', 'up');
		await addAgreement(app, kim, org.north, { ...sentence('We do 1'), id: ids[0] ?? '' });
		expect(await bodies(world)).toEqual(['We do 3', 'We do 1', 'We do 2']);
	});

	test('come back at a follow-up: what held, what slid, and what ends', async () => {
		const world = await makeThree();
		const { app, kim, org, ids } = world;
		await judgeAgreement(app, kim, org.north, ids[0] ?? '', 'held');
		await judgeAgreement(app, kim, org.north, ids[1] ?? '', 'slid');
		await judgeAgreement(app, kim, org.north, ids[2] ?? '', 'ended');
		const { standing, ended } = await readAgreements(app, kim, org.north);
		expect(standing.map(({ outcome, outcomeOn }) => [outcome, outcomeOn])).toEqual([
			['held', '2026-03-14'],
			['slid', '2026-03-14']
		]);
		expect(ended).toMatchObject([{ body: 'We do 3' }]);
		app.setNow(new Date('2027-03-20T09:00:00Z'));
		expect(await carryOutRetention(app)).toMatchObject({ agreements: 1 });
	});

	test('are changed by key staff of the house alone, and say something', async () => {
		const world = await makeThree();
		const { app, kim, sol, lea, org, ids } = world;
		const [id = ''] = ids;
		expect(await changeAgreement(app, kim, org.north, id, sentence('We knock'))).toBeNull();
		expect(await changeAgreement(app, kim, org.north, id, sentence(' '))).toBe('body');
		expect(await changeAgreement(app, kim, org.north, id, { ...sentence('x'), due: 'soon' })).toBe(
			'due'
		);
		const change = (who: typeof kim) => changeAgreement(app, who, org.north, id, sentence('x'));
		await expect(change(sol)).rejects.toThrow(refused('not-found'));
		await expect(change(lea)).rejects.toThrow(refused('forbidden'));
		await expect(changeAgreement(app, sol, org.south, id, sentence('x'))).rejects.toThrow(
			refused('not-found')
		);
	});

	test('hang on the wall as a tagged poster in Danish or English', async () => {
		const { app, kim, org } = await makeThree();
		await writeContacts(app, kim, org.north, [{ label: 'Night shift', number: '12 34 56 78' }]);
		const { body } = await writePoster(app, kim, org.north, 'da');
		const pdf = await readPdf(body);
		expect(pdf).toMatchObject({ language: 'da', isTagged: true });
		expect(pdf.source).toMatch(/\/MediaBox \[0 0 841\.89 1190\.55\]/);
		const read = JSON.stringify(pdf.tree);
		for (const words of ['Her hos os …', 'We do 1', 'We do 3', 'Night shift 12 34 56 78'])
			expect(read).toContain(words);
		expect((await readPdf((await writePoster(app, kim, org.north, 'en')).body)).language).toBe(
			'en'
		);
	});

	test('take another sheet rather than letters that nobody reads from afar', async () => {
		const { app, kim, org } = await makeThree();
		for (let nth = 0; nth < 7; nth++)
			await addAgreement(app, kim, org.north, {
				...sentence(
					`${nth} ${'We look up and say our name before we say anything else here. '.repeat(2)}`
				),
				id: newId()
			});
		const { body } = await writePoster(app, kim, org.north, 'en');
		expect((await readPdf(body)).source.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
		expect(JSON.stringify((await readPdf(body)).tree)).toContain('6 We look up');
	});
});

describe('who leads', () => {
	test('sees when the next supervision and follow-up of the house are due', async () => {
		const { app, kim, lea, org } = await makeHouse();
		const entry = { title: '', owner: null, every: null, until: '' };
		for (const [kind, onDay] of [
			['supervision', '2026-04-01'],
			['supervision', '2026-03-20'],
			['follow-up', '2026-09-14']
		] as const)
			await addEntry(app, lea, org.north, { ...entry, id: newId(), kind, onDay });
		expect(await listHouses(app, kim)).toEqual([
			{
				id: org.north,
				name: 'Acme north',
				supervisionOn: '2026-03-20',
				followUpOn: '2026-09-14'
			}
		]);
	});

	test('may ask along colleagues of the house, key staff elsewhere and other houses', async () => {
		const { app, kim, org } = await makeHouse();
		const company = await readCompany(app, kim, org.north);
		expect(company.people.map(({ name }) => name)).toEqual([
			'Aud Aas',
			'Bo Bech',
			'Lea Lund',
			'Sol Berg'
		]);
		expect(company.others.map(({ name }) => name)).toContain('Acme south');
	});
});
