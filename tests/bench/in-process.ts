import { closeAll } from '#lib/server/shutdown.server.ts';
import { findCredentials } from '#lib/identity/people.server.ts';
import { scenario } from '#tests/support/player.ts';
import { startApp } from '../../src/startup.server.ts';
import { beginPlay, describePlay, recordPlay } from '../../src/routes/scenarios/play.server.ts';
import { findWay, openStepFile, prepareMoves, type Sent } from './attempts.ts';
import type { Ground } from './ground.ts';

/** The platform without its server: real stores, in this process. */
export interface Inside {
	dataDir: string;
	/** Records `count` steps, so many at a time; how many a second it did. */
	record(count: number, atATime: number): Promise<number>;
}

export async function openPlatform(ground: Ground): Promise<Inside> {
	const dataDir = ground.makeFolder();
	Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
	const app = await startApp(false);
	ground.tidyUp(closeAll);
	const person = (await findCredentials(app.db.read, 'staff@demo.example'))?.person ?? '';
	await beginPlay(app, person, scenario);
	const play = await describePlay(app, person, scenario, 'da');
	const way = findWay(play.scenario);

	const record = async (count: number, atATime: number) => {
		const share = Math.floor(count / atATime);
		const store = openStepFile(dataDir);
		const shares: Sent[][] = [];
		for (let index = 0; index < atATime; index += 1)
			shares.push(await prepareMoves(store, play.attempt?.id ?? '', way, share));
		const began = performance.now();
		await Promise.all(
			shares.map(async (moves) => {
				for (const move of moves) await recordPlay(app, person, scenario, move);
			})
		);
		const passed = (performance.now() - began) / 1000;
		const attempts = new Set(shares.flat().map(({ attempt }) => attempt));
		const kept = await store.countMovesOf([...attempts]);
		if (kept !== share * atATime) throw new Error(`${kept} steps were kept`);
		return kept / passed;
	};
	return { dataDir, record };
}
