import type { Locale } from '#lib/content/localised.ts';

/** The language of an answer: the cookie, else the account, else what the browser prefers, else Danish. */
export function negotiateLocale(wishes: {
	cookie: string | undefined;
	account: Locale | null;
	accepted: string | null;
}): Locale {
	if (wishes.cookie === 'da' || wishes.cookie === 'en') return wishes.cookie;
	return wishes.account ?? preferred(wishes.accepted) ?? 'da';
}

/** The first of our languages in an `Accept-Language` header, by its weights; null for none of them. */
function preferred(header: string | null): Locale | null {
	const wanted = (header ?? '')
		.split(',')
		.map((part, index) => {
			const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
			const weight = parameters.map((one) => one.trim()).find((one) => one.startsWith('q='));
			return { tag, index, weight: weight ? Number(weight.slice(2)) : 1 };
		})
		.filter(({ weight }) => weight > 0)
		.sort((a, b) => b.weight - a.weight || a.index - b.index);
	for (const { tag } of wanted) {
		if (tag === 'en' || tag.startsWith('en-')) return 'en';
		// Norwegian and Swedish readers are better served by Danish than by English.
		if (/^(da|nb|nn|no|sv|kl|fo)(-|$)/.test(tag)) return 'da';
	}
	return null;
}
