import * as v from 'valibot';

/** A move as it is sent: of which attempt, at which place in it, and what was chosen. */
export const moveFields = {
	attempt: v.pipe(v.string(), v.uuid()),
	position: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(500)),
	move: v.pipe(v.string(), v.maxLength(100))
};

const sentNumber = v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number));

/** The same as a form sends it. */
export const moveForm = { ...moveFields, position: sentNumber };
