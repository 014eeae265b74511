import type { App } from '#lib/app.ts';
import { comparedMonths, comparePoints, type CurvePoint } from '#lib/completion/curve.ts';
import { readCurve } from '#lib/completion/curve.server.ts';
import type { Team } from '#lib/completion/team.server.ts';
import type { Locale } from '#lib/content/localised.ts';
import { writeDay, writeMonth } from '#lib/time.ts';

/** The numbers of a month as they are shown; `of` is null where nobody is asked. */
export interface CurveMonth {
	label: string;
	completed: number;
	of: number | null;
}

export interface CurveView {
	/** Oldest first. */
	months: CurveMonth[];
	/** The top of the scale. */
	max: number;
	/** The workplace beside itself, so many months ago. */
	compared: { months: number; before: CurveMonth }[];
	/** The day of the newest numbers as people write it, where they are not of today. */
	asOf: string | null;
}

/** How one of the workplaces of a team has come along in its course. */
export async function describeCurve(
	app: App,
	team: Team,
	top: Team['tops'][number],
	locale: Locale
): Promise<CurveView> {
	const { points, asOf } = await readCurve(app, team, top);
	return viewCurve(points, asOf, locale);
}

/** The points of a curve as they are shown. */
export function viewCurve(
	points: readonly CurvePoint[],
	asOf: string | null,
	locale: Locale
): CurveView {
	const show = ({ month, valid, total }: CurvePoint) => ({
		label: writeMonth(month, locale),
		completed: valid,
		of: total
	});
	return {
		months: points.map(show),
		max: roundUp(Math.max(1, ...points.map(({ valid, total }) => total ?? valid))),
		compared: comparedMonths.flatMap((months) => {
			const both = comparePoints(points, months);
			return both ? [{ months, before: show(both.before) }] : [];
		}),
		asOf: asOf && writeDay(asOf, locale)
	};
}

/** To an even number, so that half of it is one that can be written. */
function roundUp(value: number): number {
	const step = value <= 20 ? 2 : value <= 100 ? 10 : value <= 1000 ? 100 : 1000;
	return Math.ceil(value / step) * step;
}
