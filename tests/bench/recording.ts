import { readPlay, scenario } from '#tests/support/player.ts';
import type { Server } from '#tests/support/server.ts';
import { Visitor } from '#tests/support/visitor.ts';
import { demonstrationAccounts } from '../../src/demonstration/accounts.ts';
import { findWay, openStepFile, prepareMoves, type Sent, type StepStore } from './attempts.ts';
import { post, type Load, type Share } from './load.ts';
import { postSteadily } from './pace.ts';

const connections = 10;

/** A platform that steps are recorded on. */
export interface Recorder {
	/** Where people sign in. */
	origin: string;
	/** Where the steps are sent, where that is not the same, and as whom that must be asked. */
	direct?: { origin: string; headers: Readonly<Record<string, string>> };
	store: StepStore;
}

/** A platform with stores of its own. */
export function recordOn({ origin, dataDir }: Server): Recorder {
	return { origin, store: openStepFile(dataDir) };
}

interface ShareOfMoves extends Share {
	bodies: readonly Sent[];
}

/** Sends the steps that were made ready. @throws {Error} where one was refused or is not in the store. */
export type Recording = () => Promise<Load>;

/**
 * Has learners at the beginning of a scenario, and gives a way to make ready that each of ten connections
 * records so many steps, as fast as it goes or so many a second in all. Making ready writes into the store
 * and holds this process up: whoever measures something else beside waits for that first.
 */
export async function prepareRecording({
	origin,
	direct,
	store
}: Recorder): Promise<(share: number, rate?: number) => Promise<Recording>> {
	const learners: { headers: Record<string, string>; attempt: string; way: string[] }[] = [];
	for (const { email } of demonstrationAccounts) {
		const visitor = await new Visitor(origin).signIn(email);
		await visitor.submit(`/scenarios/${scenario}?/begin`, { again: '1' });
		const play = await readPlay(visitor);
		learners.push({
			headers: { ...visitor.headers, ...direct?.headers },
			attempt: play.attempt.id,
			way: findWay(play.scenario)
		});
	}
	const url = `${direct?.origin ?? origin}/scenarios/${scenario}/moves`;
	return async (share, rate) => {
		const shares: ShareOfMoves[] = [];
		for (let index = 0; index < connections; index += 1) {
			const learner = learners[index % learners.length];
			if (!learner) throw new Error('there is nobody to record anything');
			const { headers, attempt, way } = learner;
			shares.push({ headers, bodies: await prepareMoves(store, attempt, way, share) });
		}
		return async () => {
			const load = await (rate ? postSteadily(url, shares, rate) : post(url, shares));
			const attempts = shares.flatMap(({ bodies }) => bodies.map(({ attempt }) => attempt));
			const kept = await store.countMovesOf([...new Set(attempts)]);
			if (kept !== connections * share) throw new Error(`${kept} steps were kept`);
			return load;
		};
	};
}
