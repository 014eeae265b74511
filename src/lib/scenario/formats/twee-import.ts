import type { Locale, Localised } from '#lib/content/localised.ts';
import { suggestNearest } from '#lib/content/nearest.ts';
import type { Problem } from '#lib/content/problem.ts';
import { writeDraft, type DraftNote } from '../canonical.ts';
import type { Guard } from '../model.ts';
import { tellAsIs } from '../run.ts';
import type { WrittenScenario } from '../written.ts';
import { KebabNames, makeKebab } from './kebab-names.ts';
import { readEffect, readGuard, readString } from './sugarcube.ts';
import { describeLeft, writeNotes } from './twee-left.ts';
import { readFrame } from './twee-own.ts';
import type { Passage } from './twee-passages.ts';
import type { Piece } from './twee-pieces.ts';
import { readPieces, readStory, TweeProblems, type Left, type TweeStory } from './twee-story.ts';
import { writePlain, writeText } from './twee-text.ts';

export interface ImportOptions {
	/** Named in the problems. */
	file: string;
	/** The language that the story is written in; the texts of the other one are left empty. */
	language: Locale;
	/** The id of the draft; otherwise one is made from the title. */
	id?: string | undefined;
}

/** What has come out of a Twee file. */
export interface Imported {
	/**
	 * The text of a scenario file. It is a draft: texts that Twee does not have are empty, and what only
	 * an author can say is missing, so that the checks name both. What could not be carried stands in
	 * its comments. Null where no story was found.
	 */
	text: string | null;
	id: string;
	/** Faults of the Twee file, and a warning for each thing that could not be carried. */
	problems: Problem[];
	/** Those things, each as it stands in the file. */
	left: Left[];
}

/**
 * Makes a draft of a scenario from Twee 3 (also Twee 1): passages become scenes, links choices, a
 * passage without links an ending. Of a story that was exported from here gauges, guards, effects,
 * automatic transitions, speech, flags, kinds, reasons and notes come back too. Never raises an error.
 */
export function importTwee(content: string | Uint8Array, options: ImportOptions): Imported {
	const { story, problems } = readStory(content, options.file);
	if (story === null) return { text: null, id: options.id ?? '', problems, left: [] };
	const builder = new DraftBuilder(story, options);
	const { fields, notes } = builder.build();
	const { left } = builder;
	return {
		text: writeDraft(fields, notes),
		id: String(fields['id']),
		problems: [
			...problems,
			...builder.problems.found,
			...left.map((one) => describeLeft(one, options.file))
		].toSorted((a, b) => a.line - b.line),
		left
	};
}

type PlacedPiece = Piece & { line: number };
type Fields = Record<string, unknown>;

/** A link as it will be a choice. */
interface Way {
	text: string;
	target: string;
	line: number;
	guard: Guard | undefined;
	passage: string;
}

class DraftBuilder {
	readonly left: Left[] = [];
	readonly problems: TweeProblems;
	readonly #story: TweeStory;
	readonly #options: ImportOptions;
	readonly #byName: ReadonlyMap<string, Passage>;
	readonly #ids = new Map<Passage, string>();
	readonly #shown: ReadonlySet<string>;
	/** Ids of people by their names. */
	readonly #people = new Map<string, string>();
	readonly #missing = new KebabNames('missing');
	readonly #missingIds = new Map<string, string>();

	constructor(story: TweeStory, options: ImportOptions) {
		this.#story = story;
		this.#options = options;
		this.problems = new TweeProblems(options.file);
		// Of two passages with one name links lead to the first.
		this.#byName = new Map(story.scenes.toReversed().map((passage) => [passage.name, passage]));
		this.#shown = this.#listShown();
		this.left.push(...story.left);
	}

	build(): { fields: WrittenScenario; notes: DraftNote[] } {
		const { title, scenes } = this.#story;
		const told = scenes.filter((passage) => !this.#isPart(passage));
		const names = new KebabNames('scene');
		for (const passage of told) this.#ids.set(passage, names.take(passage.name));
		const frame = readFrame(this.#story, (text) => this.#localise(text));
		for (const [id, { name }] of Object.entries(frame.people)) this.#people.set(name, id);
		const built = told.map((passage) => [this.#idOf(passage), this.#buildScene(passage)] as const);
		const start = this.#byName.get(this.#story.start);
		const fileName = this.#options.file.split(/[/\\]/u).at(-1) ?? '';
		const name = title || fileName.replace(/\.\w+$/u, '');
		const fields: WrittenScenario = {
			format: 1,
			id: makeKebab(name, 'story'),
			version: 1,
			title: this.#localise(name),
			...frame,
			...(this.#options.id !== undefined && { id: this.#options.id }),
			start: start ? this.#idOf(start) : (built[0]?.[0] ?? ''),
			scenes: Object.fromEntries(built)
		};
		this.left.sort((a, b) => a.line - b.line);
		const ids = new Map([...this.#ids].map(([passage, id]) => [passage.name, id]));
		return { fields, notes: writeNotes(this.left, ids) };
	}

	/** Whether a passage is part of a scene: what follows from a choice, a flagged scene as it is, or what another passage shows. */
	#isPart(passage: Passage): boolean {
		if (this.#story.isOwn) {
			if (passage.tags.includes('consequence')) return true;
			return passage.name.endsWith(`/${tellAsIs}`);
		}
		return passage.name !== this.#story.start && this.#shown.has(passage.name);
	}

	/** Names of passages that are shown within others, and that no link leads to. */
	#listShown(): ReadonlySet<string> {
		const pieces = this.#story.scenes.flatMap((passage) =>
			readPieces(passage, this.#story.dialect)
		);
		const list = (...kinds: Piece['kind'][]) =>
			pieces.flatMap((piece) =>
				'target' in piece && kinds.includes(piece.kind) ? [piece.target] : []
			);
		const led = new Set(list('link', 'jump'));
		return new Set(list('include').filter((name) => !led.has(name)));
	}

	#buildScene(passage: Passage): Fields {
		const flag = this.#story.isOwn ? this.#readFlag(passage) : undefined;
		const asItIs = flag && this.#byName.get(`${passage.name}/${tellAsIs}`);
		const shown = asItIs ?? passage;
		const pieces = this.#readAll(shown, []);
		const { words, says, takeaway, facilitator } = this.#part(pieces, shown);
		const opening = asItIs ? this.#readAll(passage, []) : pieces;
		const auto = this.#story.isOwn ? this.#readAuto(opening) : [];
		const ways = this.#listWays(pieces, shown);
		const text = this.#localise(writeText(words, this.#story.dialect));
		const ending = this.#readEnding(shown);
		const common = { text, ...says, ...(flag && { flag }) };
		if (ending !== undefined || (ways.length === 0 && auto.length === 0)) {
			return {
				ending: ending ?? '',
				...common,
				takeaway: this.#localise(takeaway),
				...facilitator
			};
		}
		return {
			...common,
			...(auto.length > 0 && { auto }),
			choices: this.#buildChoices(ways),
			...facilitator
		};
	}

	#readEnding({ tags }: Passage): string | undefined {
		const kinds = tags.map((tag) => tag.replace(/^ending-/u, ''));
		return kinds.find((kind) => /^(?:calm|agreement|help|repaired)$/u.test(kind));
	}

	#readFlag({ name, tags }: Passage): { theme: string; alternative: string } | undefined {
		if (!tags.includes('flagged')) return undefined;
		const theme = tags.find((tag) => tag.startsWith('theme-'))?.slice('theme-'.length) ?? '';
		const passage = this.#byName.get(name);
		const links = passage ? readPieces(passage, this.#story.dialect) : [];
		const gentler = links.find(
			(piece) => piece.kind === 'link' && !piece.target.endsWith(`/${tellAsIs}`)
		);
		const target = gentler?.kind === 'link' ? this.#byName.get(gentler.target) : undefined;
		return { theme, alternative: target ? this.#idOf(target) : '' };
	}

	/** The pieces of a passage, with those of the passages it shows in their places. */
	#readAll(passage: Passage, above: readonly Passage[]): PlacedPiece[] {
		return readPieces(passage, this.#story.dialect).flatMap((piece): PlacedPiece[] => {
			if (piece.kind !== 'include') return [piece];
			const target = this.#byName.get(piece.target);
			if (target && !above.includes(target) && above.length < 5) {
				return this.#readAll(target, [...above, passage]);
			}
			if (!this.#story.isOwn || !this.#story.others.has(piece.target)) {
				this.#leave(passage, piece.line, 'link', piece.target);
			}
			return [];
		});
	}

	/** Takes apart what is said, what one takes along and what is left from the words of the scene. */
	#part(pieces: readonly PlacedPiece[], passage: Passage) {
		const words: PlacedPiece[] = [];
		let open: { name: string; pieces: PlacedPiece[] } | undefined;
		let says: { says: Fields } | undefined;
		let takeaway = '';
		let facilitator: { facilitator: Fields } | undefined;
		for (const piece of pieces) {
			const notes = this.#story.isOwn ? this.#readFacilitator(piece) : undefined;
			if (notes) facilitator = { facilitator: notes };
			else if (piece.kind === 'open' && this.#story.isOwn) open = { name: piece.name, pieces: [] };
			else if (piece.kind === 'close' && open) {
				if (open.name === 'takeaway') takeaway = this.#readTakeaway(open.pieces);
				else says = this.#readSpeech(open.pieces);
				open = undefined;
			} else if (piece.kind === 'left') this.#reportLeft(piece, passage);
			else (open?.pieces ?? words).push(piece);
		}
		return { words: [...words, ...(open?.pieces ?? [])], says, takeaway, facilitator };
	}

	#reportLeft(piece: PlacedPiece & { kind: 'left' }, passage: Passage): void {
		// The conditions of an own story are guards; those that are none are reported with their links.
		const isGuard = /^(?:<<|\()(?:if|else|unless)/iu.test(piece.source);
		if (this.#story.isOwn && isGuard) return;
		this.#leave(passage, piece.line, isGuard ? 'condition' : piece.what, piece.source);
	}

	#readSpeech(pieces: readonly Piece[]): { says: Fields } | undefined {
		const [, who = '', said = ''] = /^([^:]*):\s*([\s\S]*)$/u.exec(writePlain(pieces)) ?? [];
		if (said === '') return undefined;
		return {
			says: { who: this.#people.get(who) ?? makeKebab(who, 'person'), ...this.#localise(said) }
		};
	}

	/** The heading of the box stands in a line of its own and is not the author's. */
	#readTakeaway(pieces: readonly Piece[]): string {
		const marks = pieces.flatMap((piece, index) => (piece.kind === 'mark' ? [index] : []));
		const from = marks[0] === 0 && marks[1] !== undefined ? marks[1] + 1 : 0;
		return writeText(pieces.slice(from), this.#story.dialect);
	}

	#readFacilitator(piece: Piece): Fields | undefined {
		if (piece.kind !== 'left' || piece.what !== 'comment') return undefined;
		const [, minutes, rest = ''] =
			/^\/% facilitator ([\d.]+)\n([\s\S]*?) %\/$/u.exec(piece.source) ?? [];
		if (minutes === undefined) return undefined;
		const questions = rest.split(/^- /mu).filter((question) => question.trim() !== '');
		return {
			minutes: Number(minutes),
			ask: questions.map((question) => this.#localise(question.trim()))
		};
	}

	#readAuto(pieces: readonly PlacedPiece[]): { when: Guard; to: string }[] {
		return pieces.flatMap((piece) => {
			if (piece.kind !== 'jump') return [];
			const when = readGuard(piece.conditions.at(-1)?.source ?? 'true');
			return when === undefined ? [] : [{ when, to: this.#lead(piece.target, piece.line) }];
		});
	}

	/** The ways on from a passage. One that is taken by itself has no text: the author says what it is. */
	#listWays(pieces: readonly PlacedPiece[], passage: Passage): Way[] {
		const ways: Way[] = [];
		const jumping = new Set(
			pieces.flatMap((piece) =>
				piece.kind === 'jump' ? piece.conditions.map(({ block }) => block) : []
			)
		);
		for (const piece of pieces) {
			if (piece.kind !== 'link' && piece.kind !== 'jump') continue;
			const { target, line, conditions } = piece;
			const guard = this.#story.isOwn
				? this.#readGuards(conditions.filter(({ block }) => !jumping.has(block)))
				: undefined;
			const isAuto = piece.kind === 'jump' && this.#story.isOwn;
			const isFrame = this.#story.isOwn && this.#story.others.has(target);
			if (isAuto || isFrame) continue;
			if (piece.kind === 'jump') this.#leave(passage, line, 'jump', target);
			if (this.#story.isOwn && conditions.length > 0 && guard === undefined) {
				const unread = conditions.filter(({ block }) => !jumping.has(block));
				for (const { source } of unread) this.#leave(passage, line, 'condition', source);
			}
			const text = piece.kind === 'link' ? piece.text.trim() : '';
			const isAgain = ways.some((way) => way.target === target && way.text === text);
			if (!isAgain) ways.push({ text, target, line, guard, passage: passage.name });
		}
		return ways;
	}

	#readGuards(conditions: Piece['conditions']): Guard | undefined {
		const guards = conditions.map(({ source }) => readGuard(source));
		return guards.length === 1 ? guards[0] : undefined;
	}

	#buildChoices(ways: readonly Way[]): Fields {
		const names = new KebabNames('choice');
		return Object.fromEntries(
			ways.map((way) => {
				const consequence = this.#byName.get(way.target);
				const isOwn = this.#story.isOwn && consequence?.tags.includes('consequence') === true;
				if (consequence && isOwn) {
					const name = consequence.name.split('/').at(-1) ?? '';
					return [names.take(name), this.#buildTold(way, consequence)];
				}
				const name = way.text.split(/\s+/u).slice(0, 5).join(' ') || way.target;
				return [names.take(name), this.#buildChoice(way)];
			})
		);
	}

	#buildChoice({ text, target, line, guard, passage }: Way): Fields {
		return {
			text: this.#localise(text),
			...(guard && { when: guard }),
			consequence: this.#localise(''),
			why: this.#localise(''),
			to: this.#lead(target, line, passage)
		};
	}

	/** A choice with the passage that tells what follows from it. */
	#buildTold(way: Way, passage: Passage): Fields {
		const pieces = this.#readAll(passage, []);
		const effect: Record<string, number> = {};
		let why = '';
		for (const piece of pieces) {
			if (piece.kind !== 'left') continue;
			const change = readEffect(piece.source);
			const reason = /, why: ("(?:\\.|[^"\\])*") \}\)>>$/u.exec(piece.source)?.[1];
			if (change) effect[change.gauge] = change.change;
			else if (reason !== undefined) why = this.#readReason(reason, passage);
			else this.#reportLeft(piece, passage);
		}
		const [onward, ...more] = pieces.filter((piece) => piece.kind === 'link');
		for (const link of more) this.#leave(passage, link.line, 'link', link.target);
		const words = pieces.filter((piece) => piece.kind !== 'link');
		const kind = passage.tags.find((tag) => /^(?:good|okay|harmful)$/u.test(tag));
		const outcomes = passage.tags.filter((tag) => /^[A-Z]{2}-[A-Z]\d+$/u.test(tag));
		return {
			text: this.#localise(way.text),
			...(kind !== undefined && { kind }),
			...(Object.keys(effect).length > 0 && { effect }),
			...(way.guard && { when: way.guard }),
			...(outcomes.length > 0 && { outcomes }),
			consequence: this.#localise(writeText(words, this.#story.dialect)),
			why: this.#localise(why),
			to: this.#lead(onward?.target ?? '', onward?.line ?? passage.line, passage.name)
		};
	}

	#readReason(string: string, { line }: Passage): string {
		const passage: Passage = { name: '', tags: [], line, text: readString(string) };
		return writeText(readPieces(passage, this.#story.dialect), this.#story.dialect);
	}

	/** The id of the scene that a link leads to; one that is nowhere where it leads nowhere. */
	#lead(target: string, line: number, from = ''): string {
		const passage = this.#byName.get(target);
		if (passage && this.#ids.has(passage)) return this.#idOf(passage);
		const hint = suggestNearest(target, this.#byName.keys());
		this.problems.error('link-to-nowhere', line, from, {
			da: `Linket fører til "${target}", men den passage er her ikke${hint.da}`,
			en: `the link leads to "${target}", but there is no such passage${hint.en}`
		});
		const known = this.#missingIds.get(target);
		if (known !== undefined) return known;
		const taken = new Set(this.#ids.values());
		let id = this.#missing.take(`missing ${target}`);
		while (taken.has(id)) id = this.#missing.take(`missing ${target}`);
		this.#missingIds.set(target, id);
		return id;
	}

	#idOf(passage: Passage): string {
		return this.#ids.get(passage) ?? '';
	}

	#leave(passage: Passage, line: number, what: Left['what'], source: string): void {
		this.left.push({ passage: passage.name, line, what, source });
	}

	#localise(text: string): Localised {
		return this.#options.language === 'da' ? { da: text, en: '' } : { da: '', en: text };
	}
}
