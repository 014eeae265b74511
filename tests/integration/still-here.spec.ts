import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { authorise } from '#lib/access/rights.ts';
import { decideFactorPolicy } from '#lib/workplaces/factor-policies.server.ts';
import { giveRole } from '#lib/workplaces/roles.server.ts';
import { grants } from '#lib/workplaces/tables.server.ts';
import { findPlace } from '#lib/workplaces/tree.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';
import { mayStillListen } from '../../src/routes/still-here.ts';

async function makeListener() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const { person } = await org.hire('Lea', org.north, 'leader');
	const { token: session } = await app.sessions.begin(person, 'password', {}, undefined, {
		factor: 'totp'
	});
	const place = await findPlace(app.db.read, org.north);
	const listens = () =>
		mayStillListen({ app, session }, async (listener) => authorise(listener, 'team.read', place));
	return { app, org, person, session, listens };
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

test('6.3.3 who has not shown the second factor that is demanded of them by now listens no more', async () => {
	const { app, org, person } = await makeListener();
	const begun = await app.sessions.begin(person, 'password');
	const listens = () =>
		mayStillListen({ app, session: begun.token }, async () => Promise.resolve());
	const admin = await org.hire('Ada', org.top, 'administrator');
	await decideFactorPolicy(app, admin, { roles: [], until: '' });
	expect(await listens()).toBe(true);
	await decideFactorPolicy(app, admin, { roles: ['leader'], until: '' });
	expect(await listens()).toBe(false);
	// Asking changes nothing of the session.
	await decideFactorPolicy(app, admin, { roles: [], until: '' });
	expect(await listens()).toBe(true);
});

test('7.3.1 whose session is too long for what they have become listens no more', async () => {
	const { app, org, person, listens } = await makeListener();
	const admin = await org.hire('Ada', org.top, 'administrator');
	await giveRole(app, admin, person, { role: 'administrator', workplace: org.top });
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
