import * as v from 'valibot';
import type { TaskField } from '#lib/content/course.ts';
import { isDay } from '#lib/time.ts';
import type { PlanAnswers } from '#lib/workplaces/merge-plan.ts';

/** How many letters a field of a plan takes. */
export const planLengths = { line: 300, text: 5_000, date: 10 } as const;

const prefix = 'field-';

/** The name under which a field of a task is sent, apart from what else a form sends. */
export function namePlanField(id: string): string {
	return `${prefix}${id}`;
}

function makeField(kind: TaskField['kind']) {
	const text = v.pipe(
		v.string(),
		// Browsers send two signs for a line break, and count one.
		v.transform((sent) => sent.replaceAll('\r\n', '\n').trimEnd()),
		v.maxLength(planLengths[kind])
	);
	return kind === 'date'
		? v.pipe(
				text,
				v.check((sent) => sent === '' || isDay(sent))
			)
		: text;
}

/**
 * What the form of a task sends: what stood there when it was loaded, what is to happen then, and its
 * fields. A field that is not sent is one that the form did not have.
 */
export function makePlanForm(fields: readonly TaskField[]) {
	return v.strictObject({
		revision: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)),
		then: v.optional(v.picklist(['stay', 'done', 'later']), 'stay'),
		...Object.fromEntries(
			fields.map(({ id, kind }) => [namePlanField(id), v.optional(makeField(kind))])
		)
	});
}

/** The answers among what a form sent, by field. */
export function pickPlanAnswers(
	fields: readonly TaskField[],
	sent: Readonly<Record<string, unknown>>
): PlanAnswers {
	return Object.fromEntries(
		fields.flatMap(({ id }) => {
			const value = sent[namePlanField(id)];
			return typeof value === 'string' ? [[id, value]] : [];
		})
	);
}
