import type { TeamMember } from '#lib/completion/team-members.server.ts';
import type { State } from '#lib/completion/state.ts';
import type { Locale } from '#lib/content/localised.ts';
import { writeDay } from '#lib/time.ts';

/** A person as a leader's table shows them: chosen fields only, never a row of the store. */
export interface PersonLine {
	id: string;
	name: string;
	workplaces: string;
	state: State;
	/** As people write it; null while the course is not completed. */
	completedOn: string | null;
	/** As people write it; null where nothing is due. */
	dueOn: string | null;
	modules: { completed: number; total: number };
	/** Whether what is due renews a completion. */
	isRenewal: boolean;
}

interface Listing {
	total: number;
	page: number;
	pages: number;
	people: readonly TeamMember[];
	names: ReadonlyMap<string, string>;
}

export function describePeople(
	{ people, names, ...rest }: Listing,
	course: { modules: number },
	locale: Locale
) {
	return {
		...rest,
		people: people.map((one): PersonLine => ({
			id: one.person,
			name: one.name,
			workplaces: one.workplaces.flatMap((id) => names.get(id) ?? []).join(', '),
			state: one.state,
			completedOn: one.completedOn && writeDay(one.completedOn, locale),
			dueOn: one.dueOn && writeDay(one.dueOn, locale),
			modules: countModules(one, course),
			isRenewal: one.completedOn !== null
		}))
	};
}

/** A refresher is one module; everything else is about the whole course. */
export function countModules(
	{ by, modulesCompleted }: Pick<TeamMember, 'by' | 'modulesCompleted'>,
	{ modules }: { modules: number }
): { completed: number; total: number } {
	const isRefresher = by === 'refresher' && modulesCompleted <= 1;
	return { completed: modulesCompleted, total: isRefresher ? 1 : modules };
}
