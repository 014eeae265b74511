import * as v from 'valibot';
import { filledText, localised } from './localised.ts';
import { shapeMessage } from './shape-message.ts';
import { filledList, slug } from './slug.ts';

/** The id of an outcome, such as TI-K1: level, knowledge or skill, number. */
export const outcomeId = v.pipe(
	v.string(),
	v.regex(
		/^[A-Z]{2}-[KS]\d{1,2}$/u,
		shapeMessage('bad-outcome-id', {
			da: 'Et læringsmål hedder noget i retning af TI-K1 eller TS-S12.',
			en: 'the id of an outcome looks like TI-K1 or TS-S12'
		})
	)
);

const level = v.strictObject({
	slug,
	prefix: v.string(),
	/** Not a level of the framework that ours is built on, but our own addition to it. */
	own: v.optional(v.boolean(), false),
	title: localised,
	summary: v.optional(localised)
});

const area = v.strictObject({ slug, title: localised });

const outcome = v.strictObject({
	id: outcomeId,
	level: slug,
	area: slug,
	kind: v.picklist(['knowledge', 'skill']),
	text: localised,
	/** C confirmed, P paraphrased from a secondary source, R recollected, L our own. */
	status: v.picklist(['C', 'P', 'R', 'L']),
	source: v.optional(filledText)
});

const uncovered = v.strictObject({ id: outcomeId, reason: localised });

/** framework.yaml: what there is to know and to be able to do, and what the platform leaves out. */
export const frameworkFile = v.strictObject({
	levels: filledList(level),
	areas: filledList(area),
	outcomes: filledList(outcome),
	uncovered: v.optional(v.array(uncovered), [])
});

export type Framework = v.InferOutput<typeof frameworkFile>;
export type Level = v.InferOutput<typeof level>;
export type Area = v.InferOutput<typeof area>;
export type Outcome = v.InferOutput<typeof outcome>;
