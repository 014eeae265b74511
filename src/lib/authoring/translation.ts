import type { Locale, Localised } from '#lib/content/localised.ts';

/** A text in two languages, either of which may not be written yet. */
export type DraftText = Partial<Localised>;

/**
 * How the two languages of a text stand to each other. `missing`: one is written and the other is not.
 * `changed`: one was changed since they were last found to say the same; `locale` is the one to look at.
 */
export type Fit =
	| { readonly is: 'empty' | 'fits' }
	| { readonly is: 'missing' | 'changed'; readonly locale: Locale };

/** Both languages as they were when they were found to say the same, as one word. */
export type Matched = string;

/** How the languages stand to each other, by what they were when they last said the same. */
export function judgeTranslation(text: DraftText, matched: Matched | undefined): Fit {
	const hasDanish = isFilled(text.da);
	const hasEnglish = isFilled(text.en);
	if (!hasDanish && !hasEnglish) return { is: 'empty' };
	if (!hasDanish) return { is: 'missing', locale: 'da' };
	if (!hasEnglish) return { is: 'missing', locale: 'en' };
	if (matched === undefined) return { is: 'fits' };
	const [danish, english] = matched.split(' ');
	const changedDanish = danish !== fingerprint(text.da);
	const changedEnglish = english !== fingerprint(text.en);
	if (changedDanish === changedEnglish) return { is: 'fits' };
	return { is: 'changed', locale: changedDanish ? 'en' : 'da' };
}

/** What is to be kept when both languages say the same. */
export function matchNow({ da, en }: DraftText): Matched {
	return `${fingerprint(da)} ${fingerprint(en)}`;
}

/**
 * What is to be kept once somebody has written in one language and gone on; undefined where nothing
 * changes. Writing in the one that was behind brings them together; so does writing the second of the two.
 */
export function settleTranslation(
	before: DraftText,
	after: DraftText,
	matched: Matched | undefined
): Matched | undefined {
	if (!isFilled(after.da) || !isFilled(after.en)) return undefined;
	if (matched === undefined) {
		// Two texts that stood there already are taken to have said the same until now.
		const since = isFilled(before.da) && isFilled(before.en) ? before : after;
		return matchNow(since);
	}
	const fit = judgeTranslation(after, matched);
	return fit.is === 'fits' && matchNow(after) !== matched ? matchNow(after) : undefined;
}

/** A short word that differs where the texts differ; blanks at both ends do not count. */
function fingerprint(text: string | undefined): string {
	let hash = 0x811c9dc5;
	for (const letter of text?.trim() ?? '') {
		hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
	}
	return hash.toString(36);
}

function isFilled(text: string | undefined): text is string {
	return text !== undefined && /\S/u.test(text);
}
