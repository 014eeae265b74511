import * as v from 'valibot';
import { localised } from './localised.ts';
import { filledList, positiveNumber, slug } from './slug.ts';

const selection = v.lazy((value) =>
	typeof value === 'string' ? v.picklist(['all']) : filledList(slug)
);

/** course.yaml. Modules are named by their slug or their directory, which has the number before it. */
export const courseFile = v.strictObject({
	title: localised,
	summary: localised,
	/** A level of the framework. */
	level: slug,
	/** For whom the course is meant. */
	roles: filledList(slug),
	requires: v.optional(v.array(slug), []),
	paths: v.optional(v.record(slug, selection), {}),
	/** Days from assignment to due date. */
	dueDays: positiveNumber,
	renew: v.optional(
		v.strictObject({ months: positiveNumber, by: v.picklist(['refresher', 'course']) })
	),
	refresher: v.optional(slug),
	modules: v.optional(selection, 'all')
});

export type CourseFile = v.InferOutput<typeof courseFile>;
