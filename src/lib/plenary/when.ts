import { dayOf, startOfDay } from '#lib/time.ts';

const clock = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'Europe/Copenhagen',
	hour: '2-digit',
	minute: '2-digit'
});

const minute = 60_000;

/** The time of day of a moment in Denmark, `HH:MM`, as a form has it. */
export function timeOf(moment: Date): string {
	return clock.format(moment);
}

/** The time of day as people write it: "14.30" in Danish, "14:30" in English. */
export function writeTime(moment: Date, locale: 'da' | 'en'): string {
	const time = timeOf(moment);
	return locale === 'da' ? time.replace(':', '.') : time;
}

/**
 * The moment of a day and a time of day in Denmark; an invalid date where either makes no sense. Of an
 * hour that comes twice it is the first, and one that is left out is an hour later.
 */
export function momentOf(day: string, time: string): Date {
	const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
	if (hours === undefined || minutes === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day))
		return new Date(NaN);
	const wanted = Number(hours) * 60 + Number(minutes);
	if (Number(hours) > 23 || Number(minutes) > 59) return new Date(NaN);
	const start = startOfDay(day);
	if (Number.isNaN(start.getTime())) return start;
	for (const shift of [-60, 0, 60]) {
		const moment = new Date(start.getTime() + (wanted + shift) * minute);
		if (dayOf(moment) === day && timeOf(moment) === time) return moment;
	}
	return new Date(start.getTime() + wanted * minute);
}

/** Begin and end of each point of a run sheet, in minutes from the beginning. */
export function layOut<Point extends { minutes: number }>(
	points: readonly Point[]
): (Point & { from: number; until: number })[] {
	let from = 0;
	return points.map((point) => {
		const until = from + point.minutes;
		const laid = { ...point, from, until };
		from = until;
		return laid;
	});
}
