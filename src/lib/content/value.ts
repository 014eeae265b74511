import type { Path } from './source.ts';

/** What stands at a path of a plain value; undefined where it leads nowhere. */
export function valueAt(value: unknown, path: Path): unknown {
	return path.reduce<unknown>((here, step) => {
		if (Array.isArray(here)) return here[Number(step)];
		return isRecord(here) && Object.hasOwn(here, step) ? here[step] : undefined;
	}, value);
}

/** Whether a value is a block of keys. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
