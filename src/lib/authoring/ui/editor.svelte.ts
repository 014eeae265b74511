import { getContext, setContext } from 'svelte';
import type * as Y from 'yjs';
import type { Locale, Localised } from '#lib/content/localised.ts';
import type { Vocabulary } from '#lib/scenario/vocabulary.ts';
import { watchDocument } from '../document/document.ts';
import { setField } from '../document/edits.ts';
import type { Place } from '../document/place.ts';
import type { Draft, DraftScene } from '../document/draft.ts';
import { readDraft } from '../document/read.ts';
import { checkDraft } from '../document/trace.ts';
import { draftFields } from '../document/write.ts';
import { readName, shorten } from '../problem-words.ts';
import { tellProblems, type ToldProblem } from '../problems.ts';
import { findSpot, type Spot } from '../spot.ts';
import { judgeTranslation, settleTranslation, matchNow, type Fit } from '../translation.ts';
import { readVocabulary, type Lexicon } from './lexicon.ts';
import type { Somebody } from './signs.ts';

/** How long nobody must type before the draft is looked through. */
const breath = 120;

/** Where the story is to be played from, and by which moves. */
export interface Trial {
	/** The name of the scene; undefined for where the story begins. */
	readonly from: string | undefined;
	/** Moves that are made beforehand. */
	readonly way: readonly string[];
}

/**
 * A draft as its editor shows it: the document as plain data, read again after every change of whoever
 * it was, what is to be mended in it, and where one is. What is written goes into the document at once.
 */
export class DraftEditor {
	readonly doc: Y.Doc;
	readonly lexicon: Lexicon;
	readonly locale: Locale;
	readonly #vocabulary: Vocabulary;
	readonly #stop: () => void;
	#draft: Draft;
	#problems: readonly ToldProblem[];
	#isChecked: boolean;
	#spot: Spot;
	#trial: Trial;
	#mayWrite: boolean;
	#others: readonly Somebody[];
	#isStale = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Called where somebody wants to see a place; the frame shows it. */
	reveal: (place: Place) => void = () => undefined;
	/** Called where somebody wants to play. */
	showTrial: () => void = () => undefined;

	constructor(
		doc: Y.Doc,
		given: { lexicon: Lexicon; locale: Locale; mayWrite: boolean; spot?: Spot | undefined }
	) {
		this.doc = doc;
		this.lexicon = given.lexicon;
		this.locale = given.locale;
		this.#vocabulary = readVocabulary(given.lexicon);
		this.#mayWrite = $state(given.mayWrite);
		this.#draft = $state.raw(readDraft(doc));
		this.#problems = $state.raw([]);
		this.#isChecked = $state(false);
		this.#others = $state.raw([]);
		this.#spot = $state.raw(given.spot ?? { form: 'about' });
		this.#trial = $state.raw({ from: undefined, way: [] });
		this.#stop = watchDocument(doc, () => this.#note());
		this.#check();
	}

	get draft(): Draft {
		return this.#draft;
	}

	get problems(): readonly ToldProblem[] {
		return this.#problems;
	}

	/** Whether the problems are those of the draft as it stands. */
	get isChecked(): boolean {
		return this.#isChecked;
	}

	get spot(): Spot {
		return this.#spot;
	}

	get trial(): Trial {
		return this.#trial;
	}

	get mayWrite(): boolean {
		return this.#mayWrite;
	}

	/** Who else is in the draft now. */
	get others(): readonly Somebody[] {
		return this.#others;
	}

	meet(others: readonly Somebody[]): void {
		this.#others = others;
	}

	/** Nothing more is written from here. */
	shut(): void {
		this.#mayWrite = false;
	}

	/** Shows a form. */
	open(spot: Spot): void {
		this.#spot = spot;
	}

	/** Shows the form of a place and puts focus there; nothing where its part is gone. */
	goTo(place: Place): void {
		const spot = findSpot(this.#draft, place);
		if (!spot) return;
		this.#spot = spot;
		this.reveal(place);
	}

	/** Plays from a scene, or the moves that show something. */
	play(trial: Trial): void {
		this.#trial = trial;
		this.showTrial();
	}

	findScene(id: string | null): DraftScene | undefined {
		return this.#draft.scenes.find((scene) => scene.id === id);
	}

	/** What somebody calls a scene. */
	nameScene({ key }: { key: string }): string {
		return readName(key);
	}

	/** The first words of a text, in the language of the page if it has any. */
	firstWords(text: Localised, most?: number): string | undefined {
		const other = this.locale === 'da' ? 'en' : 'da';
		return shorten(text[this.locale], most) ?? shorten(text[other], most);
	}

	/** How the two languages of the text at a place stand to each other. */
	fitOf(place: Place, text: Localised): Fit {
		return judgeTranslation(text, this.#matchedAt(place));
	}

	/** Somebody has gone on from a text that was `before` when they came to it. */
	settle(place: Place, before: Localised, after: Localised): void {
		const matched = settleTranslation(before, after, this.#matchedAt(place));
		if (matched !== undefined) this.#keepMatched(place, matched);
	}

	/** Somebody says that both languages say the same. */
	declareMatch(place: Place, text: Localised): void {
		this.#keepMatched(place, matchNow(text));
	}

	close(): void {
		this.#stop();
		clearTimeout(this.#timer);
	}

	#matchedAt(place: Place): string | undefined {
		const matched = this.doc.getMap('fields').get(`${place}/matched`);
		return typeof matched === 'string' ? matched : undefined;
	}

	// Not a step of anybody's writing: undoing passes it by.
	#keepMatched(place: Place, matched: string): void {
		this.doc.transact(() => setField(this.doc, `${place}/matched`, matched), 'translation');
	}

	#note(): void {
		if (this.#isStale) return;
		this.#isStale = true;
		queueMicrotask(() => {
			this.#isStale = false;
			this.#draft = readDraft(this.doc);
			this.#isChecked = false;
			clearTimeout(this.#timer);
			this.#timer = setTimeout(() => this.#check(), breath);
		});
	}

	#check(): void {
		const { problems } = checkDraft(this.#draft, this.#vocabulary);
		this.#problems = tellProblems(problems, draftFields(this.#draft));
		this.#isChecked = true;
	}
}

const key = Symbol('draft editor');

export function provideEditor(editor: DraftEditor): void {
	setContext(key, editor);
}

/** The editor that a component stands in. */
export function useEditor(): DraftEditor {
	return getContext<DraftEditor>(key);
}
