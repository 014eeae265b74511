import { describe, expect, test } from 'vitest';
import { newId } from '#lib/id.ts';
import { hashPassword } from '#lib/identity/password.server.ts';
import { closePerson, insertPerson, setPassword } from '#lib/identity/people.server.ts';
import { signIn, signInToDemonstration } from '#lib/identity/sign-in.server.ts';
import { sessions } from '#lib/identity/tables.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';

const password = 'a long enough password';

async function withKim(app: TestApp, email = 'Kim@Acme.example') {
	const { id: organisation } = await makeOrganisation(app, 'Acme');
	const person = newId();
	const hash = await hashPassword(password);
	await app.db.write(async (tx) => {
		await insertPerson(tx, { id: person, organisation, name: 'Kim', email, locale: null });
		await setPassword(tx, person, hash);
	});
	return person;
}

const from = '192.0.2.1';

describe('sign-in', () => {
	test('with the right password begins a session, however the address is written', async () => {
		const app = makeApp();
		const person = await withKim(app);
		const result = await signIn(app, { name: ' KIM@acme.example', password }, from, {});
		expect(result.outcome).toBe('signed-in');
		if (result.outcome !== 'signed-in') return;
		expect(await app.sessions.read(result.token)).toMatchObject({ person, method: 'password' });
	});

	test('6.3.1 is refused in one and the same way, whatever is wrong', async () => {
		const app = makeApp();
		await withKim(app);
		const closed = await withKim(app, 'gone@acme.example');
		await app.db.write((tx) => closePerson(tx, closed, '2026-03-01'));
		for (const input of [
			{ name: 'kim@acme.example', password: 'wrong' },
			{ name: 'nobody@acme.example', password },
			{ name: 'gone@acme.example', password }
		]) {
			expect(await signIn(app, input, from, {})).toEqual({ outcome: 'refused' });
		}
	});

	test('slows down after ten failures, for an unknown person as well', async () => {
		const app = makeApp();
		await withKim(app);
		for (const name of ['kim@acme.example', 'nobody@acme.example']) {
			for (let count = 0; count < 10; count += 1)
				await signIn(app, { name, password: 'wrong' }, from, {});
			const result = await signIn(app, { name, password }, from, {});
			expect(result).toMatchObject({ outcome: 'slow-down' });
		}
	});

	test('7.2.4 ends the session one came with', async () => {
		const app = makeApp();
		await withKim(app);
		const input = { name: 'kim@acme.example', password };
		const first = await signIn(app, input, from, {});
		if (first.outcome !== 'signed-in') throw new Error('sign-in failed');
		await signIn(app, input, from, { previous: first.token });
		expect(await app.sessions.read(first.token)).toBeNull();
	});

	test('6.3.2 as a demonstration account works in a demonstration only', async () => {
		const app = makeApp();
		await withKim(app, 'staff@demo.example');
		const accounts = [{ email: 'staff@demo.example' }];
		const press = () => signInToDemonstration(app, 'staff@demo.example', accounts, {});
		expect(await press()).toEqual({ outcome: 'refused' });
		app.demonstration = true;
		expect((await press()).outcome).toBe('signed-in');
		expect(await signInToDemonstration(app, 'other@demo.example', accounts, {})).toEqual({
			outcome: 'refused'
		});
	});
});

describe('a session', () => {
	async function begin() {
		const app = makeApp();
		const person = await withKim(app);
		return { app, person, ...(await app.sessions.begin(person, 'password')) };
	}

	test('7.2.3 is stored without its token', async () => {
		const { app, token } = await begin();
		const rows = await app.db.read.select().from(sessions);
		expect(rows).toHaveLength(1);
		expect(JSON.stringify(rows)).not.toContain(token);
		expect(token.length).toBeGreaterThanOrEqual(40);
	});

	test('7.4.1 ends with signing out', async () => {
		const { app, token } = await begin();
		await app.sessions.end(token);
		expect(await app.sessions.read(token)).toBeNull();
	});

	test('7.4.1 ends when the person’s access does', async () => {
		const { app, person, token } = await begin();
		await app.db.write((tx) => closePerson(tx, person, '2026-03-14'));
		expect(await app.sessions.read(token)).toBeNull();
	});

	test('ends after seven days, however much it was used', async () => {
		const { app, token } = await begin();
		app.setNow(new Date(app.now().getTime() + 7 * 24 * 60 * 60 * 1000));
		expect(await app.sessions.read(token)).toBeNull();
	});
});
