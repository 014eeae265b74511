import type { Localised } from '#lib/content/localised.ts';

/** What stands in an exported story besides the author's own words. */
export const tweeWords = {
	begin: { da: 'Begynd.', en: 'Begin.' },
	readInstead: { da: 'Læs den korte tekst i stedet.', en: 'Read the short text instead.' },
	back: { da: 'Tilbage til begyndelsen.', en: 'Back to the beginning.' },
	onward: { da: 'Videre.', en: 'Go on.' },
	about: { da: 'Det næste handler om', en: 'What comes next is about' },
	asItIs: { da: 'Fortæl det, som det er.', en: 'Tell it as it is.' },
	gently: { da: 'Fortæl det mere nænsomt.', en: 'Tell it more gently.' },
	person: { da: 'Den anden', en: 'The other person' },
	takeaway: { da: 'Tag det her med dig', en: 'Take this with you' },
	lookBack: { da: 'Se tilbage på dine valg.', en: 'Look back on your choices.' },
	again: { da: 'Begynd forfra', en: 'Begin again' }
} satisfies Record<string, Localised>;
