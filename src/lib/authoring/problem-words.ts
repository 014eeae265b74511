import type { Localised } from '#lib/content/localised.ts';
import { isRecord, valueAt } from '#lib/content/value.ts';

/** Names as their authors know them: of scenes, choices and gauges of a draft, out of what it has written. */
export class DraftNames {
	readonly #value: unknown;

	/** The fields of a scenario, as far as they are there. */
	constructor(value: unknown) {
		this.#value = value;
	}

	scene(name: string): Localised {
		return quote(readName(name));
	}

	/** What one says or does, shortened; its name where nothing is written yet. */
	choice(scene: string, choice: string): Localised {
		const text = valueAt(this.#value, ['scenes', scene, 'choices', choice, 'text']);
		const written = isRecord(text) ? text : {};
		const told = (first: unknown, second: unknown) =>
			quote(shorten(first) ?? shorten(second) ?? readName(choice));
		return {
			da: told(written['da'], written['en']).da,
			en: told(written['en'], written['da']).en
		};
	}

	gauge(name: string): Localised {
		return quote(readName(name));
	}

	person(name: string): Localised {
		const called = valueAt(this.#value, ['people', name, 'name']);
		return quote(typeof called === 'string' && called ? called : readName(name));
	}

	at(path: readonly (string | number)[]): unknown {
		return valueAt(this.#value, path);
	}
}

/** A name of the format as words: `at-the-hatch` is "At the hatch". */
export function readName(name: string): string {
	const words = name.replaceAll('-', ' ').trim();
	return words.charAt(0).toUpperCase() + words.slice(1);
}

const mostShown = 44;

/** The beginning of a text, cut at a word; undefined where there is none. */
export function shorten(text: unknown, most: number = mostShown): string | undefined {
	if (typeof text !== 'string') return undefined;
	const line = text.replaceAll(/\s+/gu, ' ').trim();
	if (line === '') return undefined;
	if (line.length <= most) return line;
	const cut = line.slice(0, most);
	return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).replace(/[\s,.;:–-]+$/u, '')} …`;
}

/** A name within a sentence; what begins as speech carries its own marks. */
function quote(text: string): Localised {
	return {
		da: text.startsWith('»') ? text : `»${text}«`,
		en: text.startsWith('“') ? text : `“${text}”`
	};
}

/** What a field of the format is called where one writes. */
export const fieldNames: Readonly<Record<string, Localised>> = {
	id: { da: 'Navn i adressen', en: 'Name in the address' },
	title: { da: 'Titel', en: 'Title' },
	summary: { da: 'Hvad den handler om', en: 'What it is about' },
	contentNote: { da: 'Indholdsnote', en: 'Content note' },
	textVersion: { da: 'Historien som tekst', en: 'The story as text' },
	minutes: { da: 'Minutter', en: 'Minutes' },
	setting: { da: 'Sted', en: 'Setting' },
	audience: { da: 'Hvem den er for', en: 'Who it is for' },
	outcomes: { da: 'Læringsmål', en: 'Learning outcomes' },
	authors: { da: 'Forfattere', en: 'Authors' },
	people: { da: 'Personer', en: 'People' },
	gauges: { da: 'Målere', en: 'Gauges' },
	words: { da: 'Målerens ord', en: 'Words of the gauge' },
	scenes: { da: 'Scener', en: 'Scenes' },
	start: { da: 'Første scene', en: 'First scene' },
	about: { da: 'Om personen', en: 'About the person' },
	name: { da: 'Navn', en: 'Name' },
	text: { da: 'Det, man ser', en: 'What you see' },
	says: { da: 'Det, der bliver sagt', en: 'What is said' },
	who: { da: 'Hvem der taler', en: 'Who speaks' },
	consequence: { da: 'Det, der sker', en: 'What happens' },
	why: { da: 'Hvorfor', en: 'Why' },
	to: { da: 'Hvor det fører hen', en: 'Where it leads' },
	kind: { da: 'Hvordan det virker', en: 'How it lands' },
	effect: { da: 'Virkning på målere', en: 'Effect on gauges' },
	when: { da: 'Hvornår det gælder', en: 'When it holds' },
	choices: { da: 'Valg', en: 'Choices' },
	auto: { da: 'Skift af sig selv', en: 'Moves by itself' },
	ending: { da: 'Slutning', en: 'Ending' },
	takeaway: { da: 'Det, man tager med', en: 'What to take away' },
	flag: { da: 'Markeret tema', en: 'Flagged theme' },
	theme: { da: 'Tema', en: 'Theme' },
	alternative: { da: 'Den nænsomme udgave', en: 'The gentler telling' },
	facilitator: { da: 'Noter til plenum', en: 'Notes for plenary' },
	ask: { da: 'Spørgsmål til rummet', en: 'Questions for the room' },
	upTo: { da: 'Op til', en: 'Up to' },
	min: { da: 'Laveste', en: 'Lowest' },
	max: { da: 'Højeste', en: 'Highest' }
};
