import * as v from 'valibot';
import { shapeMessage } from './shape-message.ts';

const form = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

/** Whether a name is kebab-case, as names in files and addresses are. */
export function isSlug(name: string): boolean {
	return form.test(name);
}

/** A name in kebab-case. */
export const slug = v.pipe(
	v.string(),
	v.regex(
		form,
		shapeMessage('not-kebab-case', {
			da: 'Navnet skal skrives med små bogstaver fra a til z, tal og bindestreger.',
			en: 'write this name in kebab-case: small letters from a to z, digits and hyphens'
		})
	)
);

const tooSmall = shapeMessage('wrong-value', {
	da: 'Her skal stå et helt tal på mindst 1.',
	en: 'a whole number of at least 1 is expected here'
});

/** A whole number of at least 1. */
export const positiveNumber = v.pipe(v.number(), v.integer(tooSmall), v.minValue(1, tooSmall));

/** A list in which something stands. */
export function filledList<Item extends v.GenericSchema>(item: Item) {
	return v.pipe(
		v.array(item),
		v.minLength(
			1,
			shapeMessage('empty-list', {
				da: 'Listen er tom; skriv mindst ét punkt.',
				en: 'the list is empty; write at least one item'
			})
		)
	);
}
