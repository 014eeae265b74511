import type { ChoiceStep, MatchStep, OrderStep } from '#lib/content/course.ts';
import type { Locale } from '#lib/content/localised.ts';
import type { CheckView } from './view.ts';

/** A question as its page shows it. */
export function describeCheck(step: ChoiceStep | OrderStep | MatchStep, locale: Locale): CheckView {
	const common = { kind: 'check', question: step.question[locale] } as const;
	if (step.form === 'order') return { ...common, check: 'order', items: offerItems(step, locale) };
	if (step.form === 'match') return { ...common, check: 'match', ...offerPairs(step, locale) };
	return {
		...common,
		check: step.form,
		options: step.options.map(({ text, right, why }) => ({
			text: text[locale],
			right,
			why: why[locale]
		}))
	};
}

function offerItems({ items, offered }: OrderStep, locale: Locale) {
	return offered.flatMap((id) => {
		const index = items.findIndex((item) => item.id === id);
		const item = items[index];
		return item ? [{ text: item.text[locale], why: item.why[locale], place: index + 1 }] : [];
	});
}

function offerPairs({ pairs, offered }: MatchStep, locale: Locale) {
	const byId = new Map(pairs.map((pair) => [pair.id, pair]));
	return {
		pairs: pairs.map(({ id, left, why }) => ({
			left: left[locale],
			why: why[locale],
			right: offered.indexOf(id)
		})),
		rights: offered.flatMap((id) => {
			const pair = byId.get(id);
			return pair ? [{ text: pair.right[locale], name: pair.rightName[locale] }] : [];
		})
	};
}
