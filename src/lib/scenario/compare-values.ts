import { locales, type Localised } from '#lib/content/localised.ts';
import type { Path } from '#lib/content/source.ts';
import type { Change, ChangeCode, ChangeOf, CodeFor } from './change.ts';
import type { Guard } from './model.ts';

type Value<Code extends ChangeCode> = ChangeOf<Code>['before'];

/** Whether two values are the same through and through; in both, blocks have their keys in the same order. */
export function isSame(before: unknown, after: unknown): boolean {
	return JSON.stringify(before) === JSON.stringify(after);
}

/** The change of a value, or none. */
export function changed<Code extends ChangeCode>(
	code: Code,
	path: Path,
	before: Value<Code>,
	after: Value<Code>
): Change[] {
	// Which values go with a code is what the parameters say.
	return isSame(before, after) ? [] : [{ code, path, before, after } as Change];
}

/** The change of a text, or none. */
export function compareTexts(
	code: CodeFor<Localised>,
	path: Path,
	before: Localised,
	after: Localised
): Change[] {
	const isKept = locales.every((locale) => before[locale] === after[locale]);
	return isKept ? [] : [{ code, path, before, after }];
}

/** A guard as it is compared: gauges and bounds in one order, undefined where it always holds. */
export function sortGuard(guard: Guard | undefined): Guard | undefined {
	const entries = Object.entries(guard ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
	if (entries.length === 0) return undefined;
	return Object.fromEntries(
		entries.map(([gauge, { min, max }]) => [
			gauge,
			{ ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
		])
	);
}

/** Says which names are others now. */
export function nameRenamed(
	code: CodeFor<string>,
	path: Path,
	renamed: ReadonlyMap<string, string>
): Change[] {
	return [...renamed].flatMap(([before, after]) => changed(code, [...path, after], before, after));
}

interface BlockCodes<Item> {
	added: { [Code in ChangeCode]: Item extends Value<Code> ? Code : never }[ChangeCode];
	removed: { [Code in ChangeCode]: Item extends Value<Code> ? Code : never }[ChangeCode];
	reordered: CodeFor<readonly string[]>;
}

/** Compares things by name: those that are new or gone, the order of the others, and each with itself. */
export function compareBlocks<Item>(
	codes: BlockCodes<Item>,
	path: Path,
	before: Readonly<Record<string, Item>>,
	after: Readonly<Record<string, Item>>,
	compareItems: (path: Path, before: Item, after: Item) => Change[]
): Change[] {
	const kept = {
		before: Object.keys(before).filter((name) => Object.hasOwn(after, name)),
		after: Object.keys(after).filter((name) => Object.hasOwn(before, name))
	};
	const inside = Object.entries(after).flatMap(([name, item]): Change[] => {
		const known = Object.hasOwn(before, name) ? before[name] : undefined;
		const here = [...path, name];
		if (known !== undefined) return compareItems(here, known, item);
		// Which things go with a code is what the parameters say.
		return [{ code: codes.added, path: here, before: undefined, after: item } as Change];
	});
	const gone = Object.entries(before)
		.filter(([name]) => !Object.hasOwn(after, name))
		.map(([name, item]) => {
			const here = [...path, name];
			return { code: codes.removed, path: here, before: item, after: undefined } as Change;
		});
	return [...inside, ...gone, ...changed(codes.reordered, path, kept.before, kept.after)];
}
