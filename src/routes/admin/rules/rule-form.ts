import * as v from 'valibot';
import type { Renewal } from '#lib/completion/renewal.ts';
import { ruledRoles, type RuleDraft } from '#lib/completion/rule.ts';
import { slug } from '#lib/content/slug.ts';
import { id } from '../forms.ts';

const month = v.pipe(v.string(), v.regex(/^(0[1-9]|1[0-2])$/));
const short = v.pipe(v.string(), v.maxLength(20));

/** The form of a rule, as it is typed; a rule that it changes is in `replaces`. */
export const ruleForm = v.strictObject({
	id,
	replaces: v.union([v.literal(''), id]),
	view: v.optional(v.literal('preview')),
	role: v.picklist(ruledRoles),
	workplace: id,
	course: slug,
	dueDays: short,
	renew: v.picklist(['never', 'months', 'window']),
	months: short,
	from: month,
	until: month,
	by: v.picklist(['refresher', 'course']),
	graceDays: short
});

export type RuleValues = Omit<v.InferOutput<typeof ruleForm>, 'id' | 'replaces' | 'view'>;

/** A whole number as somebody types it; what is none is NaN, which no bounds allow. */
const readNumber = (text: string) => (/^\s*\d{1,5}\s*$/.test(text) ? Number(text) : NaN);

const lastDayOf = (of: string) => new Date(Date.UTC(2001, Number(of), 0)).getUTCDate();

/** A rule as the form says it. */
export function readDraft(values: RuleValues): RuleDraft {
	const { role, workplace, course } = values;
	return {
		role,
		workplace,
		course,
		terms: {
			dueDays: readNumber(values.dueDays),
			graceDays: readNumber(values.graceDays),
			renewal: readRenewal(values)
		}
	};
}

function readRenewal({ renew, by, months, from, until }: RuleValues): Renewal | null {
	if (renew === 'never') return null;
	if (renew === 'months') return { by, months: readNumber(months) };
	return { by, from: `${from}-01`, until: `${until}-${lastDayOf(until)}` };
}

/** A rule as the form shows it. */
export function writeDraft({ role, workplace, course, terms }: RuleDraft): RuleValues {
	const { renewal } = terms;
	const isByMonths = renewal !== null && 'months' in renewal;
	const window = renewal && 'from' in renewal ? renewal : { from: '09-01', until: '10-31' };
	return {
		role,
		workplace,
		course,
		dueDays: String(terms.dueDays),
		renew: renewal ? (isByMonths ? 'months' : 'window') : 'never',
		months: isByMonths ? String(renewal.months) : '12',
		from: window.from.slice(0, 2),
		until: window.until.slice(0, 2),
		by: renewal?.by ?? 'course',
		graceDays: String(terms.graceDays)
	};
}
