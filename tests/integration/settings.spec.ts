import { expect, test } from 'vitest';
import {
	changeOrganisation,
	decideRetention,
	readSettings
} from '#lib/workplaces/organisation.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';

async function openMunicipality() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const admin = await org.hire('Ada', org.top, 'administrator');
	return { app, org, admin };
}

test('an administrator changes the name and the language of letters', async () => {
	const { app, admin } = await openMunicipality();
	expect(await changeOrganisation(app, admin, { name: ' Fjordby  Kommune', locale: 'en' })).toEqual(
		{ fault: null }
	);
	expect(await readSettings(app, admin)).toMatchObject({ name: 'Fjordby Kommune', locale: 'en' });
	expect(await changeOrganisation(app, admin, { name: ' ', locale: 'da' })).toEqual({
		fault: 'name-missing'
	});
});

test('times are chosen within their bounds, and what has none to choose is left as it is', async () => {
	const { app, admin } = await openMunicipality();
	expect(await decideRetention(app, admin, { absences: 60, imports: 5 })).toEqual(['imports']);
	expect((await readSettings(app, admin)).retention).toEqual({});
	expect(await decideRetention(app, admin, { absences: 60, audit: 1 })).toEqual([]);
	expect((await readSettings(app, admin)).retention).toEqual({ absences: 60 });
	await decideRetention(app, admin, { absences: 365 });
	expect((await readSettings(app, admin)).retention).toEqual({});
});

test('8.4.1 nobody else reads or changes them', async () => {
	const { app, org } = await openMunicipality();
	const area = await org.hire('Nor', org.north, 'administrator');
	const lea = await org.hire('Lea', org.top, 'leader');
	for (const [actor, code] of [
		[area, 'not-found'],
		[lea, 'forbidden']
	] as const) {
		await expect(readSettings(app, actor)).rejects.toMatchObject({ code });
		await expect(decideRetention(app, actor, { absences: 60 })).rejects.toMatchObject({ code });
		await expect(
			changeOrganisation(app, actor, { name: 'Mine', locale: 'da' })
		).rejects.toMatchObject({ code });
	}
});
