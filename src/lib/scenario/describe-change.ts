import { inEachLocale, type Localised } from '#lib/content/localised.ts';
import type { Change, ChangeCode, ChangeOf } from './change.ts';
import {
	tellNew,
	readName,
	tellRenamed,
	tellReordered,
	tellReworded,
	tellAuthors,
	tellBounds,
	tellChoice,
	tellEffect,
	tellGuard,
	tellNames,
	tellNotes,
	tellValue,
	tellWay,
	tellWords,
	tellGone
} from './change-phrases.ts';
import { tellEnding, tellKind } from './kind-words.ts';
import { isEnding } from './scenes.ts';

type Teller<Code extends ChangeCode> = (change: ChangeOf<Code>) => Localised;

/** A change as a sentence for the author, with the names that stand in the file. */
export function describeChange(change: Change): Localised {
	// Each teller gets the changes of its own code.
	const tell = tellers[change.code] as (change: Change) => Localised;
	return tell(change);
}

const tellers: { readonly [Code in ChangeCode]: Teller<Code> } = {
	'id-changed': tellValue('Id’et', 'The id'),
	'version-changed': tellValue('Versionen', 'The version'),
	'title-reworded': ({ before, after }) => tellReworded('Titlen', 'The title', before, after),
	'summary-reworded': ({ before, after }) => tellReworded('Resuméet', 'The summary', before, after),
	'minutes-changed': tellValue('Antallet af minutter', 'The number of minutes'),
	'setting-changed': tellValue('Stedet', 'The setting'),
	'audience-changed': ({ before, after }) => tellNames('Spor', 'Tracks', before, after),
	'outcomes-changed': ({ before, after }) => tellNames('Mål', 'Outcomes', before, after),
	'content-note-reworded': ({ before, after }) =>
		tellReworded('Indholdsnoten', 'The content note', before, after),
	'text-version-reworded': ({ before, after }) =>
		tellReworded('Den korte tekst', 'The text version', before, after),
	'authors-changed': ({ before = [], after = [] }) => {
		const told = inEachLocale((locale) => [
			tellAuthors(before, locale),
			tellAuthors(after, locale)
		]);
		return {
			da: `Forfatterne er nu ${told.da[1]}; før ${told.da[0]}.`,
			en: `The authors are now ${told.en[1]}; they were ${told.en[0]}.`
		};
	},
	'start-changed': ({ before, after }) => ({
		da: `Historien begynder i "${after}", før i "${before}".`,
		en: `The story begins in "${after}", before in "${before}".`
	}),

	'person-added': ({ path }) => tellNew('Personen', 'The person', readName(path, 1)),
	'person-removed': ({ path }) => tellGone('Personen', 'The person', readName(path, 1)),
	'person-renamed': ({ before, after }) => tellRenamed('Personen', 'The person', before, after),
	'people-reordered': () => tellReordered('Personerne', 'The people'),
	'person-name-changed': ({ path, before, after }) => ({
		da: `Personen "${readName(path, 1)}" hedder nu ${after}, før ${before}.`,
		en: `The person "${readName(path, 1)}" is called ${after} now, ${before} before.`
	}),
	'person-reworded': ({ path, before, after }) =>
		tellReworded(
			`Teksten om "${readName(path, 1)}"`,
			`The text about "${readName(path, 1)}"`,
			before,
			after
		),

	'gauge-added': ({ path }) => tellNew('Måleren', 'The gauge', readName(path, 1)),
	'gauge-removed': ({ path }) => tellGone('Måleren', 'The gauge', readName(path, 1)),
	'gauge-renamed': ({ before, after }) => tellRenamed('Måleren', 'The gauge', before, after),
	'gauges-reordered': () => tellReordered('Målerne', 'The gauges'),
	'gauge-start-changed': ({ path, before, after }) => ({
		da: `Måleren "${readName(path, 1)}" begynder på ${after}, før på ${before}.`,
		en: `The gauge "${readName(path, 1)}" starts at ${after}, before at ${before}.`
	}),
	'gauge-bounds-changed': ({ path, before, after }) => {
		const [now, known] = [tellBounds(after), tellBounds(before)];
		return {
			da: `Måleren "${readName(path, 1)}" går fra ${now.da}, før fra ${known.da}.`,
			en: `The gauge "${readName(path, 1)}" runs from ${now.en}, before from ${known.en}.`
		};
	},
	'gauge-words-changed': ({ path, before = [], after = [] }) =>
		tellWords(readName(path, 1), before, after),

	'scene-added': ({ path, after }) =>
		after && isEnding(after)
			? tellNew('Slutningen', 'The ending', readName(path, 1))
			: tellNew('Scenen', 'The scene', readName(path, 1)),
	'scene-removed': ({ path }) => tellGone('Scenen', 'The scene', readName(path, 1)),
	'scene-renamed': ({ before, after }) => tellRenamed('Scenen', 'The scene', before, after),
	'scenes-reordered': () => tellReordered('Scenerne', 'The scenes'),
	'scene-reworded': ({ path, before, after }) =>
		tellReworded(
			`Teksten i scenen "${readName(path, 1)}"`,
			`The text of the scene "${readName(path, 1)}"`,
			before,
			after
		),
	'scene-became-ending': ({ path, after }) => ({
		da: `Scenen "${readName(path, 1)}" slutter nu historien: ${tellEnding(after).da}. Før skulle man vælge her.`,
		en: `The scene "${readName(path, 1)}" ends the story now: ${tellEnding(after).en}. Before, one chose here.`
	}),
	'scene-became-decision': ({ path, before }) => ({
		da: `I scenen "${readName(path, 1)}" skal man nu vælge; før sluttede historien her: ${tellEnding(before).da}.`,
		en: `In the scene "${readName(path, 1)}" one chooses now; before, the story ended here: ${tellEnding(before).en}.`
	}),
	'speech-added': ({ path, after }) => ({
		da: `I scenen "${readName(path, 1)}" siger "${after?.who}" nu noget.`,
		en: `In the scene "${readName(path, 1)}", "${after?.who}" says something now.`
	}),
	'speech-removed': ({ path, before }) => ({
		da: `I scenen "${readName(path, 1)}" siger "${before?.who}" ikke noget mere.`,
		en: `In the scene "${readName(path, 1)}", "${before?.who}" says nothing any more.`
	}),
	'speech-reworded': ({ path, before, after }) =>
		tellReworded(
			`Det, der siges i scenen "${readName(path, 1)}",`,
			`What is said in the scene "${readName(path, 1)}"`,
			before,
			after
		),
	'speaker-changed': ({ path, before, after }) => ({
		da: `I scenen "${readName(path, 1)}" taler "${after}", før "${before}".`,
		en: `In the scene "${readName(path, 1)}", "${after}" speaks, before "${before}".`
	}),
	'flag-added': ({ path, after }) => ({
		da: `Før scenen "${readName(path, 1)}" nævnes nu temaet "${after?.theme}", og "${after?.alternative}" fortæller det mere nænsomt.`,
		en: `Before the scene "${readName(path, 1)}" the theme "${after?.theme}" is named now, and "${after?.alternative}" tells it more gently.`
	}),
	'flag-removed': ({ path, before }) => ({
		da: `Før scenen "${readName(path, 1)}" nævnes temaet "${before?.theme}" ikke mere.`,
		en: `Before the scene "${readName(path, 1)}" the theme "${before?.theme}" is not named any more.`
	}),
	'theme-changed': ({ path, before, after }) => ({
		da: `Før scenen "${readName(path, 1)}" nævnes temaet "${after}", før "${before}".`,
		en: `Before the scene "${readName(path, 1)}" the theme "${after}" is named, before "${before}".`
	}),
	'alternative-changed': ({ path, before, after }) => ({
		da: `Scenen "${readName(path, 1)}" fortælles mere nænsomt i "${after}", før i "${before}".`,
		en: `The scene "${readName(path, 1)}" is told more gently in "${after}", before in "${before}".`
	}),
	'facilitator-notes-changed': ({ path, before, after }) => {
		const scene = readName(path, 1);
		const now = tellNotes(before, after);
		return {
			da: `Noterne til den, der leder scenen "${scene}", er ${now.da}.`,
			en: `The facilitator’s notes on the scene "${scene}" are ${now.en}.`
		};
	},
	'ending-kind-changed': ({ path, before, after }) => ({
		da: `Slutningen "${readName(path, 1)}" fortæller nu, at ${tellEnding(after).da}; før, at ${tellEnding(before).da}.`,
		en: `The ending "${readName(path, 1)}" tells now that ${tellEnding(after).en}; before, that ${tellEnding(before).en}.`
	}),
	'takeaway-reworded': ({ path, before, after }) =>
		tellReworded(
			`Det, man tager med fra "${readName(path, 1)}",`,
			`The takeaway of "${readName(path, 1)}"`,
			before,
			after
		),

	'way-added': ({ path, after }) => tellWay(path, after, 'er ny', 'is new'),
	'way-removed': ({ path, before }) => tellWay(path, before, 'er væk', 'is gone'),
	'way-guard-changed': ({ path, before, after }) => ({
		da: `En automatisk vej fra "${readName(path, 1)}" tages${after ? ',' : ''} ${tellGuard(after, 'da')}; før ${tellGuard(before, 'da')}.`,
		en: `An automatic way out of "${readName(path, 1)}" is taken ${tellGuard(after, 'en')}; before, ${tellGuard(before, 'en')}.`
	}),
	'way-target-changed': ({ path, before, after }) => ({
		da: `En automatisk vej fra "${readName(path, 1)}" fører til "${after}", før til "${before}".`,
		en: `An automatic way out of "${readName(path, 1)}" leads to "${after}", before to "${before}".`
	}),
	'ways-reordered': ({ path }) =>
		tellReordered(
			`De automatiske veje fra "${readName(path, 1)}"`,
			`The automatic ways out of "${readName(path, 1)}"`
		),

	'choice-added': ({ path, after }) => ({
		da: `Valget ${tellChoice(path).da} er nyt og fører til "${after?.to}".`,
		en: `The choice ${tellChoice(path).en} is new and leads to "${after?.to}".`
	}),
	'choice-removed': ({ path, before }) => ({
		da: `Valget ${tellChoice(path).da} er væk; det førte til "${before?.to}".`,
		en: `The choice ${tellChoice(path).en} is gone; it led to "${before?.to}".`
	}),
	'choice-renamed': ({ path, before, after }) => ({
		da: `Valget "${before}" i "${readName(path, 1)}" hedder nu "${after}" i filen.`,
		en: `The choice "${before}" in "${readName(path, 1)}" is named "${after}" in the file now.`
	}),
	'choices-reordered': ({ path }) =>
		tellReordered(`Valgene i "${readName(path, 1)}"`, `The choices in "${readName(path, 1)}"`),
	'choice-reworded': ({ path, before, after }) =>
		tellReworded(
			`Valget ${tellChoice(path).da}`,
			`The choice ${tellChoice(path).en}`,
			before,
			after
		),
	'kind-changed': ({ path, before, after }) => ({
		da: `Valget ${tellChoice(path).da} står nu som "${tellKind(after).da}", før som "${tellKind(before).da}".`,
		en: `The choice ${tellChoice(path).en} is marked "${tellKind(after).en}" now, before "${tellKind(before).en}".`
	}),
	'effect-changed': ({ path, before, after }) =>
		tellEffect(tellChoice(path), readName(path, 5), before, after),
	'guard-changed': ({ path, before, after }) => ({
		da: `Valget ${tellChoice(path).da} kan vælges${after ? ',' : ''} ${tellGuard(after, 'da')}; før ${tellGuard(before, 'da')}.`,
		en: `The choice ${tellChoice(path).en} is offered ${tellGuard(after, 'en')}; before, ${tellGuard(before, 'en')}.`
	}),
	'choice-outcomes-changed': ({ path, before, after }) =>
		tellNames(
			`Mål for valget ${tellChoice(path).da}`,
			`Outcomes of the choice ${tellChoice(path).en}`,
			before,
			after
		),
	'consequence-reworded': ({ path, before, after }) =>
		tellReworded(
			`Det, der sker efter valget ${tellChoice(path).da},`,
			`The consequence of the choice ${tellChoice(path).en}`,
			before,
			after
		),
	'reason-reworded': ({ path, before, after }) =>
		tellReworded(
			`Begrundelsen for valget ${tellChoice(path).da}`,
			`The reason for the choice ${tellChoice(path).en}`,
			before,
			after
		),
	'target-changed': ({ path, before, after }) => ({
		da: `Valget ${tellChoice(path).da} fører til "${after}", før til "${before}".`,
		en: `The choice ${tellChoice(path).en} leads to "${after}", before to "${before}".`
	})
};
