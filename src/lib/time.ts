/** The time zone in which the platform counts days and months: its workplaces are Danish. */
const zone = 'Europe/Copenhagen';

const parts = new Intl.DateTimeFormat('sv-SE', {
	timeZone: zone,
	year: 'numeric',
	month: '2-digit',
	day: '2-digit'
});

const hour = 60 * 60 * 1000;

/** The hour that was asked about last, with its day: no day begins within an hour of the clock. */
let asked = { hour: NaN, day: '' };

/** The Danish calendar day of a moment, `YYYY-MM-DD`. */
export function dayOf(moment: Date): string {
	const thisHour = Math.floor(moment.getTime() / hour);
	if (asked.hour !== thisHour) asked = { hour: thisHour, day: parts.format(moment) };
	return asked.day;
}

/** The Danish calendar month of a moment, `YYYY-MM`. */
export function monthOf(moment: Date): string {
	return dayOf(moment).slice(0, 7);
}

/** The moment a Danish calendar day begins, in winter as in summer. */
export function startOfDay(day: string): Date {
	const inWinter = new Date(`${day}T00:00:00+01:00`);
	const inSummer = new Date(inWinter.getTime() - hour);
	return dayOf(inSummer) === day ? inSummer : inWinter;
}

/** The day that lies `days` after `day`; negative counts backwards. */
export function addDays(day: string, days: number): string {
	const [year, month, date] = [day.slice(0, 4), day.slice(5, 7), day.slice(8, 10)].map(Number);
	const moment = new Date(Date.UTC(year ?? NaN, (month ?? NaN) - 1, (date ?? NaN) + days));
	return moment.toISOString().slice(0, 10);
}

/** The same day of a later month, or its last day where the month is shorter; negative counts backwards. */
export function addMonths(day: string, months: number): string {
	const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
	const last = new Date(Date.UTC(year, month + months, 0, 12));
	last.setUTCDate(Math.min(date, last.getUTCDate()));
	return last.toISOString().slice(0, 10);
}

/** Whether a text is a calendar day that exists, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const moment = new Date(`${text}T12:00:00Z`);
	return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

/** So many days or months at most are remembered as they were written. */
const mostKnown = 5000;

/** What writes days in both languages, and remembers them: a page has the same few over and over. */
function createWriter(options: Intl.DateTimeFormatOptions) {
	const create = (tag: string) => ({
		format: new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...options }),
		known: new Map<string, string>()
	});
	const writers = { da: create('da-DK'), en: create('en-GB') };
	return (day: string, locale: 'da' | 'en'): string => {
		const { format, known } = writers[locale];
		const before = known.get(day);
		if (before !== undefined) return before;
		const words = format.format(new Date(`${day}T12:00:00Z`));
		if (known.size >= mostKnown) known.clear();
		known.set(day, words);
		return words;
	};
}

/** A day as people write it: "14. marts 2026", "14 March 2026". */
export const writeDay = createWriter({ day: 'numeric', month: 'long', year: 'numeric' });

const writeMonthOf = createWriter({ month: 'long', year: 'numeric' });

/** A month as people write it: "marts 2026", "March 2026". */
export function writeMonth(month: string, locale: 'da' | 'en'): string {
	return writeMonthOf(`${month}-15`, locale);
}

const units = { year: 365.25, month: 30.44, day: 1 } as const;

/** Days as people speak of them: "30 dage", "13 måneder", "5 år". */
export function writeDuration(days: number, locale: 'da' | 'en'): string {
	const unit = days >= 730 ? 'year' : days >= 60 ? 'month' : 'day';
	const tag = locale === 'da' ? 'da-DK' : 'en-GB';
	return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(
		Math.round(days / units[unit])
	);
}
