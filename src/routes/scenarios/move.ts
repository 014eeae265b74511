import * as v from 'valibot';

/** A move as it is sent: of which attempt, at which place in it, and what was chosen. */
export const moveFields = {
	attempt: v.pipe(v.string(), v.uuid()),
	position: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(500)),
	move: v.pipe(v.string(), v.maxLength(100))
};

/** What goes with the wish to begin: anew, and along a way that was walked elsewhere. */
export const beginFields = {
	again: v.optional(v.literal('1')),
	/** Moves from the beginning, as a JSON list. */
	moves: v.optional(
		v.pipe(
			v.string(),
			v.maxLength(50_000),
			v.parseJson(),
			v.pipe(v.array(moveFields.move), v.maxLength(500))
		)
	)
};

/** What somebody writes for themselves after a story. */
export const noteField = v.pipe(v.string(), v.maxLength(5_000));

const sentNumber = v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number));

/** The same as a form sends it. */
export const moveForm = { ...moveFields, position: sentNumber };
