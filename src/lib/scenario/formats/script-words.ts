import type { Localised } from '#lib/content/localised.ts';
import type { EndingKind } from '../model.ts';

/** What stands in a printed script besides the author's own words. `{…}` is filled in. */
export const scriptWords = {
	kind: { da: 'Drejebog til rollespil', en: 'Script for role-play' },
	minutes: { da: 'Cirka {count} minutter at spille', en: 'About {count} minutes to play' },
	setting: { da: 'Sted: {place}', en: 'Place: {place}' },
	contentNote: { da: 'Før I begynder', en: 'Before you begin' },
	everybody: { da: 'Det har alle brug for', en: 'What everybody needs' },
	people: { da: 'Personer', en: 'People' },
	you: { da: 'Dig', en: 'You' },
	youAbout: {
		da: 'Den, der er på arbejde. I vælger sammen, hvad du siger og gør. Spil det, som du ville gøre det.',
		en: 'The one at work. Together you choose what you say and do. Play it the way you would do it.'
	},
	scales: { da: 'Hold øje undervejs', en: 'Keep track as you go' },
	scalesText: {
		da: 'Én af jer fører skalaerne. Sæt en brik på tallet. Flyt den, når der står det ved et valg. Den stopper ved enderne. Tallene er ikke point.',
		en: 'One of you keeps the scales. Put a marker on the number. Move it when a choice says so. It stops at the ends. The numbers are not points.'
	},
	scale: { da: 'Skala {letter}', en: 'Scale {letter}' },
	begins: { da: 'Begynder på {value}', en: 'Begins at {value}' },
	word: { da: 'Sådan virker {name}', en: 'How {name} seems' },
	values: { da: 'Tal', en: 'Numbers' },
	scenes: { da: 'Historien', en: 'The story' },
	scene: { da: 'Scene {number}', en: 'Scene {number}' },
	insteadOf: {
		da: 'Spil kun denne scene i stedet for scene {number}.',
		en: 'Play this scene only in place of scene {number}.'
	},
	flagged: {
		da: 'Scenen handler om {theme}. Spørg først, om I vil spille den, som den er, eller gå til',
		en: 'This scene is about {theme}. Ask first whether you want to play it as it is, or go to'
	},
	gentler: { da: 'der fortæller det mere nænsomt', en: 'which tells it more gently' },
	auto: {
		da: 'Før I spiller: hvis {condition}, så gå til',
		en: 'Before you play: if {condition}, go to'
	},
	choices: { da: 'Hvad gør du?', en: 'What do you do?' },
	onlyIf: { da: 'Kun hvis {condition}', en: 'Only if {condition}' },
	ifYou: { da: 'Hvis I vælger det, så gå til', en: 'If you choose this, go to' },
	then: { da: 'Det sker', en: 'What happens' },
	move: { da: 'Flyt {moves}.', en: 'Move {moves}.' },
	and: { da: ' og ', en: ' and ' },
	atLeast: { da: 'skala {letter} er {value} eller mere', en: 'scale {letter} is {value} or more' },
	atMost: { da: 'skala {letter} er {value} eller mindre', en: 'scale {letter} is {value} or less' },
	always: { da: 'I er kommet hertil', en: 'you have come this far' },
	ending: { da: 'Slut: {kind}', en: 'The end: {kind}' },
	takeaway: { da: 'Tag det her med', en: 'Take this with you' },
	cards: { da: 'Rollekort', en: 'Role cards' },
	cardsText: { da: 'Klip ud, og giv hver sit.', en: 'Cut these out and give each their own.' },
	lines: { da: 'Det siger {name}', en: 'What {name} says' },
	noLines: {
		da: 'Har ingen faste ord. Svar på det, de andre gør.',
		en: 'Has no set words. Answer what the others do.'
	},
	observer: { da: 'Den, der ser til', en: 'The one who watches' },
	observerAbout: {
		da: 'Læg mærke til stemme, afstand og pauser. Hvornår blev det roligere? Skriv det ned. Sig det bagefter, ikke undervejs.',
		en: 'Notice voice, distance and pauses. When did it get calmer? Write it down. Say it afterwards, not on the way.'
	},
	facilitator: { da: 'Til den, der leder øvelsen', en: 'For the facilitator' },
	facilitatorText: {
		da: 'Stop ved disse scener, og spørg. Giv tid til at tænke, før nogen svarer.',
		en: 'Stop at these scenes and ask. Give time to think before anybody answers.'
	},
	minutesColumn: { da: 'Minutter', en: 'Minutes' },
	questions: { da: 'Spørgsmål', en: 'Questions' },
	sceneColumn: { da: 'Scene', en: 'Scene' },
	afterwards: { da: 'Bagefter', en: 'Afterwards' },
	whys: { da: 'Hvorfor det gik, som det gik', en: 'Why it went as it did' },
	whysText: {
		da: 'Læs det først, når I har spillet. Der er ikke ét rigtigt svar.',
		en: 'Read this only when you have played. There is no one right answer.'
	},
	outcomes: { da: 'Det øver I', en: 'What you practise' },
	contacts: { da: 'Hvis det fylder bagefter', en: 'If it stays with you' },
	contactsText: {
		da: 'Det er ikke svagt at bede om hjælp. Tal med en af dem her.',
		en: 'It is not weak to ask for help. Talk to one of these.'
	}
} satisfies Record<string, Localised>;

export type ScriptWord = keyof typeof scriptWords;

/** What everybody is promised before a role-play, and what lies on the table. */
export const everybodyNeeds: readonly Localised[] = [
	{
		da: 'Alle må sige stop når som helst. Så stopper I med det samme. Ingen skal sige hvorfor.',
		en: 'Anybody may say stop at any time. Then you stop at once. Nobody has to say why.'
	},
	{
		da: 'Ingen spiller sig selv, og ingen spiller en borger eller kollega, I kender.',
		en: 'Nobody plays themselves, and nobody plays a citizen or colleague you know.'
	},
	{
		da: 'Man må se til hele vejen. Det er også at være med.',
		en: 'You may watch all the way through. That is taking part too.'
	},
	{
		da: 'Sæt stolene, så alle kan komme ud ad døren.',
		en: 'Place the chairs so that everybody can get to the door.'
	},
	{
		da: 'Til hver: den her drejebog eller et rollekort. Til bordet: en brik til hver skala.',
		en: 'For each of you: this script or a role card. For the table: a marker for each scale.'
	}
];

export const debriefQuestions: readonly Localised[] = [
	{
		da: 'Læg rollerne fra jer. Sig jeres eget navn højt, og ryst arme og ben.',
		en: 'Put the roles down. Say your own name out loud, and shake your arms and legs.'
	},
	{ da: 'Hvad mærkede du i din egen krop undervejs?', en: 'What did you notice in your own body?' },
	{
		da: 'Hvornår blev det roligere? Hvad havde I gjort lige før?',
		en: 'When did it get calmer? What had you done just before?'
	},
	{
		da: 'Hvornår skruede noget op for alarmen? Hvordan blev det rettet?',
		en: 'When did something turn the alarm up? How was it put right?'
	},
	{ da: 'Hvad ligner det hos os?', en: 'Where is this like our own place?' },
	{
		da: 'Hvad vil du prøve næste gang? Vælg én lille ting.',
		en: 'What will you try next time? Choose one small thing.'
	}
];

export const endingWords: Readonly<Record<EndingKind, Localised>> = {
	calm: { da: 'ro', en: 'calm' },
	agreement: { da: 'en aftale', en: 'an agreement' },
	help: { da: 'hjælp', en: 'help' },
	repaired: { da: 'rettet op', en: 'put right' }
};
