import { readSource, checkShape } from '#lib/content/source.ts';
import { scenarioFile, type Scenario } from '#lib/scenario/model.ts';
import type { Vocabulary } from '#lib/scenario/vocabulary.ts';

/** A vocabulary just large enough for the scenarios of the tests. */
export const vocabulary: Vocabulary = {
	outcomes: new Set(['TI-S3', 'TI-S5', 'TI-K6', 'TS-S3']),
	settings: new Set(['shelter', 'office']),
	themes: new Map([
		['suicide', { da: 'selvmord', en: 'suicide', mustFlag: true }],
		['self-harm', { da: 'selvskade', en: 'self-harm', mustFlag: true }],
		['restraint', { da: 'fastholdelse', en: 'restraint', mustFlag: true }],
		['rejection', { da: 'at blive afvist', en: 'being turned away', mustFlag: false }]
	]),
	terms: new Set(['trigger', 'trauma-informed']),
	audiences: new Set(['basic', 'practice', 'key-staff', 'leader', 'peer']),
	taught: new Set(['traumebevidst'])
};

export const soundFile = 'courses/scenarios/bus-stop.yaml';

/** A short scenario in canonical form that uses everything the format has. */
export const soundText = `format: 1
id: bus-stop
version: 1
title:
  da: Ved stoppestedet
  en: At the bus stop
summary:
  da: En mand venter på en bus, der er kørt.
  en: A man waits for a bus that has left.
minutes: 3
setting: shelter
audience: [basic, practice]
outcomes: [TI-S3, TI-S5]
contentNote:
  da: Handler om en mand, der bliver afvist. Intet af det vises.
  en: About a man who is turned away. None of it is shown.
textVersion:
  da: |
    Bo venter på bussen. Den er kørt.

    Du siger, hvad du ved, og bliver hos ham.
  en: |
    Bo is waiting for the bus. It has left.

    You say what you know, and stay with him.
authors: [{ role: professional }, { role: lived-experience, name: Vibe }]
people:
  bo:
    name: Bo
    about:
      da: 50 år. Kan godt lide at fiske.
      en: 50 years old. Likes fishing.
gauges:
  alarm:
    start: 4
    min: 0
    max: 10
    words: [{ upTo: 3, da: rolig, en: calm }, { upTo: 7, da: anspændt, en: tense }, { upTo: 10, da: i alarm, en: in alarm }]
  trust:
    start: 2
    min: 0
    max: 4
    words: [{ upTo: 1, da: lukket, en: closed off }, { upTo: 4, da: åben, en: open }]
start: stop
scenes:
  stop:
    text:
      da: Bo ser på tavlen. Bussen er kørt.
      en: Bo looks at the board. The bus has left.
    says:
      who: bo
      da: Kommer der en til?
      en: Is there another one?
    choices:
      answer:
        text:
          da: Du siger det, som det er.
          en: You say it as it is.
        kind: good
        effect: { alarm: -2, trust: +1 }
        outcomes: [TI-S3]
        consequence:
          da: Bo nikker.
          en: Bo nods.
        why:
          da: Han ved nu, hvad der sker.
          en: Now he knows what happens.
        to: refused
      shrug:
        text:
          da: Du trækker på skuldrene.
          en: You shrug.
        kind: harmful
        effect: { alarm: +3, trust: -1 }
        consequence:
          da: Bo vender ryggen til.
          en: Bo turns his back.
        why:
          da: Han får intet at vide.
          en: He is told nothing.
        to: refused
      offer-tea:
        text:
          da: Du byder ham en kop te.
          en: You offer him a cup of tea.
        kind: okay
        when: { alarm: { max: 8 }, trust: { min: 1 } }
        consequence:
          da: Bo tager den.
          en: Bo takes it.
        why:
          da: Det er venligt, men ikke et svar.
          en: It is kind, but no answer.
        to: stop
  refused:
    text:
      da: Chaufføren ryster på hovedet og kører.
      en: The driver shakes his head and drives off.
    flag:
      theme: rejection
      alternative: refused-told
    auto:
      - when: { alarm: { min: 9 } }
        to: overwhelmed
    choices:
      stay:
        text:
          da: Du bliver stående hos Bo.
          en: You stay with Bo.
        kind: good
        effect: { alarm: -2, trust: +1 }
        outcomes: [TI-S5]
        consequence:
          da: I ser på regnen.
          en: You watch the rain.
        why:
          da: Han er ikke alene.
          en: He is not alone.
        to: taxi
      scold:
        text:
          da: Du skælder ud.
          en: You scold him.
        kind: harmful
        effect: { alarm: +3 }
        consequence:
          da: Bo går et skridt væk.
          en: Bo steps away.
        why:
          da: Det er ikke hans skyld.
          en: It is not his fault.
        to: overwhelmed
    facilitator:
      minutes: 5
      ask:
        - da: Hvad ville I gøre?
          en: What would you do?
  refused-told:
    text:
      da: Bo kom ikke med bussen.
      en: Bo did not get on the bus.
    choices:
      stay:
        text:
          da: Du bliver hos ham.
          en: You stay with him.
        kind: good
        effect: { alarm: -2, trust: +1 }
        outcomes: [TI-S5]
        consequence:
          da: I venter sammen.
          en: You wait together.
        why:
          da: Han er ikke alene.
          en: He is not alone.
        to: taxi
      leave:
        text:
          da: Du går din vej.
          en: You walk away.
        kind: harmful
        effect: { alarm: +2 }
        consequence:
          da: Bo ser efter dig.
          en: Bo watches you go.
        why:
          da: Han står alene igen.
          en: He is alone again.
        to: overwhelmed
  overwhelmed:
    text:
      da: Bo hører dig ikke mere.
      en: Bo does not hear you any more.
    choices:
      breathe:
        text:
          da: Du går et skridt tilbage og venter.
          en: You take a step back and wait.
        kind: good
        effect: { alarm: -4 }
        consequence:
          da: Bo puster ud.
          en: Bo breathes out.
        why:
          da: Han får plads.
          en: He is given room.
        to: taxi
      push:
        text:
          da: Du taler videre.
          en: You talk on.
        kind: harmful
        effect: { alarm: +2 }
        consequence:
          da: Bo holder sig for ørerne.
          en: Bo covers his ears.
        why:
          da: Flere ord hjælper ikke nu.
          en: More words do not help now.
        to: overwhelmed
  taxi:
    ending: repaired
    text:
      da: Der kommer en vogn. Bo stiger ind.
      en: A cab comes. Bo gets in.
    takeaway:
      da: Bliv, og sig det, som det er.
      en: Stay, and say it as it is.
`;

/** The scenario of `soundText`, a new object each time. */
export function soundScenario(): Scenario {
	return readScenario(soundText);
}

/** Reads a text that has the shape of a scenario; raises an error for any other. */
export function readScenario(text: string): Scenario {
	const { source } = readSource(text, soundFile);
	const scenario = source && checkShape(scenarioFile, source).output;
	if (!scenario) throw new Error('The text has not the shape of a scenario.');
	return scenario;
}

/** The sound text with one passage, which must stand in it, put in place of another. */
export function breakText(passage: string, instead: string): string {
	if (!soundText.includes(passage)) throw new Error(`The sound text does not hold: ${passage}`);
	return soundText.replace(passage, () => instead);
}

/** The line on which a passage begins, counted from 1. */
export function lineOf(text: string, passage: string): number {
	const offset = text.indexOf(passage);
	if (offset < 0) throw new Error(`The text does not hold: ${passage}`);
	return text.slice(0, offset).split('\n').length;
}
