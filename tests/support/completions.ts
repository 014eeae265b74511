import type { App } from '#lib/app.ts';
import { listModulesOf } from '#lib/completion/completions.server.ts';
import { listOwnStandings } from '#lib/completion/cycles.server.ts';

/** What a person has completed in the cycles they are in, as `course/module`, in the order of the store. */
export async function modulesDone({ db }: App, person: string): Promise<string[]> {
	return [
		...(await listModulesOf(db.read, person, await listOwnStandings(db.read, person))).keys()
	];
}

/** The courses a person has completed at some time. */
export async function coursesDone({ db }: App, person: string): Promise<string[]> {
	return [...(await listOwnStandings(db.read, person)).values()]
		.filter(({ completedOn }) => completedOn !== null)
		.map(({ course }) => course);
}
