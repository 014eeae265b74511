/** What is written down of a person when they are added or changed. */
export interface PersonForm {
	name: string;
	/** Empty where they have no address at work. */
	email: string;
	/** Empty where they sign in with an address alone, or one is to be made. */
	username: string;
	/** What the employer calls them; empty for nothing. */
	employeeId: string;
	locale: 'da' | 'en' | null;
}

/** What is wrong with a field, by a word that the page turns into a sentence. */
export type PersonFault =
	| 'name-missing'
	| 'too-long'
	| 'email-shape'
	| 'username-shape'
	| 'cpr'
	/** Nothing to sign in with. */
	| 'no-way-in';

/** What refuses a CPR number for good. */
export const personFields = ['name', 'email', 'username', 'employeeId'] as const;

export type PersonFaults = Partial<Record<(typeof personFields)[number], PersonFault>>;

const longest = { name: 120, email: 254, username: 40, employeeId: 40 } as const;

/** Ten figures as the state numbers people; such a number is kept nowhere. */
const cpr = /(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[- ]?\d{4}(?!\d)/;

const email = /^[^\s@,;<>"()]+@[^\s@,;<>"()]+\.[^\s@,;<>"()]{2,}$/;
const username = /^[a-z0-9][a-z0-9._-]{1,39}$/;

/** Cuts what stands around the texts, and writes addresses and user names as they are looked up. */
export function tidyPerson(form: PersonForm): PersonForm {
	return {
		name: form.name.trim().replace(/\s+/g, ' '),
		email: form.email.trim().toLowerCase(),
		username: form.username.trim().toLowerCase(),
		employeeId: form.employeeId.trim(),
		locale: form.locale
	};
}

/** What must be put right in a tidied form before it can be kept; nothing where all is well. */
export function findFaults(form: PersonForm): PersonFaults {
	const faults: PersonFaults = {};
	for (const field of personFields) {
		if (form[field].length > longest[field]) faults[field] = 'too-long';
		else if (cpr.test(form[field])) faults[field] = 'cpr';
	}
	if (form.name === '') faults.name = 'name-missing';
	if (form.email !== '' && !email.test(form.email)) faults.email ??= 'email-shape';
	if (form.username !== '' && !username.test(form.username)) faults.username ??= 'username-shape';
	return faults;
}
