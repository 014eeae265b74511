import { Document, isMap, isPair, isScalar, isSeq, parse, parseDocument, Scalar } from 'yaml';
import { formatPath, type Problem } from '#lib/content/problem.ts';
import { checkShape, readSource, type Path } from '#lib/content/source.ts';
import { scenarioFile, type Scenario } from './model.ts';
import { writeFields, type WrittenScenario } from './written.ts';

/** What stands on one line: values of these keys, wherever they are met. */
const flowKeys = new Set(['audience', 'outcomes', 'authors', 'words', 'effect', 'when']);
const step = '  ';

/** The comments of a file, by the path of the key or list item before which they stand. */
type Comments = ReadonlyMap<string, readonly string[]>;

/** A scenario as the canonical text of its file: reading this and writing it again gives the same bytes. */
export function writeScenario(scenario: Scenario): string {
	return writeText(scenario, new Map());
}

/**
 * The text of a scenario file in canonical form. Comments are kept, each before the key it belongs
 * to. Null, with the problems, where the text does not have the shape of a scenario.
 */
export function formatScenario(
	text: string,
	file: string
): { text: string | null; problems: Problem[] } {
	const { source, problems } = readSource(text, file);
	// With a key that stands twice, one of its values would be lost.
	if (source === null || problems.length > 0) return { text: null, problems };
	const shape = checkShape(scenarioFile, source);
	if (shape.output === null) return { text: null, problems: shape.problems };
	return { text: writeText(shape.output, readComments(text)), problems: [] };
}

/** Lines to stand as a comment before the key that a path leads to, or before everything. */
export interface DraftNote {
	path: Path;
	lines: readonly string[];
}

/** The text of a draft, whose fields need not have the shape of a scenario yet, with notes in it. */
export function writeDraft(fields: WrittenScenario, notes: readonly DraftNote[]): string {
	const comments = notes.map(({ path, lines }): [string, string[]] => [
		path.length === 0 ? 'start' : placeOf(path),
		lines.map((line) => ` ${line}`)
	]);
	return writeLines(fields, new Map(comments));
}

function writeText(scenario: Scenario, comments: Comments): string {
	return writeLines(writeFields(scenario), comments);
}

function writeLines(fields: WrittenScenario, comments: Comments): string {
	const lines = [
		...writeComments(comments, 'start', ''),
		...writeMapping(fields, [], comments),
		...writeComments(comments, 'end', '')
	];
	return `${lines.join('\n')}\n`;
}

function writeMapping(fields: object, path: Path, comments: Comments): string[] {
	return Object.entries(fields).flatMap(([key, value]) => {
		const here = [...path, key];
		const indent = step.repeat(path.length);
		return [
			...writeComments(comments, placeOf(here), indent),
			...writeEntry(`${indent}${writeScalar(key)}:`, value, here, comments)
		];
	});
}

function writeEntry(start: string, value: unknown, path: Path, comments: Comments): string[] {
	const key = String(path.at(-1));
	if (flowKeys.has(key) || isEmpty(value)) return [`${start} ${writeFlow(value, path)}`];
	if (Array.isArray(value)) return [start, ...writeList(value, path, comments)];
	if (isFields(value)) return [start, ...writeMapping(value, path, comments)];
	if (typeof value === 'string' && value.includes('\n')) {
		return writeBlock(start, value, step.repeat(path.length));
	}
	return [`${start} ${writeScalar(value)}`];
}

// The first key of an item stands behind the hyphen, the others below it.
function writeList(items: readonly unknown[], path: Path, comments: Comments): string[] {
	const indent = step.repeat(path.length);
	return items.flatMap((item, index) => {
		const here = [...path, index];
		const before = writeComments(comments, placeOf(here), indent);
		if (!isFields(item)) return [...before, `${indent}- ${writeScalar(item)}`];
		const [first = '', ...rest] = writeMapping(item, here, comments);
		return [...before, `${indent}- ${first.trimStart()}`, ...rest];
	});
}

function writeFlow(value: unknown, path: Path): string {
	if (Array.isArray(value)) {
		return `[${value.map((item, index) => writeFlow(item, [...path, index])).join(', ')}]`;
	}
	if (isFields(value)) {
		const entries = Object.entries(value).map(
			([key, inner]) => `${writeFlowScalar(key)}: ${writeFlow(inner, [...path, key])}`
		);
		return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
	}
	const isGain = path.at(-2) === 'effect' && typeof value === 'number' && value > 0;
	return isGain ? `+${value}` : writeFlowScalar(value);
}

function writeBlock(start: string, text: string, indent: string): string[] {
	const scalar = new Scalar(text);
	scalar.type = Scalar.BLOCK_LITERAL;
	const alone = new Document({ text: scalar }).toString({ lineWidth: 0 });
	// What a block cannot hold (a carriage return, say) is quoted.
	if (!alone.startsWith('text: |') || !holds(alone, text)) {
		return [`${start} ${JSON.stringify(text)}`];
	}
	const [header = '', ...lines] = alone.slice('text: '.length).replace(/\n$/u, '').split('\n');
	return [
		`${start} ${header}`,
		...lines.map((line) => (line === '' ? '' : indent + line.slice(2)))
	];
}

function holds(written: string, text: string): boolean {
	const read: unknown = parse(written);
	return isFields(read) && read['text'] === text;
}

/** Texts that need no quotes anywhere, as nearly all do; for all others the library knows the rules. */
const plain = /^(?!(?:true|false|null)$)\p{L}(?:[\p{L}\p{N} .!?»«]*[\p{L}\p{N}.!?»«])?$/iu;

function writeScalar(value: unknown): string {
	if (typeof value === 'string' && plain.test(value)) return value;
	return onOneLine(new Document(value).toString({ lineWidth: 0, singleQuote: true }), value);
}

// Quoted as in JSON, every text fits on one line.
function onOneLine(written: string, value: unknown): string {
	const line = written.replace(/\n$/u, '');
	return /[\n\r]/u.test(line) || line.startsWith('|') ? JSON.stringify(value) : line;
}

function writeFlowScalar(value: unknown): string {
	if (typeof value === 'string' && plain.test(value)) return value;
	const document = new Document([value]);
	if (isSeq(document.contents)) document.contents.flow = true;
	const list = document.toString({
		lineWidth: 0,
		singleQuote: true,
		flowCollectionPadding: false
	});
	return onOneLine(list.trimEnd().slice(1, -1), value);
}

function readComments(text: string): Comments {
	const document = parseDocument(text);
	const comments = new Map<string, string[]>();
	const note: Note = (place, comment) => {
		if (comment === null || comment === undefined) return;
		comments.set(place, [...(comments.get(place) ?? []), ...comment.split('\n')]);
	};
	note('start', document.commentBefore);
	if (isMap(document.contents)) note('start', document.contents.commentBefore);
	gather(document.contents, [], note);
	if (isMap(document.contents)) note('end', document.contents.comment);
	note('end', document.comment);
	return comments;
}

type Note = (place: string, comment: string | null | undefined) => void;

/** Walks down as far as things stand on lines of their own; what is inside a line belongs to the line. */
function gather(node: unknown, path: Path, note: Note): void {
	if (!isMap(node) && !isSeq(node)) return;
	for (const [index, item] of node.items.entries()) {
		if (isPair(item)) {
			const here = isScalar(item.key) ? [...path, String(item.key.value)] : path;
			noteNode(item.key, placeOf(here), note);
			gatherValue(item.value, here, note);
		} else {
			gatherValue(item, [...path, index], note);
		}
	}
}

function gatherValue(value: unknown, path: Path, note: Note): void {
	const isBlock = (isMap(value) || isSeq(value)) && value.flow !== true && value.items.length > 0;
	if (!isBlock || flowKeys.has(String(path.at(-1)))) {
		noteAll(value, placeOf(path), note);
		return;
	}
	// What stands before the first of several things is about that one.
	const [first] = value.items;
	const inside = isPair(first) && isScalar(first.key) ? String(first.key.value) : 0;
	note(placeOf([...path, inside]), value.commentBefore);
	gather(value, path, note);
	note(placeOf(path), value.comment);
}

function noteAll(node: unknown, place: string, note: Note): void {
	noteNode(node, place, note);
	if (!isMap(node) && !isSeq(node)) return;
	for (const item of node.items) {
		noteAll(isPair(item) ? item.key : item, place, note);
		if (isPair(item)) noteAll(item.value, place, note);
	}
}

function noteNode(node: unknown, place: string, note: Note): void {
	if (!isMap(node) && !isSeq(node) && !isScalar(node)) return;
	note(place, node.commentBefore);
	note(place, node.comment);
}

function writeComments(comments: Comments, place: string, indent: string): string[] {
	return (comments.get(place) ?? []).map((line) => (line === '' ? '' : `${indent}#${line}`));
}

function placeOf(path: Path): string {
	return `at ${formatPath(path)}`;
}

function isEmpty(value: unknown): boolean {
	return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isFields(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
