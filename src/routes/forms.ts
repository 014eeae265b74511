import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { holdsCpr } from '#lib/content/cpr.ts';

type Entries = Record<string, FormDataEntryValue | FormDataEntryValue[]>;

/** The name under which a form says that a number in it is meant. */
const keepsNumber = 'cpr';

/**
 * Fields that refuse a CPR number by themselves, and for good: how somebody is called is kept with them.
 * What is typed to come in is no text, and is shown on no page.
 */
const judgedElsewhere = /^(?:name|email|username|employeeId|code|word|to|back)$/;
const comesIn = /password/i;

/**
 * Reads a form by a schema. Fields that the schema does not name are refused, so that a forged field
 * changes nothing. Names that end in `[]` may come several times and give a list. A text that looks as
 * if it held a CPR number is held back once: the answer is a page on which it can be mended, or sent
 * all the same. Nothing of it is kept or logged meanwhile.
 *
 * @throws {HttpError} 422 with `held` for a text that is held back.
 */
export async function readForm<Schema extends v.GenericSchema>(
	request: Request,
	schema: Schema
): Promise<v.SafeParseResult<Schema>> {
	const data = await request.formData().catch(() => null);
	// Whatever it says it is, it is no form.
	if (!data) return v.safeParse(schema, null);
	const isMeant = data.get(keepsNumber) === 'kept';
	if (isMeant) data.delete(keepsNumber);
	const entries: Entries = Object.create(null) as Entries;
	for (const name of new Set(data.keys())) {
		entries[name.replace(/\[\]$/, '')] = name.endsWith('[]')
			? data.getAll(name)
			: (data.get(name) ?? '');
	}
	const result = v.safeParse(schema, { ...entries });
	if (result.success && !isMeant) holdBack(request, data);
	return result;
}

function holdBack(request: Request, data: FormData): void {
	const fields = [...data].filter(
		(field): field is [string, string] => typeof field[1] === 'string'
	);
	if (fields.some(([name]) => comesIn.test(name))) return;
	const doubtful = fields.map(([name, text]) => !judgedElsewhere.test(name) && holdsCpr(text));
	if (!doubtful.includes(true)) return;
	const { pathname, search } = new URL(request.url);
	error(422, {
		message: 'held',
		reason: 'cpr',
		held: {
			action: pathname + search,
			fields: fields.map(([name, text], at) => ({ name, text, isDoubtful: doubtful[at] ?? false }))
		}
	});
}
