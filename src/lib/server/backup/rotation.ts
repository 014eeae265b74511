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
		.filter(
			({ day, isKeys }) =>
				day < addDays(today, -days) ||
				// Made thirty days ago tonight: by tomorrow it would be older than was promised.
				(isKeys && day <= addDays(today, -mostDaysOfKeys))
		)
		.map(({ name }) => name)
		.sort();
}

/**
 * The day of the newest backup in the folder whose keys are there too. One of a day to come was made while
 * the clock was ahead, and says nothing of how old the newest is.
 */
export function findNewestDay(names: readonly string[], today: string): string | undefined {
	return listDays(
		names.filter((name) => names.includes(`${name}.keys`)),
		today
	).at(-1);
}

/** The newest stores in the folder, with or without their keys: later keys fit them. */
export function findNewestStores(names: readonly string[], today: string): string | undefined {
	const day = listDays(names, today).at(-1);
	return day && nightlyFile(day);
}

/** The days until today of which there are stores, oldest first. */
function listDays(names: readonly string[], today: string): string[] {
	return names
		.map((name) => nightly.exec(name))
		.filter((found) => found !== null && found[2] === undefined)
		.map((found) => found?.[1] ?? '')
		.filter((day) => day <= today)
		.sort();
}
