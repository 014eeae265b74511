import { fold } from '#lib/identity/fold.ts';

/** What is brought: people, or the tree of workplaces. */
export const importKinds = ['people', 'workplaces'] as const;

export type ImportKind = (typeof importKinds)[number];

/** What a column of people says. */
export type PersonField =
	| 'employeeId'
	| 'name'
	| 'firstName'
	| 'lastName'
	| 'email'
	| 'username'
	| 'workplace'
	| 'cohort'
	| 'role'
	| 'locale'
	| 'from'
	| 'until'
	| 'awayFrom'
	| 'awayUntil'
	| 'suspended'
	| 'deleted';

/** What a column of workplaces says. */
export type WorkplaceField = 'externalId' | 'name' | 'parent' | 'setting' | 'closed';

export type Field = PersonField | WorkplaceField;

/**
 * The names of columns, folded and without blanks and signs: ours in Danish and English, and those of
 * Moodle's list of users (docs.moodle.org, Upload users).
 */
const personColumns: Readonly<Record<PersonField, readonly string[]>> = {
	employeeId: [
		'medarbejdernummer',
		'medarbejdernr',
		'medarbejderid',
		'lonnummer',
		'lonnr',
		'tjenestenummer',
		'employeeid',
		'employeenumber',
		'employeeno',
		'staffid',
		'idnumber'
	],
	name: ['navn', 'fuldenavn', 'name', 'fullname', 'displayname'],
	firstName: ['fornavn', 'fornavne', 'firstname', 'givenname'],
	lastName: ['efternavn', 'lastname', 'surname', 'familyname'],
	email: [
		'email',
		'mail',
		'mailadresse',
		'emailadresse',
		'arbejdsmail',
		'emailaddress',
		'workemail'
	],
	username: ['brugernavn', 'username', 'login'],
	workplace: [
		'arbejdssted',
		'arbejdssteder',
		'arbejdsplads',
		'enhed',
		'afdeling',
		'workplace',
		'workplaces',
		'unit',
		'department'
	],
	cohort: ['cohort'],
	role: ['rolle', 'roller', 'role', 'roles'],
	locale: ['sprog', 'language', 'lang'],
	from: ['fra', 'ansatfra', 'startdato', 'from', 'startdate', 'employedfrom'],
	until: ['til', 'ansattil', 'slutdato', 'until', 'to', 'enddate', 'employeduntil'],
	awayFrom: ['fravaerfra', 'fravaerendefra', 'vaekfra', 'awayfrom', 'absentfrom'],
	awayUntil: ['fravaertil', 'fravaerendetil', 'vaektil', 'awayuntil', 'awayto', 'absentuntil'],
	suspended: ['suspended'],
	deleted: ['deleted']
};

const workplaceColumns: Readonly<Record<WorkplaceField, readonly string[]>> = {
	externalId: [
		'id',
		'nummer',
		'enhedsnummer',
		'enhedsid',
		'arbejdsstedid',
		'eksterntid',
		'externalid',
		'workplaceid',
		'unitid',
		'number'
	],
	name: ['navn', 'name', 'arbejdssted', 'enhed', 'workplace', 'unit'],
	parent: [
		'overenhed',
		'overordnet',
		'overordnetenhed',
		'horerunder',
		'under',
		'parent',
		'parentid'
	],
	setting: ['type', 'slags', 'ramme', 'setting', 'kind'],
	closed: ['lukket', 'nedlagt', 'closed']
};

/** Columns of which there may be several, numbered or not. */
const severalOf: readonly Field[] = ['workplace', 'cohort'];

const known: Readonly<Record<ImportKind, ReadonlyMap<string, Field>>> = {
	people: invert(personColumns),
	workplaces: invert(workplaceColumns)
};

function invert(columns: Readonly<Record<string, readonly string[]>>): Map<string, Field> {
	return new Map(
		Object.entries(columns).flatMap(([field, names]) =>
			// The records above are by field.
			names.map((name) => [name, field as Field])
		)
	);
}

/** The field that a heading names; null for a column that is none of ours. */
export function recogniseColumn(kind: ImportKind, heading: string): Field | null {
	const name = fold(heading).replace(/[^a-z0-9]/g, '');
	const field = known[kind].get(name);
	if (field) return field;
	const several = known[kind].get(name.replace(/\d+$/, ''));
	return several && severalOf.includes(several) ? several : null;
}

export interface Columns {
	/** The field of each column; null where it is left out. */
	fields: readonly (Field | null)[];
	/** The headings of columns that are left out. */
	ignored: readonly string[];
	/** What must be there and is not. */
	missing: readonly string[];
}

/** Finds out what each column says. The first of several with one name counts. */
export function recogniseColumns(kind: ImportKind, headings: readonly string[]): Columns {
	const seen = new Set<Field>();
	const fields = headings.map((heading) => {
		const field = recogniseColumn(kind, heading);
		if (field === null || (seen.has(field) && !severalOf.includes(field))) return null;
		seen.add(field);
		return field;
	});
	const ignored = headings.filter((heading, at) => fields[at] === null && heading.trim() !== '');
	return { fields, ignored, missing: seen.size === 0 ? [] : listMissing(kind, seen) };
}

function listMissing(kind: ImportKind, seen: ReadonlySet<Field>): string[] {
	if (kind === 'workplaces') return seen.has('name') ? [] : ['name'];
	const hasKey = seen.has('employeeId') || seen.has('email') || seen.has('username');
	const hasName = seen.has('name') || (seen.has('firstName') && seen.has('lastName'));
	return [...(hasName ? [] : ['name']), ...(hasKey ? [] : ['key'])];
}

export const delimiters = [';', ',', '\t'] as const;

export type Delimiter = (typeof delimiters)[number];

/** The sign between cells: the one by which most headings are known, and else the one that cuts most. */
export function guessDelimiter(kind: ImportKind, firstLine: string): Delimiter {
	const judge = (delimiter: Delimiter) => {
		const headings = firstLine.split(delimiter).map((cell) => cell.replaceAll('"', ''));
		const known = headings.filter((heading) => recogniseColumn(kind, heading) !== null).length;
		return 1000 * known + Math.min(headings.length, 999);
	};
	return delimiters.reduce((best, next) => (judge(next) > judge(best) ? next : best));
}
