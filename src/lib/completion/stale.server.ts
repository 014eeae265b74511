import { asc, eq, inArray, lte } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { given, one, prepared } from '#lib/server/db/prepared.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { listOwnStandings } from './cycles.server.ts';
import { settle, settledAtOnce } from './settle.server.ts';
import { standings, staleStandings, staleTallies } from './tables.server.ts';
import { recount } from './tally.server.ts';

/** How many transactions a page may wait for; what is left then is settled in the background. */
const patience = 3;

const waitingPerson = (read: Reader) =>
	prepared(read, 'stale_standing', (handle) =>
		handle
			.select({ person: staleStandings.person })
			.from(staleStandings)
			.limit(one)
			.prepare('stale_standing')
	);

const waitingWorkplace = (read: Reader) =>
	prepared(read, 'stale_tally', (handle) =>
		handle
			.select({ workplace: staleTallies.workplace })
			.from(staleTallies)
			.limit(one)
			.prepare('stale_tally')
	);

const waitingForDay = (read: Reader) =>
	prepared(read, 'standing_of_earlier_day', (handle) =>
		handle
			.select({ person: standings.person })
			.from(standings)
			.where(lte(standings.nextOn, given('today')))
			.limit(one)
			.prepare('standing_of_earlier_day')
	);

/** Whether everything that is kept is as of now. */
export async function isSettled({ db, now }: App): Promise<boolean> {
	const today = dayOf(now());
	const waiting = [
		...(await waitingPerson(db.read).execute()),
		...(await waitingWorkplace(db.read).execute()),
		...(await waitingForDay(db.read).execute({ today }))
	];
	return waiting.length === 0;
}

const waitingOne = (read: Reader) =>
	prepared(read, 'stale_standing_of', (handle) =>
		handle
			.select({ person: staleStandings.person })
			.from(staleStandings)
			.where(eq(staleStandings.person, given('person')))
			.prepare('stale_standing_of')
	);

/** Where a person stands in every course, as of now: brought up to date first where anything has waited. */
export async function readOwnStandings(app: App, person: string) {
	const { read } = app.db;
	const today = dayOf(app.now());
	const own = await listOwnStandings(read, person);
	const hasWaited =
		[...own.values()].some(({ nextOn }) => nextOn !== null && nextOn <= today) ||
		(await waitingOne(read).execute({ person })).length > 0;
	if (!hasWaited) return own;
	await app.db.write((tx) => settle(tx, app.library.catalogue, [person], today));
	return listOwnStandings(read, person);
}

/** Brings standings and counts up to date for who is about to show them, as far as one may wait for it. */
export async function settleForPage(app: App): Promise<void> {
	for (let turn = 0; turn < patience && !(await isSettled(app)); turn += 1) await settleSome(app);
}

/**
 * Brings all standings and counts up to date, a transaction for some people at a time, so that others
 * write in between.
 */
export async function settleAll(app: App): Promise<void> {
	while (!(await isSettled(app))) await settleSome(app);
}

/** The most workplaces that are counted anew in one transaction; one may be a whole country. */
const recountedAtOnce = 5;

/** Settles some of what has waited: people, then those whose day has come, then workplaces. */
async function settleSome(app: App): Promise<void> {
	const { catalogue } = app.library;
	await app.db.write(async (tx) => {
		const today = dayOf(app.now());
		const marked = await tx
			.select({ person: staleStandings.person })
			.from(staleStandings)
			.orderBy(asc(staleStandings.person))
			.limit(settledAtOnce);
		const left = settledAtOnce - marked.length;
		const due =
			left > 0
				? await tx
						.selectDistinct({ person: standings.person })
						.from(standings)
						.where(lte(standings.nextOn, today))
						.limit(left)
				: [];
		const waiting = [...marked, ...due].map(({ person }) => person);
		if (waiting.length === 0) return recountSome(tx, today);
		await settle(tx, catalogue, waiting, today);
	});
}

/** Workplaces whose tree has changed; what was added to their counts meanwhile is counted with them. */
async function recountSome(tx: Writer, today: string): Promise<void> {
	const rows = await tx.select().from(staleTallies).limit(recountedAtOnce);
	const some = rows.map(({ workplace }) => workplace);
	if (some.length === 0) return;
	await recount(tx, some, today.slice(0, 7));
	await tx.delete(staleTallies).where(inArray(staleTallies.workplace, some));
}
