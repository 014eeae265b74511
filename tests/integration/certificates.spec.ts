import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import {
	issueCertificate,
	listOwnCertificates,
	showName,
	withdrawCertificate
} from '#lib/certificates/certificates.server.ts';
import { verifyCertificate } from '#lib/certificates/verify.server.ts';
import { writeCertificate } from '#lib/certificates/write-certificate.server.ts';
import { writeTranscript } from '#lib/certificates/write-transcript.server.ts';
import { insertCourseCompletion } from '#lib/completion/completions.server.ts';
import { assignmentRules, courseCompletions, waivers } from '#lib/completion/tables.server.ts';
import { settleAll } from '#lib/completion/stale.server.ts';
import { newId } from '#lib/id.ts';
import { codeAlphabet, codeFrom, groupCode, readCode } from '#lib/identity/one-time-code.ts';
import { closePerson } from '#lib/identity/people.server.ts';
import { deletePeople } from '#lib/identity/sweep.server.ts';
import { beginAttempt, recordMove } from '#lib/practice/attempts.server.ts';
import { addDays, dayOf } from '#lib/time.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { finishCourse, refreshCourse } from '#tests/support/learning.ts';
import { readPdf } from '#tests/support/pdf.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';
import { load as check } from '../../src/routes/certificates/[code]/+page.server.ts';
import { load as lookUp } from '../../src/routes/certificates/+page.server.ts';
import { actions } from '../../src/routes/me/certificates/+page.server.ts';
import { GET } from '../../src/routes/me/certificates/[certificate].pdf/+server.ts';
import { gatherOwn, tabulateOwn } from '../../src/routes/me/gather.server.ts';

const network = '192.0.2.1';

/** Everybody is asked for the course: within 30 days, a week of grace, renewed after six months. */
async function makeRule(app: TestApp, org: TestOrganisation, course = 'basic') {
	await app.db.write(async (tx) => {
		await tx.insert(assignmentRules).values({
			id: newId(),
			organisation: org.id,
			workplace: org.top,
			role: 'staff',
			course,
			dueDays: 30,
			graceDays: 7,
			renewBy: 'refresher',
			renewMonths: 6,
			madeOn: dayOf(app.now())
		});
	});
	await settleAll(app);
}

async function makeHolder({ hasRule = true } = {}) {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Fjordby');
	const actor = await org.hire('Asta Ærø', org.north);
	if (hasRule) await makeRule(app, org);
	await finishCourse(app, actor.person);
	const id = await issue(app, actor);
	return { app, org, actor, id };
}

async function issue(app: TestApp, actor: Actor, course = 'basic', day: string | null = null) {
	const id = await issueCertificate(app, actor, course, day);
	if (!id) throw new Error('there is no certificate');
	return id;
}

async function codeOf(app: TestApp, actor: Actor, id: string) {
	const own = await listOwnCertificates(app, actor);
	return own.flatMap(({ certificates }) => certificates).find((one) => one.id === id)!.code;
}

async function verify(app: TestApp, actor: Actor, id: string) {
	return verifyCertificate(app, await codeOf(app, actor, id), network);
}

const wait = async (app: TestApp, days: number) => {
	app.setNow(new Date(`${addDays(dayOf(app.now()), days)}T09:00:00Z`));
	await settleAll(app);
};

describe('a certificate', () => {
	test('is issued once of a completion that counts, however often it is asked for', async () => {
		const { app, actor, id } = await makeHolder();
		expect(await issue(app, actor)).toBe(id);
		const [own] = await listOwnCertificates(app, actor);
		expect(own).toMatchObject({
			course: 'basic',
			hindrance: null,
			certificates: [{ state: 'valid', completedOn: '2026-03-14', validUntil: '2026-10-21' }]
		});
	});

	test('is not issued of what is not completed, nor of what was taught elsewhere', async () => {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Fjordby');
		const actor = await org.hire('Kim', org.north);
		await expect(issueCertificate(app, actor, 'basic', null)).rejects.toMatchObject({
			code: 'not-found'
		});
		await app.db.write((tx) =>
			insertCourseCompletion(tx, {
				person: actor.person,
				course: 'basic',
				version: 'v',
				cycle: 1,
				day: '2025-01-01',
				source: 'credited',
				by: 'course'
			})
		);
		await expect(issueCertificate(app, actor, 'basic', null)).rejects.toMatchObject({
			code: 'not-found'
		});
		expect(await listOwnCertificates(app, actor)).toMatchObject([{ hindrance: 'credited' }]);
	});

	test('of those who teach others waits for a day on which they have, by their own account', async () => {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Fjordby');
		const actor = await org.hire('Kim', org.north, 'key-staff');
		await finishCourse(app, actor.person, 'key-staff');
		for (const day of [null, '', 'soon', '2026-03-15'])
			expect(await issueCertificate(app, actor, 'key-staff', day)).toBeNull();
		const id = await issue(app, actor, 'key-staff', '2026-03-01');
		const pdf = await readPdf((await writeCertificate(app, actor, id, 'en')).body);
		expect(pdf.text).toContain('Has led others\n1 March 2026, by their own account');
		const { outcomes } = app.library.catalogue.framework;
		for (const missing of ['TE-S4', 'TE-S6', 'TE-S7'])
			expect(pdf.text).toContain(outcomes.find(({ id: one }) => one === missing)!.text.en);
		expect(pdf.text).toContain('the level ‘Trauma enhanced’');
		expect(pdf.text).toContain("is the platform's own");
	});

	test('is nobody else’s to fetch, show or take back', async () => {
		const { app, org, id } = await makeHolder();
		const other = await org.hire('Bo', org.north, 'leader', org.top);
		const missing = { code: 'not-found' };
		await expect(writeCertificate(app, other, id, 'da')).rejects.toMatchObject(missing);
		await expect(showName(app, other, id, true)).rejects.toMatchObject(missing);
		await expect(withdrawCertificate(app, other, id)).rejects.toMatchObject(missing);
		const event = makeEvent(app, { actor: other, params: { certificate: id } });
		await expect(GET(event as Parameters<typeof GET>[0])).rejects.toMatchObject({ status: 404 });
	});

	test('has a code of 60 bits that is read however it is typed', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 12, maxLength: 16 }), (bytes) => {
				const code = codeFrom(bytes);
				const typed = groupCode(code).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
				return (
					readCode(typed) === code &&
					code.length === 12 &&
					[...code].every((letter) => codeAlphabet.includes(letter))
				);
			})
		);
	});

	test('has another code each time, of the same completion as of others', async () => {
		const { app, actor, id } = await makeHolder();
		const codes = new Set<string>();
		let last = id;
		for (let nth = 0; nth < 20; nth += 1) {
			codes.add(await codeOf(app, actor, last));
			await withdrawCertificate(app, actor, last);
			last = await issue(app, actor);
		}
		expect(codes.size).toBe(20);
	});
});

describe('the PDF of a certificate', () => {
	test('says who, what, when, for how long and by whom, and what it does not mean', async () => {
		const { app, actor, id } = await makeHolder();
		const file = await writeCertificate(app, actor, id, 'da');
		const pdf = await readPdf(file.body);
		const code = groupCode(await codeOf(app, actor, id));
		expect(file.name).toBe(`kursusbevis-${code}.pdf`);
		expect(pdf).toMatchObject({
			language: 'da',
			isTagged: true,
			title: 'Kursusbevis for Asta Ærø: Traumebevidst i hverdagen',
			links: [`http://localhost:3000/certificates/${code}`]
		});
		const { version } = app.library.catalogue.course('basic')!;
		for (const said of [
			'Asta Ærø\nhar fuldført kurset\nTraumebevidst i hverdagen',
			'Fuldført\n14. marts 2026',
			'Gælder til og med\n21. oktober 2026',
			'Niveau\nTraumebevidst',
			`Udgave\n${version.slice(0, 10)}, som kurset var den dag`,
			'Udstedt\n14. marts 2026',
			'Udstedt af\nFjordby',
			'Det er ikke en eksamen. Ingen har bedømt, hvad kursisten kan.'
		])
			expect(pdf.text.replaceAll(' ', '\n')).toContain(said.replaceAll(' ', '\n'));
		const { outcomes } = app.library.catalogue.framework;
		const taught = app.library.catalogue.course('basic')!.modules.flatMap((one) => one.outcomes);
		for (const { id: one, text } of outcomes)
			expect(pdf.text.includes(text.da), one).toBe(taught.includes(one));
		expect(pdf.tree.filter(([tag]) => /^H\d$/.test(tag))).toEqual([
			['H1', 'Kursusbevis'],
			['H2', 'Gælder beviset i dag?'],
			['H2', 'Kursets mål for viden'],
			['H2', 'Kursets mål for færdigheder'],
			['H2', 'Det siger beviset ikke']
		]);
	});

	test('is the same whatever was chosen, and names no way that was gone', async () => {
		const { app, actor, id } = await makeHolder();
		const before = (await writeCertificate(app, actor, id, 'en')).body;
		const slug = 'reception-full-house';
		const { scenario, hash } = app.library.scenario(slug)!;
		const version = { slug, version: hash };
		const attempt = await beginAttempt(app.learning, actor.person, version, null, app.now());
		await recordMove(app.learning, scenario, attempt.id, 0, 'greet');
		const after = (await writeCertificate(app, actor, id, 'en')).body;
		expect(Buffer.from(after).equals(Buffer.from(before))).toBe(true);
		const { text } = await readPdf(after);
		for (const told of ['reception', 'scenario', 'played', actor.person, '@'])
			expect(text.toLowerCase()).not.toContain(told);
	});

	test('has no last day where nobody asks for a renewal', async () => {
		const { app, actor, id } = await makeHolder({ hasRule: false });
		const { text } = await readPdf((await writeCertificate(app, actor, id, 'en')).body);
		expect(text).toContain('Valid until\nNo end date');
	});
});

describe('who holds a code sees', () => {
	test('that a certificate counts, and what of; not who, until the holder wants it', async () => {
		const { app, actor, id } = await makeHolder();
		expect(await verify(app, actor, id)).toMatchObject({
			state: 'valid',
			name: null,
			course: 'basic',
			issuer: 'Fjordby',
			completedOn: '2026-03-14',
			validUntil: '2026-10-21'
		});
		await showName(app, actor, id, true);
		expect(await verify(app, actor, id)).toMatchObject({ name: 'Asta Ærø' });
		await showName(app, actor, id, false);
		expect(await verify(app, actor, id)).toMatchObject({ name: null });
	});

	test('that it no longer counts once the renewal is late, and not a day before', async () => {
		const { app, actor, id } = await makeHolder();
		app.setNow(new Date('2026-10-21T09:00:00Z'));
		await settleAll(app);
		expect(await verify(app, actor, id)).toMatchObject({ state: 'valid' });
		await wait(app, 1);
		expect(await verify(app, actor, id)).toMatchObject({
			state: 'expired',
			validUntil: '2026-10-21'
		});
	});

	test('that it is replaced once the course is renewed, also while there is no newer one', async () => {
		const { app, actor, id } = await makeHolder();
		await wait(app, 190);
		await refreshCourse(app, actor.person);
		expect(await verify(app, actor, id)).toMatchObject({
			state: 'replaced',
			renewedOn: '2026-09-20'
		});
		const next = await issue(app, actor);
		expect(next).not.toBe(id);
		expect(await verify(app, actor, next)).toMatchObject({
			state: 'valid',
			completedOn: '2026-09-20'
		});
		const first = await readPdf((await writeCertificate(app, actor, id, 'da')).body);
		const second = await readPdf((await writeCertificate(app, actor, next, 'da')).body);
		expect(first.text).toContain('har fuldført kurset');
		expect(first.text).toContain('14. marts 2026');
		expect(second.text).toContain('har fornyet kurset');
		expect(second.text).toContain('20. september 2026');
		expect(await listOwnCertificates(app, actor)).toMatchObject([
			{ certificates: [{ state: 'valid' }, { state: 'replaced' }] }
		]);
	});

	test('that it is withdrawn, by the holder or as the completion is gone', async () => {
		const { app, actor, id } = await makeHolder();
		await withdrawCertificate(app, actor, id);
		expect(await verify(app, actor, id)).toMatchObject({ state: 'withdrawn' });
		const next = await issue(app, actor);
		await app.db.write(async (tx) => {
			await tx.delete(courseCompletions).where(eq(courseCompletions.person, actor.person));
		});
		expect(await verifyCertificate(app, await onlyCode(app, actor, next), network)).toMatchObject({
			state: 'withdrawn'
		});
	});

	test('that it holds until the day it was issued for, of who has left since', async () => {
		const { app, actor, id } = await makeHolder();
		const code = await codeOf(app, actor, id);
		await app.db.write((tx) => closePerson(tx, actor.person, '2026-04-01'));
		await wait(app, 30);
		expect(await verifyCertificate(app, code, network)).toMatchObject({ state: 'valid' });
		app.setNow(new Date('2026-10-22T09:00:00Z'));
		await settleAll(app);
		expect(await verifyCertificate(app, code, network)).toMatchObject({ state: 'expired' });
	});

	test('nothing of who is no longer known: as of a code that never was, or cannot be', async () => {
		const { app, actor, id } = await makeHolder();
		const code = await codeOf(app, actor, id);
		await app.db.write((tx) => deletePeople(tx, [actor.person]));
		for (const typed of [code, '7K3M-PQ9X-2HTV', 'x', '', 'æøå'.repeat(50)]) {
			expect(await verifyCertificate(app, typed, network)).toBeNull();
			const event = makeEvent(app, { params: { code: typed } });
			await expect(check(event as Parameters<typeof check>[0])).rejects.toMatchObject({
				status: 404,
				body: { message: 'not-found', reason: 'certificate-unknown' }
			});
		}
	});

	test('no more than that, in either answer, and no search engine keeps it', async () => {
		const { app, actor, id } = await makeHolder();
		const headers: Record<string, string> = {};
		const event = {
			...makeEvent(app, { params: { code: await codeOf(app, actor, id) } }),
			setHeaders: (some: Record<string, string>) => void Object.assign(headers, some)
		};
		const page = JSON.stringify(await check(event as Parameters<typeof check>[0]));
		expect(headers).toMatchObject({
			'x-robots-tag': expect.stringContaining('noindex') as string,
			'referrer-policy': 'no-referrer',
			'cache-control': 'no-store'
		});
		for (const kept of ['Asta', actor.person, '@', 'Fjordby north', 'Fjordby top'])
			expect(page).not.toContain(kept);
	});

	test('6.3.1 nothing for a while who has tried very many, whether they are right or wrong', async () => {
		const { app, actor, id } = await makeHolder();
		const code = await codeOf(app, actor, id);
		for (let nth = 0; nth < 300; nth += 1) await verifyCertificate(app, 'x', network);
		const refused = { code: 'too-many' };
		await expect(verifyCertificate(app, 'x', network)).rejects.toMatchObject(refused);
		await expect(verifyCertificate(app, code, network)).rejects.toMatchObject(refused);
		expect(await verifyCertificate(app, code, '192.0.2.2')).toMatchObject({ state: 'valid' });
	});

	test('the page of a code, however it was typed', () => {
		const asked = (code: string) => () =>
			lookUp(
				makeEvent(makeApp(), {
					url: `/certificates?code=${encodeURIComponent(code)}`
				}) as Parameters<typeof lookUp>[0]
			);
		expect(asked('7k3m pq9x 2htv')).toThrow(
			expect.objectContaining({ status: 303, location: '/certificates/7K3M-PQ9X-2HTV' })
		);
		expect(asked('//elsewhere')).toThrow(
			expect.objectContaining({ status: 303, location: '/certificates/%2F%2Felsewhere' })
		);
		expect(asked('')()).toEqual({});
	});
});

describe('on one’s own page', () => {
	test('a certificate is made, shown with the name and taken back by forms', async () => {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Fjordby');
		const actor = await org.hire('Kim', org.north);
		await finishCourse(app, actor.person);
		type Action = (typeof actions)[keyof typeof actions];
		const send = (name: keyof typeof actions, form: Record<string, string>) =>
			actions[name](
				makeEvent(app, { actor, url: '/me/certificates', form }) as Parameters<Action>[0]
			);
		await expect(send('make', { course: 'basic' })).rejects.toMatchObject({ status: 303 });
		const [{ id, code } = { id: '', code: '' }] =
			(await listOwnCertificates(app, actor))[0]?.certificates ?? [];
		await expect(send('show', { certificate: id, shows: 'yes' })).rejects.toMatchObject({
			status: 303
		});
		expect(await verifyCertificate(app, code, network)).toMatchObject({ name: 'Kim' });
		await expect(send('withdraw', { certificate: id })).rejects.toMatchObject({ status: 303 });
		expect(await verifyCertificate(app, code, network)).toMatchObject({ state: 'withdrawn' });
		await expect(send('make', { course: 'key-staff' })).rejects.toMatchObject({ status: 404 });
		const own = await gatherOwn(app, actor);
		expect(own.certificates).toMatchObject([{ course: 'basic', code, withdrawnOn: '2026-03-14' }]);
		expect(own.log.map(({ event }) => event)).toEqual([
			'certificate.withdrawn',
			'certificate.shown',
			'certificate.issued'
		]);
		expect(tabulateOwn(own)).toContainEqual(['certificate', 'basic (1)', code, '2026-03-14']);
	});

	test('the transcript tells every time, how, and from what one was excused; in a PDF too', async () => {
		const { app, actor } = await makeHolder();
		await app.db.write(async (tx) => {
			await tx.insert(waivers).values({
				id: newId(),
				person: actor.person,
				course: 'practice',
				reason: 'short-stay',
				fromDay: '2026-03-01',
				untilDay: '2026-05-31',
				madeOn: '2026-03-01'
			});
		});
		await wait(app, 190);
		await refreshCourse(app, actor.person);
		const pdf = await readPdf((await writeTranscript(app, actor, 'en')).body);
		const rows = JSON.stringify(pdf.tree);
		const version = app.library.catalogue.course('basic')!.version.slice(0, 10);
		const line = (...cells: string[]) =>
			JSON.stringify(['TR', ['TH', cells[0]], ...cells.slice(1).map((cell) => ['TD', cell])]);
		expect(rows).toContain(
			line('Trauma-informed every day', '1', '14 March 2026', version, 'Completed here')
		);
		expect(rows).toContain(
			line('Trauma-informed every day', '2', '20 September 2026', version, 'Refreshed here')
		);
		expect(rows).toContain(
			line('Trauma-informed practice', '1 March 2026 to 31 May 2026', 'Short stay here')
		);
		const own = await gatherOwn(app, actor);
		expect(own.asked).toMatchObject({
			assignments: [{ cycle: 2 }, { cycle: 1 }],
			waivers: [{ reason: 'short-stay' }],
			credits: []
		});
	});
});

async function onlyCode(app: TestApp, actor: Actor, id: string) {
	const { certificates } = await gatherOwn(app, actor);
	expect(id).not.toBe('');
	return certificates.find(({ withdrawnOn }) => withdrawnOn === null)!.code;
}
