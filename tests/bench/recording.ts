import { readPlay, scenario } from '#tests/support/player.ts';
import type { Server } from '#tests/support/server.ts';
import { Visitor } from '#tests/support/visitor.ts';
import { demonstrationAccounts } from '../../src/demonstration/accounts.ts';
import { countMovesOf, findWay, prepareMoves } from './attempts.ts';
import { post, type Load } from './load.ts';

const connections = 10;

/**
 * Has learners at the beginning of a scenario, and gives a way to have each of ten connections record so
 * many steps, as fast as it goes or so many a second in all.
 *
 * @throws {Error} where a step was refused or is not in the store afterwards.
 */
export async function prepareRecording({
	origin,
	dataDir
}: Server): Promise<(share: number, rate?: number) => Promise<Load>> {
	const learners: { headers: Record<string, string>; attempt: string; way: string[] }[] = [];
	for (const { email } of demonstrationAccounts) {
		const visitor = await new Visitor(origin).signIn(email);
		await visitor.submit(`/scenarios/${scenario}?/begin`, { again: '1' });
		const play = await readPlay(visitor);
		learners.push({
			headers: visitor.headers,
			attempt: play.attempt.id,
			way: findWay(play.scenario)
		});
	}
	return async (share, rate) => {
		const shares = Array.from({ length: connections }, (_, index) => {
			const learner = learners[index % learners.length];
			if (!learner) throw new Error('there is nobody to record anything');
			const { headers, attempt, way } = learner;
			return { headers, bodies: prepareMoves(dataDir, attempt, way, share) };
		});
		const load = await post(`${origin}/scenarios/${scenario}/moves`, shares, rate);
		const attempts = shares.flatMap(({ bodies }) => bodies.map(({ attempt }) => attempt));
		const kept = countMovesOf(dataDir, [...new Set(attempts)]);
		if (kept !== connections * share) throw new Error(`${kept} steps were kept`);
		return load;
	};
}
