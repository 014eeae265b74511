import * as v from 'valibot';

const day = v.pipe(v.string(), v.isoDate());

/** What the last run of axe that a release keeps has found: nothing, or it would not be kept. */
const runSchema = v.strictObject({
	day,
	version: v.string(),
	/** Version of axe. */
	axe: v.string(),
	/** Faces of pages, in each language. */
	places: v.strictObject({
		da: v.pipe(v.number(), v.minValue(1)),
		en: v.pipe(v.number(), v.minValue(1))
	})
});

/** What somebody has tried by hand. */
const manualSchema = v.array(
	v.strictObject({
		day,
		version: v.string(),
		/** With what: a screen reader, a browser, a device. */
		tool: v.strictObject({ da: v.string(), en: v.string() }),
		/** What was tried, and what came of it. */
		found: v.strictObject({ da: v.string(), en: v.string() })
	})
);

export type AxeRun = v.InferOutput<typeof runSchema>;
export type ManualTest = v.InferOutput<typeof manualSchema>[number];

// Whoever has not kept a run says that there is none.
const files = import.meta.glob('/docs/accessibility/*.json', { eager: true, import: 'default' });

/** The run of axe that is kept with this version; null without one. */
export const axeRun: AxeRun | null = v.parse(
	v.nullable(runSchema),
	files['/docs/accessibility/last-run.json'] ?? null
);

/** Tests by hand, the latest first. */
export const manualTests: readonly ManualTest[] = v
	.parse(manualSchema, files['/docs/accessibility/manual-tests.json'] ?? [])
	.toSorted((a, b) => (a.day < b.day ? 1 : -1));
