import * as m from '#lib/ui/messages/messages.js';
import type { Renewal, Terms } from '../renewal.ts';
import type { RuledRole } from '../rule.ts';

type Locale = 'da' | 'en';

/** A rule, with its names in the language of the page. */
export interface RuleWords {
	role: RuledRole;
	place: string;
	course: string;
	terms: Terms;
}

const everybody: Readonly<Record<RuledRole, (words: { place: string }) => string>> = {
	staff: m.rule_all_staff,
	'contact-staff': m.rule_all_contact_staff,
	'key-staff': m.rule_all_key_staff,
	leader: m.rule_all_leader,
	'peer-supporter': m.rule_all_peer_supporter
};

/**
 * A rule as one would say it: "Alle ansatte i Socialområdet tager Traumebevidst i hverdagen inden 30
 * dage. Det fornyes efter 6 måneder med en opfriskning."
 */
export function sayRule({ role, place, course, terms }: RuleWords, locale: Locale): string {
	// A name with a comma in it is closed by one.
	const who = everybody[role]({ place: place.includes(',') ? `${place},` : place });
	const days = writeUnits(terms.dueDays, 'day', locale);
	const takes = (role === 'staff' ? m.rule_takes : m.rule_takes_plural)({ who, course, days });
	const renewed = sayRenewal(terms.renewal, locale);
	const grace =
		terms.graceDays > 0 ? [m.rule_grace({ days: writeUnits(terms.graceDays, 'day', locale) })] : [];
	return [takes, renewed, ...grace].join(' ');
}

/** How many people a rule reaches. */
export function sayReach(reached: number, locale: Locale): string {
	const number = new Intl.NumberFormat(tags[locale]).format(reached);
	return m.rule_reaches({
		count: reached === 1 ? m.rule_one_person() : m.rule_people({ count: number })
	});
}

function sayRenewal(renewal: Renewal | null, locale: Locale): string {
	if (!renewal) return m.rule_renew_never();
	if ('months' in renewal) {
		const months = writeUnits(renewal.months, 'month', locale);
		return renewal.by === 'refresher'
			? m.rule_renew_months_refresher({ months })
			: m.rule_renew_months_course({ months });
	}
	const from = writeDayOfYear(renewal.from, locale);
	const until = writeDayOfYear(renewal.until, locale);
	return renewal.by === 'refresher'
		? m.rule_renew_window_refresher({ from, until })
		: m.rule_renew_window_course({ from, until });
}

const tags = { da: 'da-DK', en: 'en-GB' } as const;

function writeUnits(value: number, unit: 'day' | 'month', locale: Locale): string {
	return new Intl.NumberFormat(tags[locale], { style: 'unit', unit, unitDisplay: 'long' }).format(
		value
	);
}

/** `MM-DD` as people write it: "1. september", "1 September". */
function writeDayOfYear(day: string, locale: Locale): string {
	return new Intl.DateTimeFormat(tags[locale], {
		timeZone: 'UTC',
		day: 'numeric',
		month: 'long'
	}).format(new Date(`2001-${day}T12:00:00Z`));
}
