import type { Counts, State } from '#lib/completion/state.ts';
import type { TeamReport } from '#lib/completion/team.server.ts';
import type { Locale } from '#lib/content/localised.ts';
import { writeDay } from '#lib/time.ts';

/** A leader's report as the page shows it: chosen fields only, never a row of the store. */
export interface ReportView {
	policy: TeamReport['policy'];
	/** False where some in reach are too few to be counted. */
	isWhole: boolean;
	counts: Counts;
	workplaces: { id: string; name: string; counts: Counts }[];
	people: {
		id: string;
		name: string;
		workplaces: string[];
		state: State;
		/** As people write it; null while the course is not completed. */
		completedOn: string | null;
		modulesCompleted: number;
	}[];
}

export function describeReport(report: TeamReport, locale: Locale): ReportView {
	const nameOf = new Map(report.workplaces.map(({ id, name }) => [id, name]));
	return {
		policy: report.policy,
		isWhole: report.isWhole,
		counts: report.counts,
		workplaces: report.workplaces.map(({ id, name, counts }) => ({ id, name, counts })),
		people: report.people.map((one) => ({
			id: one.person,
			name: one.name,
			workplaces: one.workplaces.flatMap((id) => nameOf.get(id) ?? []),
			state: one.state,
			completedOn: one.completedOn && writeDay(one.completedOn, locale),
			modulesCompleted: one.modulesCompleted
		}))
	};
}
