import type { Locale, Localised } from '#lib/content/localised.ts';
import { addUp, type RunPoint, type SessionKind } from './session-plan.ts';

/** A way to spend an hour or a day together, ready to be changed. */
export interface Recipe {
	kind: SessionKind;
	title: Localised;
	/** What it is for, in one or two sentences. */
	about: Localised;
	/** Whether a scenario is played. */
	plays: boolean;
	/** Lessons of the key-staff track to hand out, as `module/lesson`. */
	sheets: readonly string[];
	points: readonly { minutes: number; heading: Localised; words: Localised }[];
}

/** What is said first, whatever the house has come together for. */
const frame: Localised = {
	da: 'Velkommen. Jeg hedder … Min makker i dag er … Du må springe over, gå ud og komme ind igen. Du skal ikke sige hvorfor. Vi taler ikke om egne traumer, og vi siger ikke navne på borgere. Vi slutter klokken …',
	en: 'Welcome. My name is … My partner today is … You may skip, step out and come back. You need not say why. We do not talk about our own trauma, and we name no citizens. We end at …'
};

const landing: Localised = {
	da: 'Vi slutter her. Se dig omkring, mærk fødderne, pust ud, eller lad være. Bliver noget hængende, så kom til mig, til lederen eller til arbejdsmiljørepræsentanten. Numrene står på arket. Jeg bliver her et kvarter. Tak.',
	en: 'We end here. Look around, feel your feet, breathe out, or do none of it. If something stays with you, come to me, to the leader or to the health and safety representative. The numbers are on the sheet. I stay for a quarter of an hour. Thank you.'
};

const choosing: Localised = {
	da: 'Læs valgene. Vælg ét for dig selv på telefonen. Ingen kan se, hvad du vælger. Tal så med naboen: Hvad kan være godt ved hvert af dem?',
	en: 'Read the choices. Choose one for yourself on the phone. Nobody can see what you choose. Then talk with the person beside you: what may be good about each of them?'
};

/** The four recipes: see the key-staff track, where each has a module of its own. */
export const recipes: readonly Recipe[] = [
	{
		kind: 'exercise',
		title: { da: 'Plenumøvelse', en: 'Plenary exercise' },
		about: {
			da: 'En historie på væggen. Alle vælger på deres telefon, og I taler om det i rummet.',
			en: 'A story on the wall. Everybody chooses on their phone, and you talk about it in the room.'
		},
		plays: true,
		sheets: [
			'plenary-exercise/hand-out-plenary',
			'plenary-exercise/card-when-somebody-is-affected'
		],
		points: [
			{
				minutes: 5,
				heading: { da: 'Rammen', en: 'The frame' },
				words: frame
			},
			{
				minutes: 5,
				heading: { da: 'Stedet og mennesket', en: 'The place and the person' },
				words: {
					da: 'Her er, hvor vi er, og hvem vi møder. Hvad ser I? Hvad ved vi ikke endnu?',
					en: 'This is where we are and whom we meet. What do you see? What do we not know yet?'
				}
			},
			{ minutes: 10, heading: { da: 'Første valg', en: 'First choice' }, words: choosing },
			{
				minutes: 10,
				heading: { da: 'Andet valg', en: 'Second choice' },
				words: {
					da: 'Som før. Vi prøver måske en vej, der kan skade. Det kan rettes op. Hvad gør det ved alarmen?',
					en: 'As before. We may try a way that can do harm. It can be mended. What does it do to the alarm?'
				}
			},
			{
				minutes: 10,
				heading: { da: 'Tredje valg', en: 'Third choice' },
				words: {
					da: 'Som før. Hvordan kommer man tilbage herfra? Er I trætte, springer vi det over.',
					en: 'As before. How does one get back from here? If you are tired, we skip it.'
				}
			},
			{
				minutes: 10,
				heading: { da: 'Hvad ville hjælpe her hos os?', en: 'What would help here with us?' },
				words: {
					da: 'Tænk på steder, tider, ord og regler og ikke på personer. Tal med naboen. Skriv så et forslag på telefonen: Her hos os …',
					en: 'Think of places, times, words and rules, and not of persons. Talk with the person beside you. Then write a suggestion on the phone: Here we …'
				}
			},
			{
				minutes: 5,
				heading: { da: 'Én lille ændring', en: 'One small change' },
				words: {
					da: 'Hvilken kan vi gøre inden 14 dage uden at søge om penge? Hvem ser efter den? Hvilken dag?',
					en: 'Which one can we make within a fortnight without asking for money? Who sees to it? On which day?'
				}
			},
			{ minutes: 3, heading: { da: 'Landing', en: 'Landing' }, words: landing },
			{
				minutes: 2,
				heading: { da: 'Du var her', en: 'You were here' },
				words: {
					da: 'Afstemningerne er slettet nu. Vil du have øvelsen på din liste, så log ind og skriv dagens ord. Det står på væggen.',
					en: 'The votes are deleted now. If you want the exercise on your list, sign in and type the word of the day. It is on the wall.'
				}
			}
		]
	},
	{
		kind: 'sparring',
		title: { da: 'Kollegial sparring', en: 'Peer sparring' },
		about: {
			da: 'Fire til otte kolleger, én sag uden navn og ét næste skridt. Ingen råd.',
			en: 'Four to eight colleagues, one case without a name and one next step. No advice.'
		},
		plays: false,
		sheets: ['peer-sparring/hand-out-six-steps'],
		points: [
			{
				minutes: 3,
				heading: { da: 'Sagen', en: 'The case' },
				words: {
					da: 'Fortæl i tre minutter uden navn og uden kendetegn. Slut med dit spørgsmål. Vi andre lytter.',
					en: 'Tell it in three minutes, without a name and without what gives it away. End with your question. The rest of us listen.'
				}
			},
			{
				minutes: 4,
				heading: { da: 'Spørgsmål, der gør klart', en: 'Questions that make clear' },
				words: {
					da: 'Kun spørgsmål om det, vi ikke forstod. Ingen råd, heller ikke forklædt som spørgsmål.',
					en: 'Only questions about what we did not understand. No advice, not even dressed as a question.'
				}
			},
			{
				minutes: 6,
				heading: {
					da: 'Hvad passer kroppen på?',
					en: 'What is the body protecting?'
				},
				words: {
					da: 'Fortælleren lytter. Vi andre: Hvad prøver personens nervesystem måske at passe på? Sig: Det kunne være …',
					en: 'The teller listens. The rest of us: what may the person’s nervous system be protecting? Say: it could be …'
				}
			},
			{
				minutes: 4,
				heading: { da: 'Hvad skete der i mig?', en: 'What happened in me?' },
				words: {
					da: 'Fortælleren: Hvad mærkede du i kroppen dengang? Og nu? Du må sige pas.',
					en: 'The teller: what did you feel in your body then? And now? You may pass.'
				}
			},
			{
				minutes: 5,
				heading: { da: 'Ét næste skridt', en: 'One next step' },
				words: {
					da: 'Tryghed, tillid, valg, samarbejde, medbestemmelse. Hvilken af dem er der mindst af her? Hvilket lille skridt giver lidt mere? Fortælleren vælger.',
					en: 'Safety, trust, choice, collaboration, empowerment. Which of them is there least of here? Which small step gives a little more? The teller chooses.'
				}
			},
			{
				minutes: 3,
				heading: { da: 'Slut', en: 'Close' },
				words: {
					da: 'Hvad tager du med? Det, vi har hørt, bliver her. Se ud ad vinduet et øjeblik. Tak.',
					en: 'What do you take with you? What we have heard stays here. Look out of the window for a moment. Thank you.'
				}
			}
		]
	},
	{
		kind: 'theme-day',
		title: { da: 'Temadag', en: 'Theme day' },
		about: {
			da: 'To en halv time for hele huset: et kort oplæg, en historie og tre ting, I gør på mandag.',
			en: 'Two and a half hours for the whole house: a short talk, a story and three things you do on Monday.'
		},
		plays: true,
		sheets: [
			'theme-day/hand-out-five-principles',
			'plenary-exercise/hand-out-plenary',
			'plenary-exercise/card-when-somebody-is-affected'
		],
		points: [
			{
				minutes: 3,
				heading: { da: 'Lederen byder velkommen', en: 'The leader says welcome' },
				words: {
					da: 'Det her er vigtigt for os, og jeg er med som jer andre. Det, den enkelte siger i dag, bruger jeg ikke bagefter. Ordet er jeres.',
					en: 'This matters to us, and I take part like the rest of you. What anybody says today I do not use afterwards. The floor is yours.'
				}
			},
			{ minutes: 7, heading: { da: 'Rammen', en: 'The frame' }, words: frame },
			{
				minutes: 10,
				heading: { da: 'Oplægget om alarmen', en: 'The talk about the alarm' },
				words: {
					da: 'Ti minutter om alarmen. Tal med naboen to gange undervejs, ét minut hver gang.',
					en: 'Ten minutes about the alarm. Talk with the person beside you twice on the way, a minute each time.'
				}
			},
			{
				minutes: 25,
				heading: { da: 'Samme opgave, et andet møde', en: 'The same task, another meeting' },
				words: {
					da: 'Tre og tre, gerne fra hver sin funktion. Vælg én opgave, I tit har. Hvad kan gøre den lidt tryggere? Så: én ting fra hver gruppe.',
					en: 'In threes, from different jobs if you can. Choose a task you often have. What can make it a little safer? Then: one thing from each group.'
				}
			},
			{
				minutes: 5,
				heading: { da: 'Det gør vi allerede', en: 'What we do already' },
				words: {
					da: 'Hvad på tavlen gør vi i forvejen? Vi sætter en stjerne.',
					en: 'What on the board do we do already? We put a star there.'
				}
			},
			{
				minutes: 15,
				heading: { da: 'Pause', en: 'Break' },
				words: {
					da: 'Vi begynder igen klokken … Bagefter er der en historie. Vil du ikke være med til den, så kom til det sidste.',
					en: 'We begin again at … Then there is a story. If you would rather not take part in it, come for the last part.'
				}
			},
			{
				minutes: 55,
				heading: { da: 'Historien', en: 'The story' },
				words: {
					da: 'Rammen igen, kort. Så historien på væggen: vælg i stilhed, tal to og to, hør, hvad der sker.',
					en: 'The frame again, briefly. Then the story on the wall: choose in silence, talk in pairs, hear what happens.'
				}
			},
			{
				minutes: 5,
				heading: { da: 'Rejs jer', en: 'Stand up' },
				words: {
					da: 'Rejs jer, gå lidt rundt, eller bliv siddende. Vi går videre om fem minutter.',
					en: 'Stand up, walk about, or stay seated. We go on in five minutes.'
				}
			},
			{
				minutes: 15,
				heading: { da: 'Hvad gør vi på mandag?', en: 'What do we do on Monday?' },
				words: {
					da: 'Det skal være småt, vores at bestemme, og det skal begynde inden 14 dage. Hvem begynder? Hvilken dag? Hvem spørger beboerne?',
					en: 'It is to be small, ours to decide, and begun within a fortnight. Who begins? On which day? Who asks the residents?'
				}
			},
			{
				minutes: 4,
				heading: { da: 'Det, der kommer', en: 'What comes next' },
				words: {
					da: 'Det her var begyndelsen. Næste øvelse er den … Om et halvt år ser vi på aftalerne igen, den …',
					en: 'This was the beginning. The next exercise is on … In half a year we look at the agreements again, on …'
				}
			},
			{ minutes: 6, heading: { da: 'Landing', en: 'Landing' }, words: landing }
		]
	},
	{
		kind: 'follow-up',
		title: { da: 'Opfølgning efter seks måneder', en: 'Six-month follow-up' },
		about: {
			da: 'Halvanden time om det, der holdt, og det, der gled. I tager aftalerne frem og vælger én ting.',
			en: 'An hour and a half about what held and what slid. You bring the agreements back and choose one thing.'
		},
		plays: true,
		sheets: [
			'six-month-follow-up/hand-out-six-months-on',
			'six-month-follow-up/hand-out-three-questions'
		],
		points: [
			{
				minutes: 7,
				heading: { da: 'Velkommen', en: 'Welcome' },
				words: {
					da: 'Vi skal se på det sidste halve år. Ikke for at finde fejl, men for at vælge én ting, vi vil gøre bedre. Du må sige pas, og du må gå ud uden at sige hvorfor. Vi slutter klokken …',
					en: 'We look at the last six months. Not to find faults, but to choose one thing to do better. You may pass, and you may step out without saying why. We end at …'
				}
			},
			{
				minutes: 10,
				heading: { da: 'Aftalerne: hvad holdt?', en: 'The agreements: what held?' },
				words: {
					da: 'Her er det, vi aftalte. Hvad gør vi stadig? Hvem ville opdage det, hvis vi holdt op?',
					en: 'This is what we agreed. What do we still do? Who would notice if we stopped?'
				}
			},
			{
				minutes: 10,
				heading: { da: 'Svarene fra huset', en: 'The answers from the house' },
				words: {
					da: 'Her er svarene på de tre spørgsmål. Hvad bliver du glad for? Hvad overrasker dig? Vi forklarer dem ikke væk.',
					en: 'These are the answers to the three questions. What are you glad of? What surprises you? We do not explain them away.'
				}
			},
			{
				minutes: 17,
				heading: { da: 'Hvad er gledet ud?', en: 'What has slid?' },
				words: {
					da: 'Hvad gjorde vi i begyndelsen, som vi ikke gør mere? Sig vi og ikke de. Hvad fik os til at holde op?',
					en: 'What did we do at first that we no longer do? Say we, and not they. What made us stop?'
				}
			},
			{
				minutes: 8,
				heading: { da: 'Pause', en: 'Break' },
				words: {
					da: 'Otte minutter. Gå gerne udenfor.',
					en: 'Eight minutes. Go outside if you like.'
				}
			},
			{
				minutes: 19,
				heading: { da: 'En ny historie', en: 'A new story' },
				words: {
					da: 'Den handler om … Du må gerne springe den over. Vi er her igen klokken …',
					en: 'It is about … You may skip it. We are back here at …'
				}
			},
			{
				minutes: 11,
				heading: { da: 'Én væk, og én på vej', en: 'One gone, and one on its way' },
				words: {
					da: 'Hvilken udløser har vi fjernet i det halve år, der er gået? Hvilken tager vi nu? Hvem sørger for det, og hvornår er det gjort?',
					en: 'Which trigger have we removed in these six months? Which do we take on now? Who sees to it, and when is it done?'
				}
			},
			{
				minutes: 5,
				heading: { da: 'Lederen siger tre ting', en: 'The leader says three things' },
				words: {
					da: 'Vi har holdt supervision … gange ud af … Den næste er den … Jeg sørger for, at I får tid til det, vi lige har aftalt, ved at …',
					en: 'We have held supervision … times out of … The next one is on … I see to it that you get time for what we have just agreed, by …'
				}
			},
			{ minutes: 3, heading: { da: 'Landing', en: 'Landing' }, words: landing }
		]
	}
];

/** The recipe of a kind. */
export function findRecipe(kind: SessionKind): Recipe {
	const found = recipes.find((recipe) => recipe.kind === kind);
	if (!found) throw new Error(`there is no recipe of kind ${kind}`);
	return found;
}

/** The run sheet that a recipe begins with, in a language. */
export function writeRunSheet({ points }: Recipe, locale: Locale): RunPoint[] {
	return points.map(({ minutes, heading, words }) => ({
		minutes,
		heading: heading[locale],
		words: words[locale]
	}));
}

/** How long a recipe takes, in minutes. */
export function lengthOf(recipe: Recipe): number {
	return addUp(writeRunSheet(recipe, 'da'));
}
