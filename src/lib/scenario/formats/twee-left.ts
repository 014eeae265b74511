import type { Localised } from '#lib/content/localised.ts';
import type { Problem } from '#lib/content/problem.ts';
import type { DraftNote } from '../canonical.ts';
import type { Left } from './twee-story.ts';

const kinds: Readonly<Record<Left['what'], Localised>> = {
	macro: { da: 'En makro', en: 'a macro' },
	variable: { da: 'En variabel', en: 'a variable' },
	script: { da: 'Et script', en: 'a script' },
	style: { da: 'En typografi', en: 'a style' },
	image: { da: 'Et billede eller en lyd', en: 'a picture or sound' },
	html: { da: 'HTML', en: 'HTML' },
	comment: { da: 'En kommentar', en: 'a comment' },
	link: { da: 'Et link', en: 'a link' },
	jump: { da: 'Et link, der tages af sig selv,', en: 'a link that is taken by itself' },
	special: { da: 'En særlig passage', en: 'a special passage' },
	tag: { da: 'Et mærke', en: 'a tag' },
	condition: { da: 'En betingelse', en: 'a condition' }
};
const mostShown = 80;

/** What could not be carried, as a warning; `not-carried-` and its kind are the code. */
export function describeLeft({ passage, line, what, source }: Left, file: string): Problem {
	const flat = source.replaceAll(/\s+/gu, ' ');
	const shown = flat.length > mostShown ? `${flat.slice(0, mostShown)}…` : flat;
	const fate =
		what === 'jump'
			? { da: 'er blevet et valg uden ord', en: 'has become a choice without words' }
			: {
					da: 'kan ikke tages med og står som kommentar i udkastet',
					en: 'cannot be carried and stands as a comment in the draft'
				};
	return {
		code: `not-carried-${what}`,
		severity: 'warning',
		file,
		line,
		path: passage,
		message: {
			da: `${kinds[what].da} ${fate.da}: ${shown}`,
			en: `${kinds[what].en} ${fate.en}: ${shown}`
		}
	};
}

/**
 * What could not be carried, as comments for the draft: each before the scene that its passage has
 * become, or at the beginning. `ids` are those of the scenes by the names of their passages.
 */
export function writeNotes(left: readonly Left[], ids: ReadonlyMap<string, string>): DraftNote[] {
	const notes = new Map<string, { path: DraftNote['path']; lines: string[] }>();
	for (const one of left) {
		const id = ids.get(one.passage) ?? ids.get(one.passage.split('/')[0] ?? '');
		const path = id === undefined ? [] : ['scenes', id];
		const key = path.join('.');
		const note = notes.get(key) ?? { path, lines: [] };
		note.lines.push(...writeNote(one));
		notes.set(key, note);
	}
	return [...notes.values()];
}

function writeNote({ passage, line, what, source }: Left): string[] {
	const [first = '', ...rest] = source.split('\n');
	const indented = rest.map((more) => `    ${more}`.trimEnd());
	return [`not carried: line ${line}, "${passage}", ${what}: ${first}`, ...indented];
}
