import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { publishAll } from '#lib/completion/publish.server.ts';
import { recordModule } from '#lib/completion/record.server.ts';
import { settleAll } from '#lib/completion/stale.server.ts';
import { assignmentRules } from '#lib/completion/tables.server.ts';
import { newId } from '#lib/id.ts';
import { people } from '#lib/identity/tables.server.ts';
import { readByHand, previewByHand, sendByHand } from '#lib/notifications/by-hand.server.ts';
import { makeDigests } from '#lib/notifications/digests.server.ts';
import { makeReminders } from '#lib/notifications/make-reminders.server.ts';
import { listOwnReminders, putAway } from '#lib/notifications/own-reminders.server.ts';
import { readReminderLog } from '#lib/notifications/reminder-log.server.ts';
import { isOpenHour } from '#lib/notifications/reminder.ts';
import { judgeFailure, sendReminders } from '#lib/notifications/send-reminders.server.ts';
import {
	findByStopToken,
	findStop,
	startReminders,
	stopReminders
} from '#lib/notifications/stops.server.ts';
import { reminders } from '#lib/notifications/tables.server.ts';
import { MailRefused } from '#lib/server/mail/mail.ts';
import { absences, viewPolicies } from '#lib/workplaces/tables.server.ts';
import { addDays, dayOf } from '#lib/time.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';
import { carryOutRetention } from '../../src/retention.server.ts';

/** A Monday morning before anybody is at work, in winter. */
const monday = '2026-03-02';
const at = (day: string, time = '10:00') => new Date(`${day}T${time}:00+01:00`);

async function makeRule(
	app: TestApp,
	{ id, top }: TestOrganisation,
	more: { dueDays?: number; graceDays?: number; renewMonths?: number } = {}
) {
	await app.db.write(async (tx) => {
		await tx.insert(assignmentRules).values({
			id: newId(),
			organisation: id,
			workplace: top,
			role: 'staff',
			course: 'basic',
			dueDays: 30,
			graceDays: 0,
			renewBy: more.renewMonths ? 'refresher' : null,
			renewMonths: null,
			...more,
			madeOn: dayOf(app.now())
		});
	});
}

async function makeHouse({ dueDays = 30, renewMonths = 0, tidyUp = undefined as never } = {}) {
	const app = makeApp(tidyUp ? { tidyUp } : {});
	app.setNow(at(monday));
	const org = await makeOrganisation(app, 'Acme');
	const kim = await org.hire('Kim Holm', org.north);
	const lea = await org.hire('Lea Lund', org.north, 'leader');
	await makeRule(app, org, { dueDays, ...(renewMonths ? { renewMonths } : {}) });
	return { app, org, kim, lea };
}

/** What the night and the morning of a day do. */
async function live(app: TestApp, from: string, until: string) {
	for (let day = from; day <= until; day = addDays(day, 1)) {
		app.setNow(at(day, '04:30'));
		await makeReminders(app);
		if (new Date(`${day}T12:00:00Z`).getUTCDay() === 1) await makeDigests(app);
		app.setNow(at(day, '10:00'));
		await sendReminders(app);
	}
}

const mailsTo = (app: TestApp, name: string) =>
	app.mailer.sent.filter(({ to }) => to.name === name);
const subjects = (app: TestApp, name: string) => mailsTo(app, name).map(({ subject }) => subject);

async function finish(app: TestApp, person: string) {
	const course = app.library.catalogue.course('basic')!;
	for (const { slug } of course.modules) await recordModule(app, person, course, slug);
}

async function setPolicy(app: TestApp, organisation: string, shows: 'names' | 'counts') {
	const today = dayOf(app.now());
	await app.db.write((tx) =>
		tx
			.insert(viewPolicies)
			.values({ id: newId(), organisation, shows, announcedOn: today, effectiveOn: today })
			.then(() => undefined)
	);
}

describe('a person', () => {
	test('is reminded two weeks before the date, and once more when it has passed', async () => {
		const { app } = await makeHouse();
		await live(app, monday, '2026-06-30');
		expect(subjects(app, 'Kim Holm')).toEqual([
			'Traumebevidst i hverdagen: senest 1. april 2026',
			'Traumebevidst i hverdagen venter på dig'
		]);
		const [due, late] = mailsTo(app, 'Kim Holm');
		expect(due!.text).toContain('Tag Traumebevidst i hverdagen senest den 1. april 2026.');
		expect(due!.text).toContain('Din leder ser, om du er færdig');
		expect(late!.text).toContain(
			'Fristen for Traumebevidst i hverdagen var den 1. april 2026. Fortsæt'
		);
	});

	test('hears at once where the time is short, and in their own language', async () => {
		const { app, kim } = await makeHouse({ dueDays: 10 });
		await app.db.write((tx) =>
			tx
				.update(people)
				.set({ locale: 'en' })
				.where(eq(people.id, kim.person))
				.then(() => undefined)
		);
		await live(app, monday, monday);
		expect(subjects(app, 'Kim Holm')).toEqual(['Trauma-informed every day: by 12 March 2026']);
	});

	test('who has finished hears nothing, until the refresher is asked', async () => {
		const { app, kim } = await makeHouse({ renewMonths: 6 });
		await live(app, monday, '2026-03-10');
		await finish(app, kim.person);
		await live(app, '2026-03-11', '2026-09-09');
		expect(subjects(app, 'Kim Holm').filter((one) => !one.startsWith('Du har'))).toEqual([]);
		await live(app, '2026-09-10', '2026-10-30');
		expect(subjects(app, 'Kim Holm').filter((one) => !one.startsWith('Du har'))).toEqual([
			'Tid til at genopfriske Traumebevidst i hverdagen',
			'Genopfrisk Traumebevidst i hverdagen senest 10. oktober 2026',
			'Traumebevidst i hverdagen venter på dig'
		]);
	});

	test('who finishes between the night and the morning gets no mail', async () => {
		const { app, kim } = await makeHouse({ dueDays: 10 });
		app.setNow(at(monday, '04:30'));
		await makeReminders(app);
		await finish(app, kim.person);
		app.setNow(at(monday, '10:00'));
		await sendReminders(app);
		expect(subjects(app, 'Kim Holm').filter((one) => one.includes('senest'))).toEqual([]);
	});

	test('who is away hears nothing until they are back, and then of the date as it is by then', async () => {
		const { app, kim } = await makeHouse();
		await app.db.write((tx) =>
			tx
				.insert(absences)
				.values({ id: newId(), person: kim.person, fromDay: '2026-03-10', untilDay: '2026-03-29' })
				.then(() => undefined)
		);
		await live(app, monday, '2026-03-29');
		expect(subjects(app, 'Kim Holm')).toEqual([]);
		await live(app, '2026-03-30', '2026-04-30');
		expect(subjects(app, 'Kim Holm')).toEqual([
			'Traumebevidst i hverdagen: senest 21. april 2026',
			'Traumebevidst i hverdagen venter på dig'
		]);
	});

	test('gets no mail at night or at the weekend', async () => {
		const { app } = await makeHouse({ dueDays: 10 });
		app.setNow(at('2026-03-07', '10:00'));
		await makeReminders(app);
		for (const moment of ['2026-03-07 10:00', '2026-03-08 12:00', '2026-03-09 07:59']) {
			const [day, time] = moment.split(' ');
			app.setNow(at(day!, time));
			await sendReminders(app);
			expect(subjects(app, 'Kim Holm')).toEqual([]);
		}
		app.setNow(at('2026-03-09', '08:00'));
		await sendReminders(app);
		expect(subjects(app, 'Kim Holm')).toHaveLength(1);
		expect(isOpenHour(app.now())).toBe(true);
	});

	test('stops them by the address in the mail, and finds them on the platform all the same', async () => {
		const { app, kim } = await makeHouse({ dueDays: 10 });
		await live(app, monday, monday);
		const token = /\/reminders\/(\S+)/.exec(mailsTo(app, 'Kim Holm')[0]!.text)![1]!;
		const found = await findByStopToken(app.db.read, token);
		expect(found).toMatchObject({ person: kim.person, isStopped: false });
		expect(await findByStopToken(app.db.read, `${token}x`)).toBeNull();
		await stopReminders(app, found!);
		await stopReminders(app, found!);
		expect(await findStop(app.db.read, kim.person)).toBe(monday);
		await live(app, '2026-03-03', '2026-03-20');
		expect(subjects(app, 'Kim Holm')).toHaveLength(1);
		const [own] = await listOwnReminders(app.db.read, kim.person, app.now());
		expect(own).toMatchObject({ kind: 'late', course: 'basic', on: '2026-03-13' });
		await putAway(app, kim, own!.id);
		expect(await listOwnReminders(app.db.read, kim.person, app.now())).toEqual([]);
		await startReminders(app, kim);
		expect(await findStop(app.db.read, kim.person)).toBeNull();
	});

	test('cannot put away what is somebody else’s', async () => {
		const { app, kim, lea } = await makeHouse({ dueDays: 10 });
		await live(app, monday, monday);
		const [own] = await listOwnReminders(app.db.read, kim.person, app.now());
		await putAway(app, lea, own!.id);
		expect(await listOwnReminders(app.db.read, kim.person, app.now())).toHaveLength(1);
	});

	test('without an address is reminded on the platform', async () => {
		const { app, kim } = await makeHouse({ dueDays: 10 });
		await app.db.write((tx) =>
			tx
				.update(people)
				.set({ email: null, username: 'kim' })
				.where(eq(people.id, kim.person))
				.then(() => undefined)
		);
		await live(app, monday, monday);
		expect(subjects(app, 'Kim Holm')).toEqual([]);
		expect(await listOwnReminders(app.db.read, kim.person, app.now())).toHaveLength(1);
	});

	test('is reminded of nothing that is older than a year in what is kept', async () => {
		const { app } = await makeHouse({ dueDays: 10 });
		await live(app, monday, '2026-03-20');
		app.setNow(at('2027-03-30'));
		expect(await carryOutRetention(app)).toMatchObject({ reminders: expect.any(Number) as number });
		expect(await app.db.read.select().from(reminders)).toEqual([]);
		await live(app, '2027-03-31', '2027-04-02');
		expect(subjects(app, 'Kim Holm')).toHaveLength(2);
	});
});

describe('a leader', () => {
	test('gets one digest a week with who is due, and none when nobody is', async () => {
		const { app, org, lea, kim } = await makeHouse();
		const boss = await org.hire('Bo Boss', org.top, 'leader');
		await finish(app, lea.person);
		await finish(app, boss.person);
		await live(app, monday, '2026-03-22');
		const digests = () => subjects(app, 'Lea Lund').filter((one) => one.startsWith('Frister'));
		// From four weeks before the date.
		expect(digests()).toHaveLength(2);
		const last = mailsTo(app, 'Lea Lund').at(-1)!;
		expect(last.text).toContain('- Kim Holm: Traumebevidst i hverdagen, 1. april 2026');
		// Who leads further up has a leader between, and is told nothing of each house.
		expect(subjects(app, 'Bo Boss').filter((one) => one.startsWith('Frister'))).toEqual([]);
		app.setNow(at('2026-03-24'));
		await makeDigests(app);
		await sendReminders(app);
		await makeDigests(app);
		await sendReminders(app);
		expect(digests()).toHaveLength(3);
		await finish(app, kim.person);
		await live(app, '2026-03-25', '2026-04-20');
		expect(digests()).toHaveLength(3);
	});

	test('who sees counts only gets no digest: that one comes would tell that somebody is due', async () => {
		const { app, org, lea } = await makeHouse();
		await setPolicy(app, org.id, 'counts');
		await finish(app, lea.person);
		await live(app, monday, '2026-04-30');
		expect(subjects(app, 'Lea Lund').filter((one) => one.startsWith('Frister'))).toEqual([]);
		expect(mailsTo(app, 'Kim Holm')[0]!.text).toContain('Din leder ser kun tal');
	});

	test('is told to follow up five months after half of the house had learnt, once', async () => {
		const { app, kim } = await makeHouse();
		await live(app, monday, '2026-03-05');
		await finish(app, kim.person);
		await live(app, '2026-03-06', '2026-03-06');
		app.mailer.sent.length = 0;
		for (const day of ['2026-07-27', '2026-08-03', '2026-08-10', '2026-08-31', '2026-09-07'])
			await live(app, day, day);
		const found = subjects(app, 'Lea Lund').filter((one) => one.includes('følge op'));
		expect(found).toEqual(['Acme north: tid til at følge op på Traumebevidst i hverdagen']);
	});

	test('who sees counts only is told to follow up by what is published, and of too few nothing', async () => {
		const { app, org, kim, lea } = await makeHouse();
		await setPolicy(app, org.id, 'counts');
		await finish(app, kim.person);
		await finish(app, lea.person);
		const ada = await org.hire('Ada Leder', org.top, 'leader');
		for (const name of ['Bo', 'Cai', 'Dan', 'Eva'])
			await finish(app, (await org.hire(`${name} Syd`, org.south)).person);
		app.setNow(at('2026-03-06'));
		await settleAll(app);
		await publishAll(app);
		for (const day of ['2026-07-27', '2026-08-03', '2026-08-10']) await live(app, day, day);
		const told = (name: string) => subjects(app, name).filter((one) => one.includes('følge op'));
		expect(told(ada.name)).toEqual(['Acme top: tid til at følge op på Traumebevidst i hverdagen']);
		expect(told('Lea Lund')).toEqual([]);
	});

	test('sends by hand exactly what was shown before, and once a week at most', async () => {
		const { app, org, kim, lea } = await makeHouse();
		app.setNow(at('2026-03-03'));
		const house = await readByHand(app, lea, { workplace: org.north, course: 'basic' });
		expect(house.candidates.map(({ name }) => name)).toEqual(['Kim Holm', 'Lea Lund']);
		const wish = { workplace: org.north, course: 'basic', to: [kim.person] };
		const [preview] = await previewByHand(app, lea, wish);
		expect(preview).toMatchObject({ count: 1 });
		expect(await sendByHand(app, lea, wish)).toBe(1);
		await sendReminders(app);
		const [mail] = mailsTo(app, 'Kim Holm');
		expect(mail!.subject).toBe(preview!.subject);
		expect(mail!.text.replace(/(\/reminders\/)\S+/, '$1…')).toBe(preview!.text);
		expect(mail!.text).toContain(
			'Lea Lund minder dig om Traumebevidst i hverdagen. Datoen er den 2. april 2026.'
		);
		await expect(sendByHand(app, lea, wish)).rejects.toThrow(
			expect.objectContaining({ code: 'conflict' })
		);
		const log = await readReminderLog(app, lea, org.north);
		expect(log.toOne).toMatchObject([{ name: 'Kim Holm', kind: 'by-hand', outcome: 'sent' }]);
		app.setNow(at('2026-03-10', '10:30'));
		expect(await sendByHand(app, lea, wish)).toBe(1);
	});

	test('who sees counts only reminds all of a house in the same words, and aims at nobody', async () => {
		const { app, org, kim, lea } = await makeHouse();
		await setPolicy(app, org.id, 'counts');
		await finish(app, kim.person);
		app.setNow(at('2026-03-03'));
		const wish = { workplace: org.north, course: 'basic' };
		expect((await readByHand(app, lea, wish)).candidates).toEqual([]);
		await expect(sendByHand(app, lea, { ...wish, to: [kim.person] })).rejects.toThrow(
			expect.objectContaining({ code: 'forbidden' })
		);
		expect(await sendByHand(app, lea, { ...wish, to: 'all' })).toBe(2);
		await sendReminders(app);
		const [kims, leas] = ['Kim Holm', 'Lea Lund'].map((name) =>
			mailsTo(app, name)
				.find(({ text }) => text.includes('minder alle'))!
				.text.replace(name, '…')
				.replace(/(\/reminders\/)\S+/, '$1…')
		);
		expect(kims).toBe(leas);
		expect(await readReminderLog(app, lea, org.north)).toMatchObject({
			toOne: [],
			toAll: [{ course: 'basic', day: '2026-03-03' }]
		});
		await expect(sendByHand(app, lea, { ...wish, to: 'all' })).rejects.toThrow(
			expect.objectContaining({ code: 'conflict' })
		);
	});

	test('8.4.1 reminds nobody of another house', async () => {
		const { app, org, lea } = await makeHouse();
		const other = await org.hire('Ib', org.south);
		const wish = { workplace: org.north, course: 'basic', to: [other.person] };
		await expect(sendByHand(app, lea, wish)).rejects.toThrow(
			expect.objectContaining({ code: 'not-found' })
		);
		await expect(sendByHand(app, lea, { ...wish, workplace: org.south })).rejects.toThrow(
			expect.objectContaining({ code: 'not-found' })
		);
	});
});

describe('a mail server', () => {
	test.each([
		['an address that is none', new MailRefused('no'), 'never'],
		['a server that is not there', { code: 'ECONNECTION', command: 'CONN' }, 'later'],
		['a server that is busy', { responseCode: 451 }, 'later'],
		['a server that knows nobody of that name', { responseCode: 550 }, 'never'],
		['a line that broke while the mail was handed over', { code: 'ESOCKET' }, 'perhaps']
	])('tells by %s whether to try again', (_, error, told) => {
		expect(judgeFailure(error)).toBe(told);
	});

	test('that is away for an hour gets the mail after it', async () => {
		const { app } = await makeHouse({ dueDays: 10 });
		const { send } = app.mailer;
		app.mailer.send = () => Promise.reject(Object.assign(new Error(), { command: 'CONN' }));
		await live(app, monday, monday);
		expect(app.mailer.sent).toEqual([]);
		app.mailer.send = send;
		app.setNow(at(monday, '10:30'));
		await sendReminders(app);
		expect(app.mailer.sent).toEqual([]);
		app.setNow(at(monday, '11:00'));
		await sendReminders(app);
		expect(subjects(app, 'Kim Holm')).toHaveLength(1);
	});
});

const works: (() => unknown)[] = [];
afterAll(async () => {
	for (const work of works.reverse()) await work();
});

class Crash extends Error {}

/** The app as one worker has it, which dies at the nth time it does something to the world. */
function asWorker(app: TestApp, diesAt: number): TestApp {
	let deeds = 0;
	const die = () => {
		deeds += 1;
		if (deeds >= diesAt) throw new Crash();
	};
	return {
		...app,
		db: {
			...app.db,
			async write(work) {
				die();
				const result = await app.db.write(work);
				die();
				return result;
			}
		},
		mailer: {
			...app.mailer,
			async send(mail) {
				die();
				await app.mailer.send(mail);
				die();
			}
		}
	};
}

describe('whatever jobs run beside each other and wherever they crash', () => {
	test('no reminder is sent twice', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.record({
						jobs: fc.array(
							fc.record({
								does: fc.constantFrom('make', 'send', 'digest', 'by-hand'),
								diesAt: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(Infinity))
							}),
							{ minLength: 1, maxLength: 4 }
						),
						hours: fc.constantFrom(0, 1, 24, 24 * 7)
					}),
					{ minLength: 1, maxLength: 8 }
				),
				async (turns) => {
					const app = makeApp({ tidyUp: (work) => works.push(work) });
					app.setNow(at(monday));
					const org = await makeOrganisation(app, 'Acme');
					const staff: Actor[] = [];
					for (const name of ['A', 'B', 'C']) staff.push(await org.hire(name, org.north));
					const lea = await org.hire('Lea', org.north, 'leader');
					await makeRule(app, org, { dueDays: 12 });
					for (const { jobs, hours } of turns) {
						await Promise.all(
							jobs.map(async ({ does, diesAt }) => {
								const worker = asWorker(app, diesAt);
								try {
									if (does === 'make') await makeReminders(worker);
									if (does === 'send') await sendReminders(worker);
									if (does === 'digest') await makeDigests(worker);
									if (does === 'by-hand')
										await sendByHand(worker, lea, {
											workplace: org.north,
											course: 'basic',
											to: staff.map(({ person }) => person)
										});
								} catch (error) {
									const isExpected =
										error instanceof Crash || (error as { code?: string }).code === 'conflict';
									if (!isExpected) throw error;
								}
							})
						);
						app.setNow(new Date(app.now().getTime() + hours * 60 * 60_000));
					}
					const ids = app.mailer.sent.map(({ id }) => id);
					expect(new Set(ids).size).toBe(ids.length);
					const rows = await app.db.read.select().from(reminders);
					expect(new Set(rows.map(({ occasion }) => occasion)).size).toBe(rows.length);
					// Of each date and each date that has passed one mail at most, and one digest a week.
					for (const name of ['A', 'B', 'C', 'Lea']) {
						const own = subjects(app, name);
						expect(own.filter((one) => one.includes('senest')).length).toBeLessThanOrEqual(1);
					}
					const digests = rows.filter(({ kind }) => kind === 'digest').map(({ madeAt }) => madeAt);
					for (const [index, one] of digests.entries())
						for (const other of digests.slice(index + 1))
							expect(Math.abs(one.getTime() - other.getTime())).toBeGreaterThan(
								6 * 24 * 60 * 60_000 - 1
							);
				}
			),
			{ numRuns: 40 }
		);
	}, 120_000);
});
