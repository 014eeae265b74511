import type { Localised } from '#lib/content/localised.ts';
import type { Place } from './document/place.ts';
import type { DraftProblem } from './document/trace.ts';
import { DraftNames, fieldNames } from './problem-words.ts';

/** What a problem is about, in the order in which they are shown. */
export const problemGroups = ['missing', 'ways', 'care', 'reading', 'frame', 'advice'] as const;
export type ProblemGroup = (typeof problemGroups)[number];

/** Something to mend, as it is told to whoever writes. */
export interface ToldProblem {
	/** The same as long as it is the same problem at the same place. */
	key: string;
	code: string;
	severity: DraftProblem['severity'];
	group: ProblemGroup;
	/** Where it is, in words: the scene and the choice; empty for the scenario as a whole. */
	where: Localised;
	/** What it is, in words that need no knowledge of the file. */
	sentence: Localised;
	/** Where in the draft it is to be mended. */
	place: Place;
	/** The moves from the beginning that show it; only where it can be played. */
	way: readonly string[] | undefined;
}

interface Told {
	names: DraftNames;
	path: readonly string[];
	/** The name of the field. */
	field: Localised;
	problem: DraftProblem;
}

type Tell = (told: Told) => Localised;

/** What the check has found, told in words of the draft with these fields; the gravest groups first. */
export function tellProblems(problems: readonly DraftProblem[], value: unknown): ToldProblem[] {
	const names = new DraftNames(value);
	const told = joinLanguages(problems).flatMap((problem) => tellProblem(problem, names) ?? []);
	const unique = new Map(told.map((problem) => [problem.key, problem]));
	return [...unique.values()].toSorted((a, b) => rank(a) - rank(b));
}

/** A text that is missing in both languages is one thing to write. */
function joinLanguages(problems: readonly DraftProblem[]): DraftProblem[] {
	const baseOf = ({ path }: DraftProblem) => path.slice(0, -3);
	const missing = problems.filter(({ code }) => code === 'missing-language');
	const isInBoth = (problem: DraftProblem) =>
		missing.some((other) => other.path !== problem.path && baseOf(other) === baseOf(problem));
	return problems.flatMap((problem) => {
		if (problem.code !== 'missing-language' || !isInBoth(problem)) return [problem];
		if (problem.path.endsWith('.en')) return [];
		const place = problem.place.replace(/\/da$/u, '');
		return [{ ...problem, code: 'missing-key', path: baseOf(problem), place }];
	});
}

const rank = ({ group }: ToldProblem) => problemGroups.indexOf(group);

function tellProblem(problem: DraftProblem, names: DraftNames): ToldProblem | undefined {
	// The name of the file is not a matter of the draft, and its authors are those who are in it.
	if (problem.code === 'id-not-file-name' || problem.path === 'authors') return undefined;
	const path = problem.path === '' ? [] : problem.path.split('.');
	const field = nameField(path);
	const told = { names, path, field, problem };
	const { way } = problem;
	return {
		key: `${problem.code} ${problem.path}`,
		code: problem.code,
		severity: problem.severity,
		group: groupOf(problem),
		where: tellWhere(path, names),
		sentence: sentences[problem.code]?.(told) ?? tellPlainly(told),
		place: problem.place,
		way
	};
}

function groupOf({ code, severity }: DraftProblem): ProblemGroup {
	if (severity === 'warning') return 'advice';
	return groups[code] ?? 'frame';
}

const groups: Readonly<Record<string, ProblemGroup>> = {
	'missing-key': 'missing',
	'missing-language': 'missing',
	'empty-text': 'missing',
	'empty-list': 'missing',
	'empty-map': 'missing',
	'wrong-type': 'missing',
	'unknown-target': 'ways',
	'never-reached': 'ways',
	'never-offered': 'ways',
	'nothing-to-choose': 'ways',
	'no-way-to-ending': 'ways',
	'auto-loop': 'ways',
	'harmful-choice-ends': 'ways',
	'too-large': 'ways',
	'unsound-alternative': 'care',
	'alternative-entered-directly': 'care',
	'theme-not-flagged': 'care',
	'unknown-theme': 'care',
	'cpr-number': 'care',
	'too-long': 'reading',
	'lix-too-high': 'reading',
	'term-in-plain-text': 'reading',
	'unknown-term': 'reading',
	'raw-html': 'reading',
	'bad-link': 'reading',
	image: 'reading'
};

/** The last step of a path that is the name of a field and not one that an author has given. */
function nameField(path: readonly string[]): Localised {
	for (let at = path.length - 1; at >= 0; at -= 1) {
		const isGiven = ['scenes', 'choices', 'people', 'gauges', 'effect', 'when'].includes(
			path[at - 1] ?? ''
		);
		const found = isGiven ? undefined : fieldNames[path[at] ?? ''];
		if (!found) continue;
		const isOfChoice = path[at] === 'text' && path.includes('choices');
		return isOfChoice ? { da: 'Det, du siger eller gør', en: 'What you say or do' } : found;
	}
	return { da: 'Noget', en: 'Something' };
}

function tellWhere(path: readonly string[], names: DraftNames): Localised {
	const [block, name, inner, choice] = path;
	if (block === 'scenes' && name !== undefined) {
		const scene = names.scene(name);
		if (inner !== 'choices' || choice === undefined) {
			return { da: `Scenen ${scene.da}`, en: `Scene ${scene.en}` };
		}
		const text = names.choice(name, choice);
		return {
			da: `Scenen ${scene.da}, valget ${text.da}`,
			en: `Scene ${scene.en}, choice ${text.en}`
		};
	}
	if (block === 'people' && name !== undefined) {
		const person = names.person(name);
		return { da: `Personen ${person.da}`, en: `Person ${person.en}` };
	}
	if (block === 'gauges' && name !== undefined) {
		const gauge = names.gauge(name);
		return { da: `Måleren ${gauge.da}`, en: `Gauge ${gauge.en}` };
	}
	return { da: 'Om scenariet', en: 'About the scenario' };
}

/** What the check itself says, without the way, which is told beside it. */
function tellPlainly({ problem: { message, way } }: Told): Localised {
	const cut = (text: string) => {
		const plain = way === undefined ? text : text.slice(text.indexOf(': ') + 2);
		const sentence = plain.charAt(0).toUpperCase() + plain.slice(1);
		return /[.!?]$/u.test(sentence) ? sentence : `${sentence}.`;
	};
	return { da: cut(message.da), en: cut(message.en) };
}

const sceneOf = ({ names, path }: Told) => names.scene(path[1] ?? '');

const sentences: Readonly<Record<string, Tell>> = {
	'missing-key': tellMissing,
	'empty-text': tellMissing,
	'wrong-type': tellMissing,
	'missing-language': ({ path, field }) =>
		path.at(-1) === 'en'
			? {
					da: `${field.da}: den engelske tekst mangler.`,
					en: `${field.en}: the English text is missing.`
				}
			: {
					da: `${field.da}: den danske tekst mangler.`,
					en: `${field.en}: the Danish text is missing.`
				},
	'empty-list': ({ field }) => ({
		da: `${field.da}: vælg mindst én.`,
		en: `${field.en}: choose at least one.`
	}),
	'empty-map': ({ path }) =>
		path.at(-1) === 'choices'
			? {
					da: 'Scenen har ingen valg endnu. Skriv mindst ét, eller gør den til en slutning.',
					en: 'The scene has no choices yet. Write at least one, or make it an ending.'
				}
			: {
					da: 'Her er ingen scener endnu. Skriv den første.',
					en: 'There are no scenes yet. Write the first one.'
				},
	'unknown-target': ({ path }) =>
		path[0] === 'start'
			? { da: 'Vælg, hvor historien begynder.', en: 'Choose where the story begins.' }
			: {
					da: 'Det fører hen til en scene, der ikke er der. Vælg en anden.',
					en: 'It leads to a scene that is not there. Choose another one.'
				},
	'unknown-person': () => ({
		da: 'Den, der taler, er ikke blandt personerne. Vælg en anden.',
		en: 'Whoever speaks is not among the people. Choose another one.'
	}),
	'unknown-gauge': () => ({
		da: 'Her bruges en måler, der ikke er der længere. Fjern den her.',
		en: 'This uses a gauge that is no longer there. Remove it here.'
	}),
	'never-reached': () => ({
		da: 'Ingen vej fører hertil. Lad et valg føre til scenen, eller fjern den.',
		en: 'No way leads here. Let a choice lead to the scene, or remove it.'
	}),
	'never-offered': () => ({
		da: 'Valget kan aldrig vælges, for målerne når aldrig dertil. Ret, hvornår det kan vælges.',
		en: 'The choice is never offered, as the gauges never get there. Mend when it can be chosen.'
	}),
	'nothing-to-choose': () => ({
		da: 'På denne vej kommer man hertil, og så kan intet vælges. Lad ét valg altid være muligt.',
		en: 'On this way you come here, and nothing can be chosen. Let one choice always be possible.'
	}),
	'no-way-to-ending': () => ({
		da: 'Herfra når historien aldrig en slutning. Lad et valg føre ud.',
		en: 'From here the story never comes to an ending. Let a choice lead out.'
	}),
	'auto-loop': () => ({
		da: 'Her går historien af sig selv rundt i ring. Lad et af skiftene stoppe.',
		en: 'Here the story goes round in a ring by itself. Let one of the moves stop.'
	}),
	'harmful-choice-ends': () => ({
		da: 'Et valg, der skader, slutter historien med det samme. Før til en scene, hvor det kan rettes op.',
		en: 'A harmful choice ends the story at once. Lead to a scene where it can be put right.'
	}),
	'too-large': () => ({
		da: 'Historien er for stor til at blive gået helt igennem. Brug færre målere eller snævrere grænser.',
		en: 'The story is too large to be walked through. Use fewer gauges, or narrower bounds.'
	}),
	'theme-not-flagged': ({ problem }) => {
		const [sign = ''] = /"[^"]*"/u.exec(problem.message.da) ?? [];
		return {
			da: `Her står ${sign}. Marker temaet, og skriv en mere nænsom udgave af scenen.`,
			en: `This says ${sign}. Flag the theme, and write a gentler telling of the scene.`
		};
	},
	'alternative-entered-directly': ({ problem }) => {
		const [, name = ''] = /"([^"]*)"/u.exec(problem.message.da) ?? [];
		const readable = new DraftNames(undefined).scene(name);
		return {
			da: `${readable.da} er en nænsom udgave og nås kun, når man vælger det. Før til den markerede scene.`,
			en: `${readable.en} is a gentler telling, entered only by choosing it. Lead to the flagged scene.`
		};
	},
	'missing-gauge': () => ({
		da: 'Hver historie har måleren "alarm". Tilføj den.',
		en: 'Every story has the gauge "alarm". Add it.'
	}),
	'unknown-setting': () => ({ da: 'Vælg, hvor det sker.', en: 'Choose where it takes place.' }),
	'unknown-theme': () => ({ da: 'Vælg et tema.', en: 'Choose a theme.' }),
	'unknown-audience': () => ({ da: 'Vælg, hvem den er for.', en: 'Choose who it is for.' }),
	'too-long': ({ field, problem, path }) => {
		const [actual, most] = [...problem.message.en.matchAll(/\d+/gu)].map(([number]) => number);
		const isDanish = path.at(-1) === 'da';
		const unit = problem.message.en.includes('characters')
			? { da: 'tegn', en: 'characters' }
			: { da: 'ord', en: 'words' };
		return {
			da: `${field.da} (${isDanish ? 'dansk' : 'engelsk'}) er på ${actual} ${unit.da}. Der er plads til ${most}.`,
			en: `${field.en} (${isDanish ? 'Danish' : 'English'}) has ${actual} ${unit.en}. There is room for ${most}.`
		};
	},
	'lix-too-high': ({ problem, path }) => {
		const [lix = '', most = ''] = problem.message.en.match(/\d+(?:\.\d+)?/gu) ?? [];
		const all = path[0] === 'scenes';
		return {
			da: `${all ? 'Scenens danske tekst' : 'Den danske tekst'} har lixtal ${lix.replace('.', ',')}. Det må højst være ${most}. Skriv kortere sætninger og kortere ord.`,
			en: `The Danish text${all ? ' of the scene' : ''} has LIX ${lix}. It may be ${most} at most. Write shorter sentences and shorter words.`
		};
	},
	'id-not-kebab-case': ({ path }) => ({
		da: `"${path.at(-1) === 'id' ? '' : (path.at(-1) ?? '')}" kan ikke bruges som navn. Brug små bogstaver a-z, tal og bindestreg.`,
		en: `"${path.at(-1) === 'id' ? '' : (path.at(-1) ?? '')}" cannot be used as a name. Use small letters a-z, digits and hyphens.`
	}),
	'outcome-not-trained': ({ names, path }) => ({
		da: `Læringsmålet ${tellName(names.at(path))} er nævnt, men intet valg øver det.`,
		en: `The outcome ${tellName(names.at(path))} is named, but no choice trains it.`
	}),
	'gauge-never-changes': () => ({
		da: 'Intet valg flytter måleren. Det er i orden, hvis den kun skal vises.',
		en: 'No choice changes the gauge. That is fine if it is only to be shown.'
	}),
	'no-good-choice': (told) => ({
		da: `Ingen af valgene i ${sceneOf(told).da} hjælper. Vis også noget, der gør.`,
		en: `None of the choices in ${sceneOf(told).en} helps. Show something that does as well.`
	}),
	'no-harmful-choice': (told) => ({
		da: `Ingen af valgene i ${sceneOf(told).da} skader. Vis også en fejl, man kan lære af.`,
		en: `None of the choices in ${sceneOf(told).en} does harm. Show a mistake to learn from as well.`
	})
};

function tellMissing({ field, path }: Told): Localised {
	const isWholeText = !['da', 'en'].includes(path.at(-1) ?? '');
	if (path.at(-1) === 'to') {
		return { da: 'Vælg, hvor det fører hen.', en: 'Choose where it leads.' };
	}
	if (isWholeText) return { da: `${field.da} mangler.`, en: `${field.en} is missing.` };
	return path.at(-1) === 'en'
		? {
				da: `${field.da}: den engelske tekst mangler.`,
				en: `${field.en}: the English text is missing.`
			}
		: {
				da: `${field.da}: den danske tekst mangler.`,
				en: `${field.en}: the Danish text is missing.`
			};
}

function tellName(name: unknown): string {
	return typeof name === 'string' ? name : '';
}
