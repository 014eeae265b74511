import { error } from '@sveltejs/kit';
import { listEndedAttempts } from '#lib/practice/attempts.server.ts';
import { debrief } from '#lib/scenario/debrief.ts';
import { findParting } from '#lib/scenario/partings.ts';
import { replay } from '#lib/scenario/run.ts';
import { findScenarioVersion, isWithdrawn } from '#lib/scenario/versions.server.ts';
import { answer, signedIn } from '../../../respond.ts';
import { requireScenario } from '../../play.server.ts';
import type { PageServerLoad } from './$types';

/** Two of one's own ways; the last two unless the address names others by their ordinals. */
export const load: PageServerLoad = (event) =>
	answer(async () => {
		const { person } = signedIn(event);
		const { app, locale } = event.locals;
		const slug = event.params.scenario;
		requireScenario(app, slug);
		const ended = await listEndedAttempts(app.learning, person, slug);
		const attempts = ended.filter(({ version }) => !isWithdrawn(app, version));
		const find = (name: string, usual: number) => {
			const wanted = event.url.searchParams.get(name);
			return wanted === null
				? attempts.at(usual)
				: attempts.find(({ ordinal }) => String(ordinal) === wanted);
		};
		const chosen = [find('first', -2), find('second', -1)];
		const [first, second] = await Promise.all(
			chosen.map(async (attempt) => {
				if (!attempt) error(404, { message: 'not-found' });
				const { presented } = await findScenarioVersion(app, slug, attempt.version);
				const { run } = replay(presented[locale], attempt.moves);
				const words = run.scenario.gauges['alarm']?.words ?? [];
				const scale: [string, string] = [words[0]?.word ?? '', words.at(-1)?.word ?? ''];
				return { ordinal: attempt.ordinal, version: attempt.version, told: debrief(run), scale };
			})
		);
		if (!first || !second) error(404, { message: 'not-found' });
		return {
			slug,
			title: requireScenario(app, slug).presented[locale].title,
			ordinals: attempts.map(({ ordinal }) => ordinal),
			first,
			second,
			together: findParting(first.told, second.told).together
		};
	});
