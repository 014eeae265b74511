import type { Localised } from '#lib/content/localised.ts';
import { suggestNearest } from '#lib/content/nearest.ts';
import type { Problem } from '#lib/content/problem.ts';
import { readPassages, type Passage } from './twee-passages.ts';
import { ownTag, passages as frame } from './twee-roles.ts';
import type { Dialect, LeftKind, Piece } from './twee-pieces.ts';
import { guessDialect, scanPassage } from './twee-scan.ts';

/** Something of a Twee file that a scenario has no place for. */
export interface Left {
	passage: string;
	/** Counted from 1. */
	line: number;
	what: LeftKind | 'special' | 'tag' | 'condition' | 'jump';
	/** As it stands in the file. */
	source: string;
}

/** What a Twee file tells, before it is made into a scenario. */
export interface TweeStory {
	title: string;
	dialect: Dialect;
	/** Whether it has come from here, so that its tags and boxes mean what we mean by them. */
	isOwn: boolean;
	/** The passages that are told, in the order of the file or, where that is the alphabet's, of the story. */
	scenes: Passage[];
	/** All others, by name: what is around an own story, and what story formats have for themselves. */
	others: ReadonlyMap<string, Passage>;
	start: string;
	left: Left[];
}

/** Larger files are no stories written by hand. */
const mostCharacters = 1_000_000;

/** Reads a Twee file. Null, with the reason, where no story can be found in it. */
export function readStory(
	content: string | Uint8Array,
	file: string
): { story: TweeStory | null; problems: Problem[] } {
	const problems = new TweeProblems(file);
	const text = typeof content === 'string' ? content : decode(content, problems);
	if (text === undefined) return { story: null, problems: problems.found };
	if (text.length > mostCharacters) {
		problems.error('too-large', 1, '', {
			da: `Filen har ${text.length} tegn; højst ${mostCharacters}. Del historien.`,
			en: `the file has ${text.length} characters; at most ${mostCharacters}: split the story`
		});
		return { story: null, problems: problems.found };
	}
	if (looksForeign(text, problems)) return { story: null, problems: problems.found };
	const { passages, strayLine } = readPassages(text);
	const named = passages.filter((passage) => checkName(passage, problems));
	if (named.length === 0) {
		problems.error('no-passages', 1, '', {
			da: 'Her er ingen passager; en passage begynder med en linje som ":: Navn".',
			en: 'there are no passages here; a passage begins with a line such as ":: Name"'
		});
		return { story: null, problems: problems.found };
	}
	if (strayLine !== undefined) {
		problems.warn('text-before-passages', strayLine, '', {
			da: 'Her står noget før den første passage; det er ikke med i historien.',
			en: 'something stands before the first passage; it is not part of the story'
		});
	}
	const story = sortOut(named, problems);
	if (story.scenes.length > 0) return { story, problems: problems.found };
	problems.error('no-passages', 1, '', {
		da: 'Ingen af passagerne fortæller noget; her er kun titler, scripts og lignende.',
		en: 'none of the passages tells anything: there are only titles, scripts and the like'
	});
	return { story: null, problems: problems.found };
}

/** The pieces of a passage, each with the line of the file it stands on. */
export function readPieces(passage: Passage, dialect: Dialect): (Piece & { line: number })[] {
	let line = passage.line + 1;
	let at = 0;
	return scanPassage(passage.text, dialect).map((piece) => {
		line += passage.text.slice(at, piece.at).split('\n').length - 1;
		at = piece.at;
		return { ...piece, line };
	});
}

/** Gathers what is wrong with a Twee file. */
export class TweeProblems {
	readonly found: Problem[] = [];
	readonly #file: string;

	constructor(file: string) {
		this.#file = file;
	}

	error(code: string, line: number, path: string, message: Localised): void {
		this.found.push({ code, severity: 'error', file: this.#file, line, path, message });
	}

	warn(code: string, line: number, path: string, message: Localised): void {
		this.found.push({ code, severity: 'warning', file: this.#file, line, path, message });
	}
}

function decode(bytes: Uint8Array, problems: TweeProblems): string | undefined {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		const [before = ''] = new TextDecoder().decode(bytes).split('\uFFFD', 1);
		problems.error('not-utf-8', before.split('\n').length, '', {
			da: 'Filen er ikke skrevet i UTF-8; gem den igen som UTF-8.',
			en: 'the file is not written in UTF-8; save it again as UTF-8'
		});
		return undefined;
	}
}

function looksForeign(text: string, problems: TweeProblems): boolean {
	if (text.slice(0, 2_000).includes('\0')) {
		problems.error('not-utf-8', 1, '', {
			da: 'Filen er ikke en tekst i UTF-8; gem den igen som UTF-8.',
			en: 'the file is no text in UTF-8; save it again as UTF-8'
		});
		return true;
	}
	if (!/^::/mu.test(text) && /<tw-storydata|<!doctype html|<html/iu.test(text)) {
		problems.error('not-twee', 1, '', {
			da: 'Det her er en webside; åbn historien i Twine, og vælg "Export as Twee".',
			en: 'this is a web page; open the story in Twine and choose "Export as Twee"'
		});
		return true;
	}
	return false;
}

function checkName({ name, line }: Passage, problems: TweeProblems): boolean {
	if (name !== '') return true;
	problems.error('passage-without-name', line, '', {
		da: 'Passagen har intet navn; skriv et efter "::".',
		en: 'the passage has no name; write one after "::"'
	});
	return false;
}

/** Passages that compilers and story formats keep for themselves. */
const special = new Set([
	...['StoryTitle', 'StoryData', 'StorySettings', 'StoryIncludes', 'StoryAuthor', 'StorySubtitle'],
	...['StoryInit', 'StoryCaption', 'StoryMenu', 'StoryBanner', 'StoryInterface', 'StoryShare'],
	...['StoryDisplayTitle', 'PassageHeader', 'PassageFooter', 'PassageReady', 'PassageDone'],
	...['MenuOptions', 'MenuShare', 'MenuStory', 'UserScript', 'UserStylesheet', 'ClickStyles']
]);
const specialTags =
	/^(?:script|stylesheet|widget|init|startup|header|footer|debug-.*|annotation|Twine\..*)$/u;
const ownTags =
	/^(?:scene|ending(?:-\w+)?|flagged|theme-.*|consequence|good|okay|harmful|holdepunkt|[A-Z]{2}-[A-Z]\d+)$/u;
const endingTags = /^(?:ending-)?(?:calm|agreement|help|repaired)$/u;

function sortOut(all: readonly Passage[], problems: TweeProblems): TweeStory {
	const isOwn = all.some(({ tags }) => tags.includes(ownTag));
	const around = new Set<string>(isOwn ? Object.values(frame) : []);
	const isOther = ({ name, tags }: Passage) =>
		special.has(name) || around.has(name) || tags.some((tag) => specialTags.test(tag));
	const scenes = all.filter((passage) => !isOther(passage));
	reportDuplicates(all, problems);
	const find = (name: string) => all.find((passage) => passage.name === name);
	const data = readData(find('StoryData'), problems);
	const dialect = guessDialect(
		data.format,
		scenes.map(({ text }) => text)
	);
	const others = new Map(all.filter(isOther).map((passage) => [passage.name, passage]));
	const start = findStart(scenes, data.start, isOwn, others, problems);
	return {
		title: (find('StoryTitle')?.text ?? '').trim(),
		dialect,
		isOwn,
		scenes: inOrderOfStory(scenes, start, dialect),
		others,
		start,
		left: listLeft(all.filter(isOther), scenes, isOwn)
	};
}

function reportDuplicates(all: readonly Passage[], problems: TweeProblems): void {
	const seen = new Set<string>();
	for (const { name, line } of all) {
		if (seen.has(name)) {
			problems.error('duplicate-passage', line, name, {
				da: `Der er allerede en passage, der hedder "${name}"; giv denne et andet navn.`,
				en: `there is already a passage named "${name}"; give this one another name`
			});
		}
		seen.add(name);
	}
}

function readData(
	passage: Passage | undefined,
	problems: TweeProblems
): { format: string | undefined; start: string | undefined } {
	if (passage === undefined) return { format: undefined, start: undefined };
	try {
		const data: unknown = JSON.parse(passage.text);
		const read = (key: string) => {
			const value: unknown =
				typeof data === 'object' && data !== null ? Reflect.get(data, key) : undefined;
			return typeof value === 'string' ? value : undefined;
		};
		return { format: read('format'), start: read('start') };
	} catch {
		problems.error('bad-story-data', passage.line, passage.name, {
			da: 'StoryData er ikke gyldig JSON; ret det, eller slet passagen.',
			en: 'StoryData is not valid JSON; mend it or delete the passage'
		});
		return { format: undefined, start: undefined };
	}
}

function findStart(
	scenes: readonly Passage[],
	named: string | undefined,
	isOwn: boolean,
	others: ReadonlyMap<string, Passage>,
	problems: TweeProblems
): string {
	const isScene = (name: string) => scenes.some((passage) => passage.name === name);
	if (isOwn) {
		const opening = others.get(frame.start);
		const links = opening ? scanPassage(opening.text, 'sugarcube') : [];
		const first = links.find((piece) => piece.kind === 'link' && isScene(piece.target));
		if (first?.kind === 'link') return first.target;
	}
	if (named !== undefined && isScene(named)) return named;
	if (named !== undefined && !isOwn) {
		const line = others.get('StoryData')?.line ?? 1;
		const hint = suggestNearest(
			named,
			scenes.map(({ name }) => name)
		);
		problems.error('unknown-start', line, 'StoryData', {
			da: `Historien skal begynde i "${named}", men den passage er her ikke${hint.da}`,
			en: `the story is to start in "${named}", but there is no such passage${hint.en}`
		});
	}
	return isScene('Start') ? 'Start' : (scenes[0]?.name ?? '');
}

/** Twine sorts passages by name when it exports; then the story's own order says more. */
function inOrderOfStory(scenes: readonly Passage[], first: string, dialect: Dialect): Passage[] {
	const names = scenes.map(({ name }) => name);
	const isSorted =
		names.length > 3 && names.every((name, index) => (names[index - 1] ?? '') <= name);
	if (!isSorted) return [...scenes];
	const byName = new Map(scenes.map((passage) => [passage.name, passage]));
	const start = byName.get(first);
	const met = new Set(start ? [start] : []);
	for (const passage of met) {
		for (const piece of scanPassage(passage.text, dialect)) {
			const next = 'target' in piece ? byName.get(piece.target) : undefined;
			if (next) met.add(next);
		}
	}
	return [...new Set([...met, ...scenes])];
}

function listLeft(others: readonly Passage[], scenes: readonly Passage[], isOwn: boolean): Left[] {
	const known = new Set<string>(['StoryTitle', 'StoryData']);
	if (isOwn) for (const name of [...Object.values(frame), 'StoryInit']) known.add(name);
	const whole = others.flatMap(({ name, tags, line, text }): Left[] => {
		if (known.has(name) || text.trim() === '') return [];
		const what = tags.includes('script')
			? 'script'
			: tags.includes('stylesheet')
				? 'style'
				: 'special';
		return [{ passage: name, line: line + 1, what, source: text.trim() }];
	});
	const tags = scenes.flatMap(({ name, line, tags: all }) =>
		all
			.filter((tag) => !endingTags.test(tag) && !(isOwn && ownTags.test(tag)))
			.map((tag): Left => ({ passage: name, line, what: 'tag', source: tag }))
	);
	return [...whole, ...tags];
}
