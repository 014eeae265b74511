import { expect, test } from 'vitest';
import { listOwnStandings } from '#lib/completion/cycles.server.ts';
import { settleAll } from '#lib/completion/stale.server.ts';
import { states } from '#lib/completion/state.ts';
import { people } from '#lib/identity/tables.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { loadDemonstration } from '../../src/demonstration/load.server.ts';

test('in the demonstration each state is somebody’s, and one of the staff has two modules left', async () => {
	const app = makeApp();
	await loadDemonstration(app);
	await settleAll(app);
	const found = new Set<string>();
	for (const { id, email } of await app.db.read.select().from(people)) {
		const own = (await listOwnStandings(app.db.read, id)).get('basic');
		expect(own, email ?? id).toMatchObject({ isAsked: true });
		if (own) found.add(own.state);
		const all = app.library.catalogue.course('basic')!.modules.length;
		if (email === 'staff@demo.example')
			expect(own).toMatchObject({ state: 'in-progress', modulesCompleted: all - 2 });
	}
	expect([...found].sort()).toEqual([...states].sort());
});
