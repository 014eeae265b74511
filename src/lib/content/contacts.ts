import * as v from 'valibot';
import { filledText, localised } from './localised.ts';
import { shapeMessage } from './shape-message.ts';
import { slug } from './slug.ts';

const phoneNumber = v.pipe(
	v.string(),
	v.regex(
		/^\+?\d[\d ]{1,18}$/u,
		shapeMessage('bad-number', {
			da: 'Et telefonnummer skrives med tal og mellemrum, i anførselstegn.',
			en: 'write a telephone number with digits and blanks, in quotes'
		})
	)
);

const day = v.pipe(
	v.string(),
	v.regex(
		/^\d{4}(?:-\d{2}){0,2}$/u,
		shapeMessage('bad-date', {
			da: "Skriv kildens egen dato som '2023', '2023-05' eller '2023-05-17', i anførselstegn.",
			en: "write the source's own date as '2023', '2023-05' or '2023-05-17', in quotes"
		})
	)
);

const local = v.strictObject({
	slug,
	name: localised,
	number: v.optional(phoneNumber),
	hours: v.optional(localised),
	audience: localised,
	note: v.optional(localised)
});

const contact = v.strictObject({
	slug,
	name: localised,
	number: v.optional(phoneNumber),
	/** Only where a source confirms them. */
	hours: v.optional(localised),
	audience: localised,
	/** Absent for the whole country. */
	region: v.optional(slug),
	note: v.optional(localised),
	/** Contacts that are always shown together with this one. */
	with: v.optional(v.array(slug), []),
	themes: v.optional(v.array(slug), []),
	link: v.optional(v.pipe(v.string(), v.url(), v.startsWith('https://'))),
	source: filledText,
	/** The date of the source, as a year, month or day; absent where the source has none. */
	lastVerified: v.optional(day),
	status: v.picklist(['C', 'verify'])
});

/** contacts.yaml: whom to turn to, the workplace's own people first. */
export const contactsFile = v.strictObject({
	local: v.optional(v.array(local), []),
	contacts: v.optional(v.array(contact), [])
});

export type Contacts = v.InferOutput<typeof contactsFile>;
export type Contact = v.InferOutput<typeof contact>;
export type LocalContact = v.InferOutput<typeof local>;
