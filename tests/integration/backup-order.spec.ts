/**
 * The three stores of a backup are held still one after the other, while people go on. Every way in which
 * that can fall into what somebody does is tried, each mended as after every start.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listCompletedModules } from '#lib/completion/completions.server.ts';
import { recordModule } from '#lib/completion/record.server.ts';
import { noteUnrecorded } from '#lib/completion/unrecorded.server.ts';
import { closePerson } from '#lib/identity/people.server.ts';
import { markErased } from '#lib/identity/sweep.server.ts';
import { findLearner, openLearner } from '#lib/practice/learner.server.ts';
import { putBehind } from '#lib/practice/progress.server.ts';
import { progress } from '#lib/practice/tables.server.ts';
import { pinOrder, pinStore } from '#lib/server/backup/pin.server.ts';
import type { StoreName } from '#lib/server/db/store.ts';
import { sweepCompletions } from '../../src/finishing.server.ts';
import { carryOutRetention, eraseOwn } from '../../src/retention.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeFolder } from '#tests/support/folder.ts';
import { makeOrganisation } from '#tests/support/world.ts';

const stores = ['private', 'platform', 'keys'] as const;
/** How many of the steps had been done when each store was held still. */
type Moments = Readonly<Record<StoreName, number>>;

/** Does the steps one after the other, and keeps each store as it was before, between and after them. */
async function copyBetween(app: TestApp, steps: readonly (() => Promise<unknown>)[]) {
	const folder = makeFolder();
	const nameOf = (store: StoreName, done: number) => join(folder, `${store}-${done}`);
	for (let done = 0; done <= steps.length; done += 1) {
		if (done > 0) await steps[done - 1]!();
		for (const store of stores) {
			const pinned = pinStore(app.dataDir, store);
			await pinned.copy(nameOf(store, done));
			pinned.release();
		}
	}
	return (moments: Moments): string => {
		const dataDir = makeFolder();
		for (const store of stores) cpSync(nameOf(store, moments[store]), join(dataDir, `${store}.db`));
		return dataDir;
	};
}

/** All ways in which the stores can be held still among so many steps. */
function listMoments(steps: number): Moments[] {
	const each = Array.from({ length: steps + 1 }, (_, done) => done);
	const all = each.flatMap((one) =>
		each.flatMap((two) => each.map((keys) => ({ private: one, platform: two, keys })))
	);
	return all.sort((a, b) => Number(couldBe(b, pinOrder)) - Number(couldBe(a, pinOrder)));
}

/** The orders of holding still that could have led to these moments. */
const orders: readonly (readonly StoreName[])[] = [
	['private', 'platform', 'keys'],
	['private', 'keys', 'platform'],
	['platform', 'private', 'keys'],
	['platform', 'keys', 'private'],
	['keys', 'private', 'platform'],
	['keys', 'platform', 'private']
];
const couldBe = (moments: Moments, [a, b, c]: readonly StoreName[]) =>
	moments[a!] <= moments[b!] && moments[b!] <= moments[c!];

test('whatever somebody does meanwhile, what a backup holds can be made whole, in this order alone', async () => {
	const broken = new Set<string>();
	const judge = (moments: Moments, isWhole: boolean) => {
		for (const order of isWhole ? [] : orders)
			if (couldBe(moments, order)) broken.add(order.join(', '));
	};
	/** Everything that ours could lead to, and of the others as much as it takes to see that they break. */
	const isWorthTrying = (moments: Moments) =>
		couldBe(moments, pinOrder) ||
		orders.some((order) => couldBe(moments, order) && !broken.has(order.join(', ')));

	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const course = app.library.catalogue.course('basic')!;
	const module = course.modules[0]!;
	const ref = { course: course.slug, module: module.slug };
	const { person } = await org.hire('Kim', org.north);
	const steps = module.steps.map(({ key }) => key);
	const finished = await copyBetween(app, [
		() => openLearner(app.learning, person),
		() => app.db.write((tx) => noteUnrecorded(tx, { person, ...ref })),
		() => putBehind(app.learning, person, ref, steps, app.now()),
		() => recordModule(app, person, course, module.slug)
	]);
	for (const moments of listMoments(4)) {
		if (!isWorthTrying(moments)) continue;
		const copy = makeApp({ dataDir: finished(moments) });
		await sweepCompletions(copy);
		const rows = await copy.learning.private.read.select({ id: progress.id }).from(progress);
		const isTheirs = (await findLearner(copy.learning, person)) !== null;
		const isRecorded = (await listCompletedModules(copy.db.read, person, course.slug, 1)).size > 0;
		judge(moments, rows.length === 0 || (isTheirs && isRecorded));
	}

	const { person: gone } = await org.hire('Ida', org.north);
	await putBehind(app.learning, gone, ref, steps, app.now());
	await app.db.write((tx) => closePerson(tx, gone, '2025-01-01'));
	const erased = await copyBetween(app, [
		() => eraseOwn(app, gone),
		() => app.db.write((tx) => markErased(tx, gone, '2026-03-14'))
	]);
	for (const moments of listMoments(2)) {
		if (!isWorthTrying(moments)) continue;
		const copy = makeApp({ dataDir: erased(moments) });
		await carryOutRetention(copy);
		judge(moments, (await findLearner(copy.learning, gone)) === null);
	}

	expect(orders.filter((order) => !broken.has(order.join(', ')))).toEqual([pinOrder]);
}, 60_000);
