import { describe, expect, test } from 'vitest';
import { insertModuleCompletion } from '#lib/completion/completions.server.ts';
import { audit } from '#lib/audit/tables.server.ts';
import { people, sessions } from '#lib/identity/tables.server.ts';
import {
	absences,
	grants,
	memberships,
	workplaceReach,
	workplaces
} from '#lib/workplaces/tables.server.ts';
import { findPlace, listWorkplacesWhere } from '#lib/workplaces/tree.server.ts';
import type { App } from '#lib/app.ts';
import { eq } from 'drizzle-orm';
import { closePerson } from '#lib/identity/people.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { Importer, refusalsOf } from '#tests/support/import.ts';
import { makeOrganisation } from '#tests/support/world.ts';

async function makeWorld() {
	const app = makeApp();
	const acme = await makeOrganisation(app, 'Acme');
	const other = await makeOrganisation(app, 'Other');
	const admin = await acme.hire('Peter Storgaard', acme.top, 'administrator');
	const stranger = await other.hire('Stranger', other.north);
	return { app, acme, other, admin, stranger, importer: new Importer(app, admin) };
}

const emailOf = (actor: { person: string }, organisation = 'acme') =>
	`${actor.person}@${organisation}.example`;

/** Everything that an import may touch, in an order of its own. */
async function readAll({ db: { read } }: App) {
	const tables = { people, memberships, grants, absences, workplaces, workplaceReach };
	const all: Record<string, string[]> = {};
	for (const [name, table] of Object.entries(tables)) {
		const rows = await read.select().from(table);
		all[name] = rows.map((row) => JSON.stringify(row)).sort();
	}
	return all;
}

async function findByName({ db: { read } }: App, name: string) {
	const [person] = await read.select().from(people).where(eq(people.name, name));
	if (!person) throw new Error(`there is no ${name}`);
	const places = await read.select().from(memberships).where(eq(memberships.person, person.id));
	const held = await read.select().from(grants).where(eq(grants.person, person.id));
	return {
		...person,
		workplaces: places.map(({ workplace }) => workplace).sort(),
		roles: held.map(({ role, workplace }) => `${role} ${workplace}`).sort()
	};
}

describe('a list of people', () => {
	test('changes nothing before it is applied, and then what the preview said', async () => {
		const { app, acme, importer } = await makeWorld();
		const before = await readAll(app);
		const file = [
			'Medarbejdernummer;Navn;E-mail;Arbejdssted;Rolle;Sprog;Fravær fra;Fravær til',
			'1;Søren Højlund;SH@acme.example;Acme north;leder;dansk;;',
			'2;Åse Æbelø;;Acme top / Acme south;;;01-03-2026;2026-06-01',
			'3;Bo Lykke;bo@acme.example;Acme north | Acme south;nøglemedarbejder;en;;'
		].join('\r\n');
		const preview = await importer.preview('people', file);
		expect(preview.import).toMatchObject({ state: 'previewed', counts: { new: 3, refused: 0 } });
		expect(await readAll(app)).toEqual(before);

		const applied = await importer.apply(preview);
		expect(applied.import.state).toBe('applied');
		expect(await findByName(app, 'Søren Højlund')).toMatchObject({
			email: 'sh@acme.example',
			employeeId: '1',
			locale: 'da',
			searchText: 'soren hojlund sh@acme.example  1',
			workplaces: [acme.north],
			roles: [`leader ${acme.north}`]
		});
		expect(await findByName(app, 'Åse Æbelø')).toMatchObject({
			email: null,
			username: 'ase.a',
			workplaces: [acme.south]
		});
		expect(await findByName(app, 'Bo Lykke')).toMatchObject({
			workplaces: [acme.north, acme.south].sort(),
			roles: [`key-staff ${acme.north}`, `key-staff ${acme.south}`].sort()
		});
		const log = await app.db.read.select({ event: audit.event }).from(audit);
		expect(log.filter(({ event }) => event === 'import.applied')).toHaveLength(1);
		expect(log.filter(({ event }) => event === 'role.granted')).toHaveLength(3);
	});

	test('brought again changes nothing', async () => {
		const { app, importer } = await makeWorld();
		const file = 'navn;mail;arbejdssted\nKim;kim@acme.example;Acme north\n';
		await importer.bring('people', file);
		const before = await readAll(app);
		const again = await importer.preview('people', file);
		expect(again.import.counts).toMatchObject({ same: 1, new: 0, changed: 0 });
		await expect(importer.apply(again)).rejects.toMatchObject({ code: 'conflict' });
		expect(await readAll(app)).toEqual(before);
	});

	test('moves who works elsewhere, and the role held where they were goes', async () => {
		const { app, acme, importer } = await makeWorld();
		const kim = await acme.hire('Kim', acme.north, 'key-staff');
		const view = await importer.bring(
			'people',
			`email,department\n${emailOf(kim)},Acme south\n`
				.replace('email', 'email,firstname,lastname')
				.replace(',Acme', ',Kim,,Acme')
		);
		expect(view.import.counts).toMatchObject({ moved: 1 });
		expect(await findByName(app, 'Kim')).toMatchObject({ workplaces: [acme.south], roles: [] });
	});

	test('of Moodle is read as it is, without its passwords', async () => {
		const { app, acme, importer } = await makeWorld();
		const view = await importer.preview(
			'people',
			[
				'username,password,email,firstname,lastname,cohort1,cohort2,department,idnumber,lang,suspended',
				'kim,Hemmelig1!,kim@acme.example,Kim,Holm,Acme north,Årgang 24,,77,da,0',
				'bo,Hemmelig2!,bo@acme.example,Bo,Lykke,,,Acme south,78,en,1'
			].join('\n')
		);
		expect(refusalsOf(view)).toEqual([[3, 'unknown-person']]);
		expect(view.note).toMatchObject({ ignored: ['password'], ignoredCohorts: ['Årgang 24'] });
		expect(JSON.stringify(view)).not.toContain('Hemmelig');
		await importer.apply(view);
		expect(await findByName(app, 'Kim Holm')).toMatchObject({
			username: 'kim',
			employeeId: '77',
			workplaces: [acme.north]
		});
	});

	test('in Windows-1252 without a mark keeps its letters', async () => {
		const { app, importer } = await makeWorld();
		const text = 'navn;mail;arbejdssted\r\nÆgir Ørum Å;kim@acme.example;Acme north\r\n';
		await importer.bring('people', Buffer.from(text, 'latin1'));
		expect(await findByName(app, 'Ægir Ørum Å')).toBeTruthy();
	});

	test('says of each line that cannot be why, and writes none of them', async () => {
		const { app, acme, importer, stranger } = await makeWorld();
		const kim = await acme.hire('Kim', acme.north);
		const bo = await acme.hire('Bo', acme.north);
		await app.db.write((tx) =>
			tx.update(people).set({ employeeId: 'B' }).where(eq(people.id, bo.person))
		);
		const before = await readAll(app);
		const lines: [line: string, code: string][] = [
			['=cmd|calc;a@acme.example;Acme north;;;;1', 'bad-name'],
			['Ida 010190-1234;b@acme.example;Acme north;;;;2', 'cpr'],
			['Ida;3113901234@acme.example;Acme nowhere;;;;3', 'unknown-workplace'],
			['Ida;ida@@acme;Acme north;;;;4', 'bad-email'],
			['Ida;;;;;;', 'no-key'],
			[';c@acme.example;Acme north;;;;5', 'no-name'],
			['Ida;d@acme.example;;;;;6', 'no-workplace'],
			['Ida;e@acme.example;Acme north;kejser;;;7', 'unknown-role'],
			['Ida;f@acme.example;Acme north;administrator;;;8', 'role-administrator'],
			['Ida;g@acme.example;Acme north;;klingon;;9', 'unknown-language'],
			['Ida;h@acme.example;Acme north;;;31-02-2026;10', 'bad-date'],
			['Ida;i@acme.example;Acme north;;;2026-12-01;11', 'not-yet'],
			[`Ida;${emailOf(stranger, 'other')};Acme north;;;;12`, 'taken'],
			[`Ida;${emailOf(kim)};Acme north;;;;B`, 'several-people'],
			['Eva;eva@acme.example;Acme north;;;;13', ''],
			['Eva igen;EVA@acme.example;Acme north;;;;14', 'twice'],
			['Ida\u0000;j@acme.example;Acme north;;;;15', 'control'],
			['Ida;k@acme.example;Acme north;;;;16;more', 'extra-cells'],
			['Id"a;l@acme.example;Acme north;;;;17', 'stray-quote'],
			['Ida;m@acme.example;Other north;;;;18', 'unknown-workplace']
		];
		const file = ['navn;mail;arbejdssted;rolle;sprog;fra;id nr', ...lines.map(([line]) => line)];
		const view = await importer.preview(
			'people',
			file.join('\n').replace('id nr', 'medarbejder-id')
		);
		expect(refusalsOf(view)).toEqual(
			lines.flatMap(([, code], index) => (code ? [[index + 2, code]] : []))
		);
		expect(await readAll(app)).toEqual(before);
		expect(JSON.stringify(view)).not.toContain('010190');
		await importer.apply(view);
		expect(await findByName(app, 'Eva')).toBeTruthy();
		expect((await readAll(app)).people).toHaveLength(before.people!.length + 1);
	});

	test.each([
		['nothing at all', '', 'empty'],
		['headings alone', 'navn;mail\n', 'empty'],
		['no heading of ours', 'a;b\n1;2\n', 'no-columns'],
		['nobody’s name', 'mail;arbejdssted\na@b.dk;x\n', 'missing-column'],
		['a quote that is never closed', 'navn;mail\n"Kim;a@b.dk\n'.repeat(2), 'broken-quote'],
		['a line of 10 MB', `navn;mail\n${'x'.repeat(10_000_000)};a@b.dk\n`, 'long-line'],
		['more columns than anybody has', `navn;mail${';x'.repeat(300)}\na;b\n`, 'too-many-columns'],
		['zeros', `${'\0'.repeat(5000)}\n\0\n`, 'no-columns']
	])('with %s is refused as a whole', async (_, file, code) => {
		const { app, importer } = await makeWorld();
		const before = await readAll(app);
		const view = await importer.preview('people', file);
		expect(view.import.state).toBe('refused');
		expect(refusalsOf(view).map(([, found]) => found)).toContain(code);
		await expect(importer.apply(view)).rejects.toMatchObject({ code: 'conflict' });
		expect(await readAll(app)).toEqual(before);
	});

	test('in two ways of writing letters names the lines of the other', async () => {
		const { importer } = await makeWorld();
		const lines = [
			'navn;mail;arbejdssted',
			'Åse;a@acme.example;Acme north',
			'Øjvind;b@acme.example;Acme north'
		];
		const odd = Buffer.from('Æske;c@acme.example;Acme north\n', 'latin1');
		const view = await importer.preview(
			'people',
			Buffer.concat([Buffer.from(`${lines.join('\n')}\n`), odd])
		);
		expect(refusalsOf(view)).toEqual([[4, 'unreadable']]);
		expect(view.import.counts.new).toBe(2);
	});
});

describe('who is missing from the file', () => {
	const file = 'navn;mail;arbejdssted\nEva;eva@acme.example;Acme north\n';

	test('stays unless that is asked for', async () => {
		const { acme, importer } = await makeWorld();
		await acme.hire('Kim', acme.north);
		expect((await importer.preview('people', file)).import.counts.ended).toBe(0);
	});

	test('leaves where it is confirmed, is signed out, and never was an administrator', async () => {
		const { app, acme, importer } = await makeWorld();
		const kim = await acme.hire('Kim', acme.north);
		await app.sessions.begin(kim.person, 'password');
		const view = await importer.preview('people', file, { endsMissing: true });
		expect(view.import.counts).toMatchObject({ new: 1, ended: 1, missing: 1 });
		await expect(importer.apply(view, { missing: false, ended: 1 })).rejects.toThrow('unconfirmed');
		await expect(importer.apply(view, { missing: true, ended: null })).rejects.toThrow(
			'unconfirmed'
		);
		await importer.apply(view);
		expect(await findByName(app, 'Kim')).toMatchObject({ closedOn: '2026-03-14' });
		expect(await findByName(app, 'Peter Storgaard')).toMatchObject({ closedOn: null });
		const left = await app.db.read.select().from(sessions).where(eq(sessions.person, kim.person));
		expect(left).toEqual([]);
	});

	test('stays while a line could not be read, which might be about them', async () => {
		const { acme, importer } = await makeWorld();
		await acme.hire('Kim', acme.north);
		const view = await importer.preview('people', `${file};x@@;\n`, { endsMissing: true });
		expect(view.import.counts.ended).toBe(0);
		expect(view.note?.sparesMissing).toBe(true);
	});
});

describe('a list of workplaces', () => {
	const file = [
		'Id;Navn;Overordnet enhed;Type;Lukket',
		'K;Acme top;;;',
		'Område;Socialområdet;K;;',
		'L;Lanternen;Område;herberg;',
		'B;Birkehuset;Acme top / Socialområdet;støttet bolig;',
		'N;Acme north;Område;;',
		'S;Acme south;;;ja'
	].join('\n');

	test('makes, moves and closes them, and who administers above reaches them', async () => {
		const { app, acme, admin, importer } = await makeWorld();
		await importer.bring('workplaces', 'Id;Navn\nN;Acme north\nS;Acme south\n');
		const view = await importer.preview('workplaces', file);
		expect(refusalsOf(view)).toEqual([]);
		expect(view.import.counts).toMatchObject({ new: 3, changed: 1, moved: 1, ended: 1 });
		await importer.apply(view);
		const found = await listWorkplacesWhere(app.db.read, admin, 'people.import');
		const parentOf = (name: string) =>
			found.find(({ id }) => id === found.find((each) => each.name === name)?.parent)?.name;
		expect(parentOf('Lanternen')).toBe('Socialområdet');
		expect(parentOf('Birkehuset')).toBe('Socialområdet');
		expect(parentOf('Acme north')).toBe('Socialområdet');
		expect(found.map(({ name }) => name)).not.toContain('Acme south');
		expect(found.find(({ name }) => name === 'Lanternen')).toMatchObject({ setting: 'shelter' });
		const place = await findPlace(app.db.read, acme.north);
		expect(place?.reachedFrom).toHaveLength(3);
	});

	test('that cannot make a tree is refused where it cannot, and the rest stands', async () => {
		const { app, acme, importer } = await makeWorld();
		await acme.hire('Kim', acme.south);
		await importer.bring('workplaces', 'Id;Navn\nN;Acme north\nS;Acme south\n');
		const before = await readAll(app);
		const view = await importer.preview(
			'workplaces',
			[
				'Id;Navn;Overordnet enhed;Type;Lukket',
				'A;Ring A;B;;',
				'B;Ring B;C;;',
				'C;Ring C;A;;',
				'D;Below;Ring C;;',
				'E;Nowhere;X;;',
				'F;Kind;N;rumstation;',
				'S;Acme south;;;ja',
				'G;Twin;N;;',
				'H;Twin;N;;',
				'G;Again;N;;',
				';=1+1;N;;',
				'I;010190-1234;N;;',
				'J;Other north;Other top;;',
				'O;Fine;N;;nej'
			].join('\n')
		);
		expect(refusalsOf(view)).toEqual([
			[2, 'cycle'],
			[3, 'cycle'],
			[4, 'cycle'],
			[5, 'cycle'],
			[6, 'unknown-parent'],
			[7, 'unknown-setting'],
			[8, 'in-use'],
			[9, 'same-name'],
			[10, 'same-name'],
			[11, 'twice'],
			[12, 'bad-name'],
			[13, 'cpr'],
			[14, 'unknown-parent']
		]);
		expect(await readAll(app)).toEqual(before);
		await importer.apply(view);
		expect((await readAll(app)).workplaces).toHaveLength(before.workplaces!.length + 1);
	});

	test('that is taken back leaves the tree as it was, but for where somebody works by now', async () => {
		const { app, acme, importer } = await makeWorld();
		await importer.bring('workplaces', 'Id;Navn\nN;Acme north\nS;Acme south\n');
		const before = await readAll(app);
		app.setNow(new Date('2026-03-14T10:00:00Z'));
		const view = await importer.bring('workplaces', file);
		await importer.undo(view);
		expect(await readAll(app)).toEqual(before);

		app.setNow(new Date('2026-03-15T09:00:00Z'));
		const again = await importer.bring('workplaces', file);
		const lantern = (await app.db.read.select().from(workplaces)).find(
			({ externalId }) => externalId === 'L'
		);
		await acme.hire('Kim', lantern!.id);
		const undone = await importer.undo(again);
		expect(undone.rows.map(({ change }) => [change.label, change.kept])).toEqual([
			['Socialområdet', 'in-use'],
			['Lanternen', 'in-use']
		]);
	});
});

describe('an import that is taken back', () => {
	test('leaves everything as it was', async () => {
		const { app, acme, importer } = await makeWorld();
		const kim = await acme.hire('Kim', acme.north, 'key-staff');
		await acme.hire('Bo', acme.north);
		const before = await readAll(app);
		const view = await importer.bring(
			'people',
			`navn;mail;arbejdssted;rolle;fravær fra\nKim K;${emailOf(kim)};Acme south;leder;2026-03-01\nEva;eva@acme.example;Acme north;;\n`,
			{ endsMissing: true }
		);
		expect(await readAll(app)).not.toEqual(before);
		const undone = await importer.undo(view);
		expect(undone.import.state).toBe('undone');
		expect(undone.rows).toEqual([]);
		expect(await readAll(app)).toEqual(before);
		await expect(importer.undo(view)).rejects.toMatchObject({ code: 'conflict' });
	});

	test('leaves alone whom somebody has changed since, and says who', async () => {
		const { app, acme, importer } = await makeWorld();
		const kim = await acme.hire('Kim', acme.north);
		const view = await importer.bring(
			'people',
			`navn;mail;arbejdssted\nKim K;${emailOf(kim)};Acme south\nEva;eva@acme.example;Acme north\n`
		);
		await app.db.write((tx) => closePerson(tx, kim.person, '2026-03-15'));
		const undone = await importer.undo(view);
		expect(undone.rows.map(({ line, change }) => [line, change.kept])).toEqual([
			[2, 'changed-since']
		]);
		expect(await findByName(app, 'Kim K')).toMatchObject({ workplaces: [acme.south] });
		await expect(findByName(app, 'Eva')).rejects.toThrow();
	});

	test('closes whom it brought and who has learnt or been here since, and keeps what they finished', async () => {
		const { app, importer } = await makeWorld();
		const view = await importer.bring(
			'people',
			'navn;mail;arbejdssted\nEva;eva@acme.example;Acme north\nIda;ida@acme.example;Acme north\n'
		);
		const eva = await findByName(app, 'Eva');
		await app.db.write((tx) =>
			insertModuleCompletion(tx, {
				person: eva.id,
				course: 'basic',
				module: 'what-is-trauma',
				version: '1',
				day: '2026-03-14',
				source: 'learned',
				cycle: 1
			})
		);
		await importer.undo(view);
		expect(await findByName(app, 'Eva')).toMatchObject({ closedOn: '2026-03-14' });
		await expect(findByName(app, 'Ida')).rejects.toThrow();
	});
});

test('what has changed since the preview is looked at anew', async () => {
	const { app, acme, importer } = await makeWorld();
	const kim = await acme.hire('Kim', acme.north);
	const view = await importer.preview(
		'people',
		`navn;mail;arbejdssted\nKim K;${emailOf(kim)};Acme south\n`
	);
	await app.db.write((tx) =>
		tx.update(people).set({ name: 'Kim Q' }).where(eq(people.id, kim.person))
	);
	const before = await readAll(app);
	expect((await importer.apply(view)).import.state).toBe('stale');
	expect(await readAll(app)).toEqual(before);
});

test('who may not bring lists is refused, and another organisation’s are not there', async () => {
	const { app, acme, other, importer } = await makeWorld();
	const view = await importer.preview(
		'people',
		'navn;mail;arbejdssted\nEva;eva@acme.example;Acme north\n'
	);
	const leader = await acme.hire('Leader', acme.top, 'leader');
	await expect(new Importer(app, leader).view(view.import.id)).rejects.toMatchObject({
		code: 'forbidden'
	});
	const stranger = await other.hire('Admin', other.top, 'administrator');
	await expect(new Importer(app, stranger).view(view.import.id)).rejects.toMatchObject({
		code: 'not-found'
	});
	await expect(new Importer(app, stranger).apply(view)).rejects.toMatchObject({
		code: 'not-found'
	});
	const local = await acme.hire('Local', acme.north, 'administrator');
	await expect(new Importer(app, local).view(view.import.id)).rejects.toMatchObject({
		code: 'not-found'
	});
});
