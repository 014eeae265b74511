import { listTexts } from './check-texts.ts';
import { locales, type Locale } from './localised.ts';
import { formatPath, type Problem } from './problem.ts';
import type { Path, Source } from './source.ts';

/**
 * Ways of asking somebody for what happened to themselves. Nobody is asked for that here: questions are
 * about work, about others, and about what helps.
 */
const phrases: Readonly<Record<Locale, readonly RegExp[]>> = {
	da: [
		/(?<!\p{L})di(?:t|ne)\s+(?:eget\s+|egne\s+|værste\s+|sværeste\s+)*traum\p{L}*/iu,
		/(?<!\p{L})din\s+(?:egen\s+)?(?:barndom|opvækst|fortid)/iu,
		/(?<!\p{L})(?:fortæl|skriv)\p{L}*\s+(?:lidt\s+)?(?:om\s+)?(?:din|noget\s+(?:af|fra)\s+din)\s+(?:egen\s+)?(?:livs)?historie/iu,
		/(?:du\s+(?:selv\s+)?har|har\s+du)\s+(?:selv\s+|nogensinde\s+|engang\s+)*været\s+udsat\s+for/iu,
		/(?:du\s+(?:selv\s+)?har|har\s+du)\s+(?:selv\s+|nogensinde\s+|engang\s+)*oplevet\s+(?:vold|overgreb|svigt|krig|et\s+traume|traum|noget\s+(?:meget\s+)?(?:voldsomt|traum|lignende))/iu,
		/(?:værste|sværeste|voldsomste|mest\s+voldsomme)(?:\s+\p{L}+){0,2},?\s+(?:som\s+)?(?:du\s+(?:selv\s+)?(?:nogensinde\s+)?har|der\s+er\s+sket\s+(?:for|med)\s+dig)/iu,
		/hvad\s+(?:er\s+der\s+sket|skete\s+der|der\s+(?:er\s+sket|skete))\s+(?:med|for)\s+dig/iu,
		/(?<!\p{L})da\s+du\s+(?:selv\s+)?var\s+(?:barn|lille)/iu
	],
	en: [
		/\byour\s+(?:own\s+|worst\s+|hardest\s+)*(?:traum\w*|childhood|upbringing|past)\b/iu,
		/\b(?:tell|write|share)\w*\s+(?:us\s+|me\s+)?(?:about\s+|something\s+(?:of|from)\s+)?your\s+(?:own\s+)?(?:life\s+)?story\b/iu,
		/\b(?:you\s+(?:yourself\s+)?have|have\s+you)\s+(?:yourself\s+|ever\s+|once\s+)*(?:been\s+(?:abused|assaulted|exposed|subjected|traumati[sz]ed)|experienced\s+(?:violence|abuse|neglect|war|(?:a\s+)?traum\w*|something\s+(?:terrible|traumatic|similar)))/iu,
		/\b(?:worst|hardest|most\s+\w+)\s+(?:thing\s+|experience\s+|memory\s+)?(?:that\s+)?(?:you\s+have\s+ever|(?:has\s+|ever\s+)*happened\s+to\s+you)/iu,
		/\bwhat\s+(?:has\s+)?happened\s+to\s+you\b/iu,
		/\bwhen\s+you\s+were\s+(?:a\s+child|a\s+kid|little|small)\b/iu
	]
};

/** Texts of a YAML file that ask a person something, where they ask for the person's own story. */
export function checkOwnStory(source: Source, asks: (path: Path) => boolean): Problem[] {
	return locales.flatMap((locale) =>
		listTexts(source.value, [], locale).flatMap(({ path, text }) => {
			if (!asks(path)) return [];
			const found = findOwnStory(text, locale);
			return found === undefined ? [] : [report(source, path, found)];
		})
	);
}

/** The words with which a text asks for what happened to the reader; undefined where it does not. */
export function findOwnStory(text: string, locale: Locale): string | undefined {
	for (const phrase of phrases[locale]) {
		const found = phrase.exec(text)?.[0];
		if (found !== undefined) return found.replaceAll(/\s+/gu, ' ');
	}
	return undefined;
}

function report(source: Source, path: Path, found: string): Problem {
	return {
		code: 'asks-own-story',
		severity: 'error',
		file: source.file,
		line: source.lineOf(path),
		path: formatPath(path),
		message: {
			da: `"${found}": Her bliver man spurgt om sin egen historie. Spørg til arbejdet eller til det, der hjælper.`,
			en: `"${found}" asks for the reader's own story; ask about work or about what helps`
		}
	};
}
