import type { Contact, Contacts, LocalContact } from '#lib/content/contacts.ts';
import { localise, type Locale } from '#lib/content/localised.ts';
import { writeDay } from '#lib/time.ts';

/** Somebody to turn to, in one language. */
export interface ContactView {
	slug: string;
	name: string;
	audience: string;
	number: string | null;
	hours: string | null;
	note: string | null;
	link: string | null;
	/** Slug of the only region it is for; null for the whole country. */
	region: string | null;
	/** The date of its source as people write it; null where the source has none. */
	sourceDate: string | null;
	/** False where the source is so old, or undated, that the reader is asked to check the hours. */
	isFresh: boolean;
	/** Others that are shown with it, because it must never be the only way. */
	with: { slug: string; name: string; number: string | null }[];
}

/** Somebody at one's own workplace. */
export type LocalContactView = Pick<
	ContactView,
	'slug' | 'name' | 'audience' | 'number' | 'hours' | 'note'
>;

/** Whom one can turn to, in the order in which the page shows them. */
export interface HelpView {
	danger: ContactView[];
	local: LocalContactView[];
	national: ContactView[];
	regional: ContactView[];
}

/** The European emergency number: what one needs first when there is danger. */
const emergencyNumber = '112';

/** Arranges the support contacts for the page, as of the day given (`YYYY-MM-DD`). */
export function listHelp(contacts: Contacts, locale: Locale, today: string): HelpView {
	const views = contacts.contacts.map((one) => describe(one, contacts.contacts, locale, today));
	const others = views.filter(({ number }) => number !== emergencyNumber);
	return {
		danger: views.filter(({ number }) => number === emergencyNumber),
		local: contacts.local.map((one) => describeCommon(one, locale)),
		national: others.filter(({ region }) => region === null),
		regional: others.filter(({ region }) => region !== null)
	};
}

function describeCommon(contact: LocalContact, locale: Locale): LocalContactView {
	const { slug, name, audience, number, hours, note } = contact;
	return {
		slug,
		name: localise(name, locale),
		audience: localise(audience, locale),
		number: number ?? null,
		hours: hours ? localise(hours, locale) : null,
		note: note ? localise(note, locale) : null
	};
}

function describe(
	contact: Contact,
	all: readonly Contact[],
	locale: Locale,
	today: string
): ContactView {
	const { link, region, lastVerified } = contact;
	return {
		...describeCommon(contact, locale),
		link: link ?? null,
		region: region ?? null,
		sourceDate: lastVerified ? writeSourceDate(lastVerified, locale) : null,
		isFresh: lastVerified !== undefined && isFresh(lastVerified, today),
		with: contact.with.flatMap((wanted) => {
			const other = all.find((one) => one.slug === wanted);
			if (!other) return [];
			return { slug: other.slug, name: localise(other.name, locale), number: other.number ?? null };
		})
	};
}

const monthsFresh = 6;

/**
 * True when a source's date lies at most six months before today. A date that is only a year or a
 * month counts as its first day: rather ask once too often to check the hours.
 */
export function isFresh(sourceDate: string, today: string): boolean {
	const [year = 0, month = 1] = today.split('-').map(Number);
	const oldest = new Date(Date.UTC(year, month - 1 - monthsFresh, Number(today.slice(8)), 12));
	return earliestDay(sourceDate) >= oldest.toISOString().slice(0, 10);
}

function earliestDay(sourceDate: string): string {
	return `${sourceDate}-01-01`.slice(0, 10);
}

/** "2023", "maj 2023", "17. maj 2023": as exact as the source is. */
export function writeSourceDate(sourceDate: string, locale: Locale): string {
	if (sourceDate.length === 4) return sourceDate;
	if (sourceDate.length === 10) return writeDay(sourceDate, locale);
	return new Intl.DateTimeFormat(locale === 'da' ? 'da-DK' : 'en-GB', {
		month: 'long',
		year: 'numeric',
		timeZone: 'UTC'
	}).format(new Date(`${sourceDate}-01T12:00:00Z`));
}
