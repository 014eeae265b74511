import * as v from 'valibot';
import {
	isAlias,
	isMap,
	isScalar,
	isSeq,
	LineCounter,
	parseDocument,
	visit,
	type Document,
	type Node,
	type Pair
} from 'yaml';
import type { Localised } from './localised.ts';
import { formatPath, type Problem } from './problem.ts';
import { describeIssue, isUnknownKey, pathOf, type Issue } from './shape-problems.ts';
import { isRecord, valueAt } from './value.ts';

/** A path into a value: keys of mappings and positions in lists, counted from 0. */
export type Path = readonly (string | number)[];

/** A YAML file as a plain value that still knows where each part of it stands. */
export interface Source {
	file: string;
	value: unknown;
	/**
	 * Line of the key or list item at the path, counted from 1; where the path leads nowhere, that of
	 * the nearest part around it.
	 */
	lineOf(path: Path): number;
	/** Line on which the text at the path begins: for one that stands as a block, the line after its key. */
	lineOfText(path: Path): number;
}

/**
 * Reads YAML 1.2. What is not YAML gives one problem at the parser's line and no source; so do
 * references with `*`, each with its line. A duplicate key is a problem too, and its last value counts.
 */
export function readSource(
	text: string,
	file: string
): { source: Source | null; problems: Problem[] } {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
	const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
	const report = (code: string, offset: number, path: Path, message: Localised): Problem => ({
		code,
		severity: 'error',
		file,
		line: lineAt(offset),
		path: formatPath(path),
		message
	});

	const broken = [...document.errors, ...document.warnings].find(
		(error) => error.code !== 'DUPLICATE_KEY'
	);
	if (broken) {
		const reason = broken.message.split('\n')[0] ?? '';
		const problem = report('not-yaml', broken.pos[0], [], {
			da: `Filen kan ikke læses som YAML (${reason}). Se efter indrykning, kolon og anførselstegn her.`,
			en: `this is not YAML: ${reason}; look at indentation, colons and quotes here`
		});
		return { source: null, problems: [problem] };
	}

	const problems = findDuplicateKeys(document, report);
	const aliases = findAliases(document, report);
	// Aliases are never followed: a short file could unfold into an enormous value.
	if (aliases.length > 0) return { source: null, problems: [...problems, ...aliases] };
	const source: Source = {
		file,
		value: document.toJS(),
		lineOf: (path) => lineAt(findOffset(document.contents, path)),
		lineOfText: (path) =>
			isBlockText(document.getIn(path, true))
				? lineAt(findOffset(document.contents, path)) + 1
				: lineAt(findOffset(document.contents, path))
	};
	return { source, problems };
}

type Report = (code: string, offset: number, path: Path, message: Localised) => Problem;

function findDuplicateKeys(document: Document, report: Report): Problem[] {
	const problems: Problem[] = [];
	visitNodes(document, (node, pathOf) => {
		if (!isMap(node)) return;
		const seen = new Set<string>();
		for (const pair of node.items) {
			const key = readKey(pair);
			if (seen.has(key)) {
				problems.push(
					report('duplicate-key', offsetOf(pair.key) ?? 0, [...pathOf(), key], {
						da: `Nøglen "${key}" står her to gange; behold den ene.`,
						en: `the key "${key}" stands here twice; keep one of them`
					})
				);
			}
			seen.add(key);
		}
	});
	return problems;
}

function findAliases(document: Document, report: Report): Problem[] {
	const problems: Problem[] = [];
	visitNodes(document, (node, pathOf) => {
		if (!isAlias(node)) return;
		problems.push(
			report('alias', offsetOf(node) ?? 0, pathOf(), {
				da: 'En henvisning med * forstås ikke her; skriv teksten igen, eller sæt den i anførselstegn.',
				en: 'a reference with * is not understood here; write the text again, or quote it'
			})
		);
	});
	return problems;
}

function visitNodes(document: Document, look: (node: Node, pathOf: () => Path) => void): void {
	visit(document, {
		Node: (key, node, ancestors) => {
			if (key === 'key') return;
			look(node, () => findPath(key, ancestors));
		}
	});
}

function findPath(
	position: number | 'key' | 'value' | null,
	ancestors: readonly (Document | Node | Pair)[]
): Path {
	const chain = ancestors.map((ancestor, index): (string | number)[] => {
		if (isMap(ancestor)) return [];
		const parent = ancestors[index - 1];
		if ('key' in ancestor && !('items' in ancestor)) return [readKey(ancestor)];
		if (isSeq(parent)) return [parent.items.indexOf(ancestor)];
		return [];
	});
	const last = ancestors.at(-1);
	return [...chain.flat(), ...(isSeq(last) && typeof position === 'number' ? [position] : [])];
}

function isBlockText(node: unknown): boolean {
	return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
}

function readKey(pair: Pair): string {
	return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function offsetOf(node: unknown): number | undefined {
	if (!(isScalar(node) || isMap(node) || isSeq(node) || isAlias(node))) return undefined;
	return node.range?.[0];
}

function findOffset(contents: unknown, path: Path): number {
	let node = contents;
	let offset = offsetOf(contents) ?? 0;
	for (const step of path) {
		if (isMap(node)) {
			const pair = node.items.findLast((item) => readKey(item) === String(step));
			if (pair === undefined) return offset;
			offset = offsetOf(pair.key) ?? offset;
			node = pair.value;
		} else if (isSeq(node)) {
			node = node.items[Number(step)];
			offset = offsetOf(node) ?? offset;
		} else {
			return offset;
		}
	}
	return offset;
}

/**
 * Holds the value of a source against a schema and returns what the schema makes of it, or null with
 * every fault as a problem. Rules of a schema may name their own code by `shapeMessage`.
 */
export function checkShape<Schema extends v.GenericSchema>(
	schema: Schema,
	source: Source
): { output: v.InferOutput<Schema> | null; problems: Problem[] } {
	const result = v.safeParse(schema, source.value);
	if (result.success) return { output: result.output, problems: [] };

	const issues = collectIssues(schema, source.value, result.issues);
	const seen = new Set<string>();
	const problems = issues
		.map((issue) => describeIssue(issue, schema, source))
		.filter((problem) => {
			const identity = `${problem.code} ${problem.path}`;
			if (seen.has(identity)) return false;
			seen.add(identity);
			return true;
		});
	return { output: null, problems: problems.toSorted((a, b) => a.line - b.line) };
}

// valibot stops at the first unknown key of a mapping: without that key the next one shows.
function collectIssues(schema: v.GenericSchema, value: unknown, first: readonly Issue[]): Issue[] {
	const unknown = first.filter(isUnknownKey);
	if (unknown.length === 0) return [...first];
	const cleaned = structuredClone(value);
	for (const issue of unknown) removeAt(cleaned, pathOf(issue));
	const result = v.safeParse(schema, cleaned);
	return [...unknown, ...collectIssues(schema, cleaned, result.issues ?? [])];
}

function removeAt(value: unknown, path: Path): void {
	const parent = valueAt(value, path.slice(0, -1));
	const key = path.at(-1);
	if (Array.isArray(parent) && key !== undefined) parent.splice(Number(key), 1);
	else if (isRecord(parent) && key !== undefined) Reflect.deleteProperty(parent, key);
}
