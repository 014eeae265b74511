import { addDays } from '#lib/time.ts';

/** Keys are kept no longer than this, so that who is erased is erased in backups too. */
export const mostDaysOfKeys = 30;

/** The file of a night. */
export const nightlyFile = (day: string) => `holdepunkt-${day}.backup`;

const nightly = /^holdepunkt-(\d{4}-\d\d-\d\d)\.backup(\.keys)?$/;

/**
 * Which files in a folder of nightly backups are over: those older than `days`, and keys after thirty
 * days at the latest. Other files are nobody's concern here.
 */
export function listOver(names: readonly string[], today: string, days: number): string[] {
	const found = names.flatMap((name) => {
		const [, day, keys] = nightly.exec(name) ?? [];
		return day ? [{ name, day, isKeys: keys !== undefined }] : [];
	});
	return found
		.filter(({ day, isKeys }) => {
			const kept = isKeys ? Math.min(days, mostDaysOfKeys) : days;
			return day < addDays(today, -kept);
		})
		.map(({ name }) => name)
		.sort();
}

/** The day of the newest backup in the folder whose keys are there too. */
export function findNewestDay(names: readonly string[]): string | undefined {
	return names
		.filter((name) => nightly.test(name) && names.includes(`${name}.keys`))
		.map((name) => nightly.exec(name)?.[1] ?? '')
		.sort()
		.at(-1);
}
