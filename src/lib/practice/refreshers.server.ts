import { and, asc, eq, inArray } from 'drizzle-orm';
import { newPrivateId } from '#lib/id.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { monthOf } from '#lib/time.ts';
import { findLearner, openLearner, type Learning } from './learner.server.ts';
import { refreshers } from './tables.server.ts';

/** A refresher that was made for one person. */
export interface OwnRefresher {
	/** 1 for the person's first one of the course. */
	ordinal: number;
	/** In the order in which they are met. */
	encounters: readonly { slug: string; isBehind: boolean }[];
	/** Whether it has been landed. */
	isDone: boolean;
}

export const scopeOfRefreshers = (course: string) => `refreshers ${course}`;

async function listRows(read: Reader<'private'> | Writer<'private'>, learner: string) {
	return read
		.select({
			ordinal: refreshers.ordinal,
			encounter: refreshers.encounter,
			state: refreshers.state
		})
		.from(refreshers)
		.where(eq(refreshers.learner, learner))
		.orderBy(asc(refreshers.ordinal), asc(refreshers.position));
}

function findNewest(rows: Awaited<ReturnType<typeof listRows>>): OwnRefresher | null {
	const ordinal = rows.at(-1)?.ordinal;
	if (ordinal === undefined) return null;
	const own = rows.filter((row) => row.ordinal === ordinal);
	return {
		ordinal,
		encounters: own.map(({ encounter, state }) => ({
			slug: encounter,
			isBehind: state !== 'ahead'
		})),
		isDone: own.every(({ state }) => state === 'done')
	};
}

/** The person's newest refresher of a course, what was ever in one of them, and what the next one is drawn with. */
export async function readRefreshers(
	learning: Learning,
	person: string,
	course: string
): Promise<{ newest: OwnRefresher | null; seen: ReadonlySet<string>; seed: string }> {
	const learner = await findLearner(learning, person);
	if (!learner) return { newest: null, seen: new Set(), seed: '' };
	const pseudonym = learner.pseudonym(scopeOfRefreshers(course));
	const rows = await listRows(learning.private.read, pseudonym);
	const newest = findNewest(rows);
	return {
		newest,
		seen: new Set(rows.map(({ encounter }) => encounter)),
		seed: `${pseudonym} ${(newest?.ordinal ?? 0) + 1}`
	};
}

/** Keeps a refresher for the person, unless one is open: then that one goes on. */
export async function openRefresher(
	learning: Learning,
	person: string,
	course: string,
	encounters: readonly string[],
	now: Date
): Promise<void> {
	const learner = (await openLearner(learning, person)).pseudonym(scopeOfRefreshers(course));
	const month = monthOf(now);
	await learning.private.write(async (tx) => {
		const newest = findNewest(await listRows(tx, learner));
		if ((newest && !newest.isDone) || encounters.length === 0) return;
		const ordinal = (newest?.ordinal ?? 0) + 1;
		await tx.insert(refreshers).values(
			encounters.map((encounter, position) => ({
				id: newPrivateId(),
				learner,
				ordinal,
				position,
				encounter,
				state: 'ahead',
				month
			}))
		);
	});
}

/** Puts an encounter of the person's newest refresher behind them, whether played, read or skipped. */
export function putEncounterBehind(
	learning: Learning,
	person: string,
	course: string,
	encounter: string
): Promise<void> {
	return moveOn(learning, person, course, [encounter], { from: 'ahead', to: 'behind' });
}

/** Lands the person's newest refresher; what is still ahead stays so. */
export async function landRefresher(
	learning: Learning,
	person: string,
	course: string
): Promise<void> {
	const { newest } = await readRefreshers(learning, person, course);
	const met = newest?.encounters.map(({ slug }) => slug) ?? [];
	await moveOn(learning, person, course, met, { from: 'behind', to: 'done' });
}

async function moveOn(
	learning: Learning,
	person: string,
	course: string,
	encounters: readonly string[],
	{ from, to }: { from: string; to: string }
): Promise<void> {
	const learner = await findLearner(learning, person);
	if (!learner || encounters.length === 0) return;
	const own = eq(refreshers.learner, learner.pseudonym(scopeOfRefreshers(course)));
	await learning.private.write(async (tx) => {
		await tx
			.update(refreshers)
			.set({ state: to })
			.where(and(own, inArray(refreshers.encounter, [...encounters]), eq(refreshers.state, from)));
	});
}
