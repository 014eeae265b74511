import * as v from 'valibot';

const id = v.pipe(v.string(), v.uuid());

/** A comment as it is sent. */
export const commentFields = {
	id,
	under: v.nullable(id),
	place: v.nullable(v.pipe(v.string(), v.regex(/^[a-z0-9/-]{1,200}$/i))),
	quote: v.nullable(v.pipe(v.string(), v.maxLength(1_000))),
	body: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4_000)),
	must: v.boolean()
};
