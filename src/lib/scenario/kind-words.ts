import type { Localised } from '#lib/content/localised.ts';
import type { ChoiceKind, EndingKind } from './model.ts';

/** What a kind of ending tells, as the end of "fortæller, at …" and "tells that …". */
export const endingWords: Readonly<Record<EndingKind, Localised>> = {
	calm: { da: 'der er faldet ro på', en: 'things have calmed down' },
	agreement: { da: 'der er lavet en aftale', en: 'an agreement has been made' },
	help: { da: 'der er hentet hjælp', en: 'help has been fetched' },
	repaired: { da: 'noget gik galt og blev rettet op', en: 'something went wrong and was put right' }
};

/** What an ending tells. A change tells of the kind wherever there is one. */
export function tellEnding(kind: EndingKind | undefined): Localised {
	return kind === undefined ? { da: '', en: '' } : endingWords[kind];
}

/** How a choice lands with the person, as authors and reviewers read it. */
const choiceWords: Readonly<Record<ChoiceKind, Localised>> = {
	good: { da: 'hjælper', en: 'helps' },
	okay: { da: 'kan gå an', en: 'all right' },
	harmful: { da: 'skader', en: 'harms' }
};

/** How a choice lands, likewise. */
export function tellKind(kind: ChoiceKind | undefined): Localised {
	return kind === undefined ? { da: '', en: '' } : choiceWords[kind];
}
