/**
 * One colleague's two years at a municipality, as the rules, her own page, her leader's, the mails and the
 * certificates tell it, in both languages.
 */
import { isRedirect } from '@sveltejs/kit';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { issueCertificate } from '#lib/certificates/certificates.server.ts';
import { verifyCertificate } from '#lib/certificates/verify.server.ts';
import { writeCertificate } from '#lib/certificates/write-certificate.server.ts';
import { findCycle } from '#lib/completion/cycles.server.ts';
import { settleAll } from '#lib/completion/stale.server.ts';
import type { State } from '#lib/completion/state.ts';
import type { Course, Module } from '#lib/content/course.ts';
import type { Locale } from '#lib/content/localised.ts';
import { newId } from '#lib/id.ts';
import { setLocale } from '#lib/identity/people.server.ts';
import { makeReminders } from '#lib/notifications/make-reminders.server.ts';
import { sendReminders } from '#lib/notifications/send-reminders.server.ts';
import { addDays, dayOf, startOfDay, writeDay } from '#lib/time.ts';
import { getLocale, overwriteGetLocale } from '#lib/ui/messages/runtime.js';
import { findActor } from '#lib/workplaces/actor.server.ts';
import { noteAbsence } from '#lib/workplaces/absences.server.ts';
import { movePerson } from '#lib/workplaces/move-person.server.ts';
import { giveRole } from '#lib/workplaces/roles.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { readPdf } from '#tests/support/pdf.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';
import { finishSteps } from '../../src/finishing.server.ts';
import { actions as rules, load as loadRules } from '../../src/routes/admin/rules/+page.server.ts';
import { load as loadMe } from '../../src/routes/me/+page.server.ts';
import { loadTeam } from '../../src/routes/team/load.ts';

const before = getLocale;
beforeEach(() => () => overwriteGetLocale(before));

/** What the words of the story are, in the language it is told in. */
const words = {
	da: {
		rule: 'Alle ansatte i Fjordby top tager Traumebevidst i hverdagen inden 30 dage',
		due: (day: string) => `Frist ${day}`,
		renew: (day: string) => `Forny det senest den ${day}`,
		away: 'Du er noteret som fraværende',
		mailed: 'Du har fuldført Traumebevidst i hverdagen',
		reminded: 'genopfriske',
		certificate: 'Kursusbevis'
	},
	en: {
		rule: 'Everyone who works in Fjordby top takes Trauma-informed every day within 30 days',
		due: (day: string) => `Due by ${day}`,
		renew: (day: string) => `Renew it by ${day}`,
		away: 'You are noted as away',
		mailed: 'You have completed Trauma-informed every day',
		reminded: 'refresh',
		certificate: 'Certificate'
	}
} as const;

/** The people of the story and what each of them sees. */
class Story {
	readonly app: TestApp = makeApp();
	readonly locale: Locale;
	org!: TestOrganisation;
	admin!: Actor;
	leader!: Actor;
	mia!: Actor;

	constructor(locale: Locale) {
		this.locale = locale;
		overwriteGetLocale(() => locale);
	}

	async begin() {
		const { app } = this;
		this.org = await makeOrganisation(app, 'Fjordby');
		const { hire, top, north } = this.org;
		this.admin = await hire('Ada', top, 'administrator');
		this.leader = await hire('Lea', top, 'leader');
		await hire('Bo', north);
		return this;
	}

	/** Nine in the morning of a day on which mail may go out. */
	goTo(day: string) {
		this.app.setNow(new Date(startOfDay(day).getTime() + 9.5 * 60 * 60_000));
	}

	later(days: number) {
		this.goTo(addDays(this.today, days));
	}

	get today() {
		return dayOf(this.app.now());
	}

	write(day: string) {
		return writeDay(day, this.locale);
	}

	/** Makes a rule by the administrator's form. */
	async rule(role: string, course: string, form: Record<string, string>) {
		const event = makeEvent(this.app, {
			actor: this.admin,
			locale: this.locale,
			url: '/admin/rules',
			form: {
				id: newId(),
				replaces: '',
				role,
				workplace: role === 'contact-staff' ? this.org.north : this.org.top,
				course,
				renew: 'never',
				months: '6',
				from: '09',
				until: '10',
				by: 'course',
				graceDays: '14',
				...form
			}
		});
		const done: unknown = await rules.make(event as never).catch((thrown: unknown) => thrown);
		expect(isRedirect(done) && done.location).toBe('/admin/rules?done=made');
	}

	async rules() {
		const event = makeEvent(this.app, {
			actor: this.admin,
			locale: this.locale,
			url: '/admin/rules'
		});
		const page = await loadRules(event as never);
		return (page as { rules: { sentence: string; reach: string }[] }).rules;
	}

	/** What her own page says is asked of her, one line a course. */
	async asked() {
		const event = makeEvent(this.app, { actor: this.mia, locale: this.locale, url: '/me' });
		const page = (await loadMe(event as never)) as { asked: { title: string; words: string }[] };
		return page.asked.map(({ title, words }) => `${title}: ${words}`);
	}

	/** N, M and her state, as her leader sees a course at a workplace. */
	async team(workplace: string | null = null, course = 'basic') {
		const url = `/team?course=${course}`;
		const event = makeEvent(this.app, { actor: this.leader, locale: this.locale, url });
		const { counts, listing } = await loadTeam(event, workplace);
		const row = listing?.people.find(({ name }) => name === 'Mia');
		const state: State | null = row?.state ?? null;
		return { valid: counts.valid, total: counts.total, state };
	}

	async finish(course: Course, module: Module) {
		const keys = module.steps.map(({ key }) => key);
		expect(await findCycle(this.app.db.read, this.mia.person, course, module)).toBeGreaterThan(0);
		await finishSteps(this.app, this.mia.person, course, module, keys);
	}

	/** What has been mailed to her since this was last asked. */
	async mails() {
		await makeReminders(this.app);
		await sendReminders(this.app);
		await this.app.runJobs();
		const sent = this.app.mailer.sent.splice(0);
		return sent
			.filter(({ to }) => to.name === 'Mia')
			.map(({ subject, text }) => `${subject}\n${text}`);
	}

	/** Her certificate of the course as it is now: its text, and what anybody is told who checks it. */
	async certificate() {
		const id = await issueCertificate(this.app, this.mia, 'basic', null);
		const { body } = await writeCertificate(this.app, this.mia, id ?? '', this.locale);
		const { text, links } = await readPdf(body);
		const code = links.map((link) => /certificates\/(.+)$/.exec(link)?.[1]).find(Boolean) ?? '';
		return { text, code };
	}

	async verify(code: string) {
		return (await verifyCertificate(this.app, code, '192.0.2.1'))?.state;
	}
}

test.each(['da', 'en'] as const)('two years of a colleague, told in %s', async (locale) => {
	const story = await new Story(locale).begin();
	const { app, org } = story;
	const say = words[locale];
	const basic = app.library.catalogue.course('basic')!;
	const practice = app.library.catalogue.course('practice')!;
	const refresher = basic.refresher!;
	story.goTo('2026-03-16');

	// An administrator makes three rules, each a sentence with the people it reaches.
	await story.rule('staff', 'basic', { dueDays: '30', renew: 'months', by: 'refresher' });
	await story.rule('contact-staff', 'practice', { dueDays: '60' });
	await story.rule('leader', 'leader', { dueDays: '90' });
	const made = await story.rules();
	expect(made).toHaveLength(3);
	expect(made[0]?.sentence).toContain(say.rule);
	expect(made[0]?.reach).toContain('3');

	// A new colleague gets what applies: Basic as everybody, Practice for what she does.
	const { person } = await org.hire('Mia', org.north);
	await app.db.write((tx) => setLocale(tx, person, locale));
	await giveRole(app, story.leader, person, { role: 'contact-staff', workplace: org.north });
	story.mia = (await findActor(app.db.read, person))!;
	await settleAll(app);
	const due = { basic: '2026-04-15', practice: '2026-05-15' };
	expect(await story.asked()).toEqual([
		expect.stringContaining(`${basic.title[locale]}: ${say.due(story.write(due.basic))}`),
		expect.stringContaining(`${practice.title[locale]}: ${say.due(story.write(due.practice))}`)
	]);
	expect(await story.team()).toEqual({ valid: 0, total: 4, state: 'due-soon' });
	await story.mails();

	// She finishes Basic; it counts at once, she is told, and has a certificate.
	story.goTo('2026-04-01');
	for (const module of basic.modules) await story.finish(basic, module);
	expect(await story.team()).toEqual({ valid: 1, total: 4, state: 'completed' });
	expect(await story.team(org.north)).toEqual({ valid: 1, total: 2, state: 'completed' });
	expect((await story.mails()).join()).toContain(say.mailed);
	const first = await story.certificate();
	expect(first.text).toContain(say.certificate);
	expect(first.text).toContain(basic.title[locale]);
	expect(first.text).toContain(story.write('2026-04-01'));
	expect(await story.verify(first.code)).toBe('valid');

	// Six months later she is asked for the refresher, and told once.
	story.goTo('2026-10-01');
	expect((await story.asked()).join()).toContain(say.renew(story.write('2026-10-31')));
	expect(await story.team()).toEqual({ valid: 1, total: 4, state: 'due-soon' });
	expect((await story.mails()).join()).toContain(say.reminded);
	expect(await story.mails()).toEqual([]);
	story.goTo('2026-10-05');
	await story.finish(basic, refresher);
	expect(await story.team()).toEqual({ valid: 1, total: 4, state: 'completed' });
	expect((await story.mails()).join()).toContain(say.mailed);
	const second = await story.certificate();
	expect(second.code).not.toBe(first.code);
	expect(await story.verify(first.code)).toBe('replaced');
	expect(await story.verify(second.code)).toBe('valid');

	// She changes workplace: Practice is not asked in the other house, and Basic follows her.
	await movePerson(app, story.admin, person, { leave: [org.north], join: [org.south] });
	await settleAll(app);
	expect(await story.team(org.north)).toEqual({ valid: 0, total: 1, state: null });
	expect(await story.team(org.south)).toEqual({ valid: 1, total: 1, state: 'completed' });

	// Half a year on she is asked again, and goes on leave: nothing is asked, and nothing is sent.
	story.goTo('2027-04-06');
	expect(await story.team()).toMatchObject({ state: 'due-soon' });
	const away = { id: newId(), fromDay: story.today, untilDay: '2027-09-30' };
	expect(await noteAbsence(app, story.leader, person, away)).toEqual({ fault: null });
	expect(await story.team()).toEqual({ valid: 1, total: 4, state: 'away' });
	expect((await story.asked()).join()).toContain(say.away);
	expect(await story.mails()).toEqual([]);
	story.goTo('2027-08-02');
	expect(await story.team()).toMatchObject({ state: 'away' });
	expect(await story.mails()).toEqual([]);

	// She returns: the date has waited for her, her completion counts, and she is asked kindly.
	story.goTo('2027-10-01');
	const put = addDays('2027-05-05', 178);
	expect(await story.team()).toEqual({ valid: 1, total: 4, state: 'due-soon' });
	expect((await story.asked()).join()).toContain(say.renew(story.write(put)));
	expect((await story.mails()).join()).toContain(story.write(put));

	// She lets it lie: after the days of grace it lapses, and the certificate says so.
	story.goTo(addDays(put, 15));
	expect(await story.team()).toEqual({ valid: 0, total: 4, state: 'lapsed' });
	expect(await story.verify(second.code)).toBe('expired');

	// And it is never too late.
	await story.finish(basic, refresher);
	expect(await story.team()).toEqual({ valid: 1, total: 4, state: 'completed' });
	expect(await story.verify((await story.certificate()).code)).toBe('valid');
	expect(await story.verify(second.code)).toBe('replaced');
});
