/** A value of a file with one place in it changed. */
export interface ShapeMutant {
	/** What was done, and where. */
	name: string;
	value: unknown;
	/** Whether a list was put where a block of keys stands. */
	isListForBlock: boolean;
}

const strangers: readonly unknown[] = [null, true, 1.5, -1, '', ' ', 'Ad Hoc', 'x', [], {}, [[]]];

/** Every place of a value left out, or with something else in it, or with a key too many. */
export function* mutateShape(value: unknown): Generator<ShapeMutant> {
	for (const path of listPaths(value)) {
		const name = path.join('.');
		const here = valueAt(value, path);
		if (path.length > 0) {
			yield { name: `${name} left out`, value: edit(value, path), isListForBlock: false };
		}
		for (const stranger of strangers) {
			yield {
				name: `${name} is ${JSON.stringify(stranger)}`,
				value: edit(value, path, stranger),
				isListForBlock: isBlock(here) && Array.isArray(stranger)
			};
		}
		if (isBlock(here)) {
			const more = edit(value, path, { ...here, 'one-more': 1 });
			yield { name: `${name} with a key too many`, value: more, isListForBlock: false };
		}
	}
}

type Path = readonly (string | number)[];

function listPaths(value: unknown, path: Path = []): Path[] {
	if (Array.isArray(value)) {
		return [path, ...value.flatMap((item, index) => listPaths(item, [...path, index]))];
	}
	if (!isBlock(value)) return [path];
	return [
		path,
		...Object.entries(value).flatMap(([key, inner]) => listPaths(inner, [...path, key]))
	];
}

function valueAt(value: unknown, path: Path): unknown {
	return path.reduce<unknown>(
		(here, step) => (here as Record<string | number, unknown>)[step],
		value
	);
}

/** A copy with something else at a path, or nothing. */
function edit(value: unknown, path: Path, ...instead: [] | [unknown]): unknown {
	const [step, ...rest] = path;
	if (step === undefined) return instead[0];
	if (Array.isArray(value)) {
		const index = Number(step);
		const isLeftOut = rest.length === 0 && instead.length === 0;
		return isLeftOut
			? value.toSpliced(index, 1)
			: value.with(index, edit(value[index], rest, ...instead));
	}
	const { [step]: inner, ...others } = value as Record<string | number, unknown>;
	if (rest.length === 0 && instead.length === 0) return others;
	return { ...others, [step]: edit(inner, rest, ...instead) };
}

function isBlock(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
