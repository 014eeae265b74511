import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { authorise } from '#lib/access/rights.ts';
import { grants } from '#lib/workplaces/tables.server.ts';
import { findPlace } from '#lib/workplaces/tree.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';
import { mayStillListen } from '../../src/routes/still-here.ts';

async function makeListener() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const { person } = await org.hire('Lea', org.north, 'leader');
	const { token: session } = await app.sessions.begin(person, 'password');
	const place = await findPlace(app.db.read, org.north);
	const listens = () =>
		mayStillListen({ app, session }, async (listener) => authorise(listener, 'team.read', place));
	return { app, person, session, listens };
}

test('7.4.1 who has signed out listens no more', async () => {
	const { app, session, listens } = await makeListener();
	expect(await listens()).toBe(true);
	await app.sessions.end(session);
	expect(await listens()).toBe(false);
});

test('7.4.1 whose right was taken listens no more, though they are signed in', async () => {
	const { app, person, listens } = await makeListener();
	await app.db.write((tx) => tx.delete(grants).where(eq(grants.person, person)));
	expect(await listens()).toBe(false);
});

test('who is not signed in does not listen', async () => {
	const { app } = await makeListener();
	expect(await mayStillListen({ app, session: null }, async () => undefined)).toBe(false);
});

test('a fault is no refusal', async () => {
	const { app, session } = await makeListener();
	const fault = () => Promise.reject(new Error('the store is gone'));
	await expect(mayStillListen({ app, session }, fault)).rejects.toThrow('the store is gone');
});
