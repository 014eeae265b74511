import type { Contact } from '#lib/content/contacts.ts';

/** A contact as the files have it, with what the test is about. */
export function makeContact(slug: string, more: Partial<Contact> = {}): Contact {
	return {
		slug,
		name: { da: slug, en: `the ${slug}` },
		audience: { da: 'Alle.', en: 'Everyone.' },
		with: [],
		themes: [],
		source: 'a page',
		status: 'C',
		...more
	};
}
