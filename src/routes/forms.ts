import * as v from 'valibot';

type Entries = Record<string, FormDataEntryValue | FormDataEntryValue[]>;

/**
 * Reads a form by a schema. Fields that the schema does not name are refused, so that a forged field
 * changes nothing. Names that end in `[]` may come several times and give a list.
 */
export async function readForm<Schema extends v.GenericSchema>(
	request: Request,
	schema: Schema
): Promise<v.SafeParseResult<Schema>> {
	const data = await request.formData();
	const entries: Entries = Object.create(null) as Entries;
	for (const name of new Set(data.keys())) {
		entries[name.replace(/\[\]$/, '')] = name.endsWith('[]')
			? data.getAll(name)
			: (data.get(name) ?? '');
	}
	return v.safeParse(schema, { ...entries });
}
