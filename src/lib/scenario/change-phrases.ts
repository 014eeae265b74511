import { inEachLocale, locales, type Locale, type Localised } from '#lib/content/localised.ts';
import type { Path } from '#lib/content/source.ts';
import { sortGuard } from './compare-values.ts';
import type { Author, Auto, Bounds, GaugeWord, Guard } from './model.ts';

/** The name at a position of a path, counted from 0. */
export function readName(path: Path, position: number): string {
	return String(path[position] ?? '');
}

/** A choice by its name and that of its scene. */
export function tellChoice(path: Path): Localised {
	const [scene, choice] = [readName(path, 1), readName(path, 3)];
	return { da: `"${choice}" i "${scene}"`, en: `"${choice}" in "${scene}"` };
}

/** Says that something is there that was not. */
export function tellNew(da: string, en: string, name: string): Localised {
	return { da: `${da} "${name}" er ny.`, en: `${en} "${name}" is new.` };
}

/** Says that something is not there any more. */
export function tellGone(da: string, en: string, name: string): Localised {
	return { da: `${da} "${name}" er væk.`, en: `${en} "${name}" is gone.` };
}

/** Says that something has another name in the file. */
export function tellRenamed(da: string, en: string, before = '', after = ''): Localised {
	return {
		da: `${da} "${before}" hedder nu "${after}" i filen.`,
		en: `${en} "${before}" is named "${after}" in the file now.`
	};
}

/** Says that things stand in another order. */
export function tellReordered(da: string, en: string): Localised {
	return { da: `${da} står i en anden rækkefølge.`, en: `${en} stand in another order.` };
}

/** Says that a text is another one, and where only one language is, which. */
export function tellReworded(
	da: string,
	en: string,
	before?: Localised,
	after?: Localised
): Localised {
	const [first, ...others] = locales.filter((locale) => before?.[locale] !== after?.[locale]);
	const where = first === undefined || others.length > 0 ? { da: '', en: '' } : oneLanguage[first];
	return { da: `${da} er skrevet om${where.da}.`, en: `${en} is reworded${where.en}.` };
}

const oneLanguage: Localised<Localised> = {
	da: { da: ' på dansk, men ikke på engelsk', en: ' in Danish, but not in English' },
	en: { da: ' på engelsk, men ikke på dansk', en: ' in English, but not in Danish' }
};

/** Says what a single value is and was. */
export function tellValue(da: string, en: string) {
	return ({ before, after }: { before?: string | number; after?: string | number }) => ({
		da: `${da} er nu ${after}, før ${before}.`,
		en: `${en} is ${after} now, ${before} before.`
	});
}

/** Says which names have come to a list and which have gone. */
export function tellNames(
	da: string,
	en: string,
	before: readonly string[] = [],
	after: readonly string[] = []
): Localised {
	const come = after.filter((name) => !before.includes(name)).join(', ');
	const gone = before.filter((name) => !after.includes(name)).join(', ');
	if (come === '' && gone === '') {
		return {
			da: `${da}: de samme, skrevet på en anden måde.`,
			en: `${en}: the same, listed otherwise.`
		};
	}
	const parts = [
		...(come === '' ? [] : [{ da: `nu også ${come}`, en: `now also ${come}` }]),
		...(gone === '' ? [] : [{ da: `ikke mere ${gone}`, en: `no longer ${gone}` }])
	];
	return {
		da: `${da}: ${parts.map((part) => part.da).join('; ')}.`,
		en: `${en}: ${parts.map((part) => part.en).join('; ')}.`
	};
}

const roles: Record<Author['role'], Localised> = {
	professional: { da: 'fagperson', en: 'professional' },
	'lived-experience': { da: 'en med egne erfaringer', en: 'somebody with lived experience' }
};

/** Who wrote a scenario. */
export function tellAuthors(authors: readonly Author[], locale: Locale): string {
	return authors
		.map(({ role, name }) => roles[role][locale] + (name === undefined ? '' : ` (${name})`))
		.join(', ');
}

/** The bounds of a gauge. */
export function tellBounds(bounds: Bounds | undefined): Localised {
	return {
		da: `${bounds?.min} til ${bounds?.max}`,
		en: `${bounds?.min} to ${bounds?.max}`
	};
}

/** Says what the words of a gauge are and were, or that only their wording is another. */
export function tellWords(
	gauge: string,
	before: readonly GaugeWord[],
	after: readonly GaugeWord[]
): Localised {
	const [da, en] = [`Ordene for måleren "${gauge}"`, `The words of the gauge "${gauge}"`];
	const list = (words: readonly GaugeWord[], locale: Locale) =>
		words.map(({ upTo, word }) => `${word[locale]} (${upTo})`).join(', ');
	const levels = (words: readonly GaugeWord[]) => words.map(({ upTo }) => upTo).join();
	if (levels(before) !== levels(after)) {
		return {
			da: `${da} er nu ${list(after, 'da')}; før ${list(before, 'da')}.`,
			en: `${en} are ${list(after, 'en')} now; before, ${list(before, 'en')}.`
		};
	}
	const join = (words: readonly GaugeWord[]) => inEachLocale((locale) => list(words, locale));
	return tellReworded(da, `The wording of the gauge "${gauge}"`, join(before), join(after));
}

/** Says when something is possible. */
export function tellGuard(guard: Guard | undefined, locale: Locale): string {
	const { always, when, and, least, most, exactly, anything } = guardWords[locale];
	if (guard === undefined) return always;
	const parts = Object.entries(guard).map(([gauge, { min, max }]) => {
		if (min !== undefined && min === max) return `${gauge} ${exactly} ${min}`;
		const bounds = [
			...(min === undefined ? [] : [`${least} ${min}`]),
			...(max === undefined ? [] : [`${most} ${max}`])
		];
		return `${gauge} ${exactly} ${bounds.length === 0 ? anything : bounds.join(` ${and} `)}`;
	});
	return `${when} ${parts.join(` ${and} `)}`;
}

const guardWords = {
	da: {
		always: 'uanset målerne',
		when: 'når',
		and: 'og',
		least: 'mindst',
		most: 'højst',
		exactly: 'er',
		anything: 'hvad som helst'
	},
	en: {
		always: 'whatever the gauges say',
		when: 'when',
		and: 'and',
		least: 'at least',
		most: 'at most',
		exactly: 'is',
		anything: 'anything'
	}
} as const;

/** Says by how much a choice moves a gauge, and did before. */
export function tellEffect(
	choice: Localised,
	gauge: string,
	before?: number,
	after?: number
): Localised {
	const sign = (change: number) => (change > 0 ? `+${change}` : String(change));
	if (after === undefined) {
		return {
			da: `Valget ${choice.da} flytter ikke måleren "${gauge}" mere, før med ${sign(before ?? 0)}.`,
			en: `The choice ${choice.en} does not move the gauge "${gauge}" any more, before by ${sign(before ?? 0)}.`
		};
	}
	const known =
		before === undefined
			? { da: 'før slet ikke', en: 'before not at all' }
			: { da: `før med ${sign(before)}`, en: `before by ${sign(before)}` };
	return {
		da: `Valget ${choice.da} flytter måleren "${gauge}" med ${sign(after)}, ${known.da}.`,
		en: `The choice ${choice.en} moves the gauge "${gauge}" by ${sign(after)}, ${known.en}.`
	};
}

/** Says of an automatic way that it has come or gone. */
export function tellWay(path: Path, way: Auto | undefined, da: string, en: string): Localised {
	const { when, to } = way ?? { when: {}, to: '' };
	const told = inEachLocale((locale) => tellGuard(sortGuard(when), locale));
	return {
		da: `Den automatiske vej fra "${readName(path, 1)}" til "${to}" (${told.da}) ${da}.`,
		en: `The automatic way from "${readName(path, 1)}" to "${to}" (${told.en}) ${en}.`
	};
}

/** What has become of notes. */
export function tellNotes(before: unknown, after: unknown): Localised {
	if (before === undefined) return { da: 'nye', en: 'new' };
	return after === undefined ? { da: 'væk', en: 'gone' } : { da: 'ændret', en: 'changed' };
}
