import type { Localised } from '#lib/content/localised.ts';

/** What stands in an exported page besides the player's own words. */
export const storyWords = {
	noScript: {
		da: 'Her kører ingen scripts, så øvelsen kan ikke spilles. Her er den korte tekst i stedet.',
		en: 'Scripts do not run here, so the exercise cannot be played. Here is the short text instead.'
	},
	ways: {
		da: 'Du bestemmer. De to veje er lige gode. Intet bliver gemt eller sendt.',
		en: 'It is up to you. The two ways are equally good. Nothing is saved or sent.'
	},
	contacts: { da: 'Hvis det fylder bagefter', en: 'If it stays with you' },
	back: { da: 'Tilbage til begyndelsen', en: 'Back to the beginning' }
} satisfies Record<string, Localised>;
