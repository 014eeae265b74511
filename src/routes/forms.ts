import { createHash } from 'node:crypto';
import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { holdsCpr } from '#lib/content/cpr.ts';

type Entries = Record<string, FormDataEntryValue | FormDataEntryValue[]>;

/**
 * The name under which a form says that a number in it is meant: `kept` for all that it holds, or marks of
 * the texts that were asked about before, see {@link markMeant}.
 */
const keepsNumber = 'cpr';
const kept = 'kept';
const saysMeant = /^(?:kept|[\w-]{16}(?: [\w-]{16}){0,99})$/;

/** What leads somewhere, or is compared and not kept, is no text of anybody's. */
const isNoText = /^(?:code|word|to|back)$/;
/** What is typed to come in is shown on no page. */
const comesIn = /password/i;

/**
 * Reads a form by a schema. Fields that the schema does not name are refused, so that a forged field
 * changes nothing. Names that end in `[]` may come several times and give a list. A text that looks as
 * if it held a CPR number is held back once: the answer is a page on which it can be mended, or sent
 * all the same. Nothing of it is kept or logged meanwhile. Fields named in `judgedElsewhere` are not
 * looked at: a capability refuses such a number in them for good, or they are typed to come in.
 *
 * @throws {HttpError} 422 with `held` for a text that is held back.
 */
export async function readForm<Schema extends v.GenericSchema>(
	request: Request,
	schema: Schema,
	judgedElsewhere: readonly string[] = []
): Promise<v.SafeParseResult<Schema>> {
	const data = await readFields(request);
	if (!data) return v.safeParse(schema, null);
	const meant = takeMeant(data);
	const entries: Entries = Object.create(null) as Entries;
	for (const name of new Set(data.keys())) {
		entries[name.replace(/\[\]$/, '')] = name.endsWith('[]')
			? data.getAll(name)
			: (data.get(name) ?? '');
	}
	const result = v.safeParse(schema, { ...entries });
	if (result.success) holdBack(request, data, meant, judgedElsewhere);
	return result;
}

/**
 * The fields of a form; null for whatever says that it is one and is none.
 *
 * @throws {HttpError} 413 for what is too large.
 */
export async function readFields(request: Request): Promise<FormData | null> {
	try {
		return await request.formData();
	} catch (fault) {
		// What cannot be read as a form is a TypeError, by the standard; Kit stops what is too large.
		if (fault instanceof TypeError) return null;
		throw fault;
	}
}

/**
 * Marks those of some texts that look as if they held a CPR number and were sent all the same, for a form
 * that carries them on from step to step in a field `cpr`: they are not asked about again, and any other
 * text is. Empty where there are none.
 */
export function markMeant(texts: readonly string[]): string {
	return [...new Set(texts.filter(holdsCpr).map(mark))].join(' ');
}

/** Tells one text from another, and nothing of what it says; however its lines end on their way. */
function mark(text: string): string {
	const plain = text.replaceAll(/\r\n?/g, '\n').trim();
	return createHash('sha256').update(plain).digest('base64url').slice(0, 16);
}

/** Takes out what a form says of numbers that are meant; what nobody's form says stays, and is refused. */
function takeMeant(data: FormData): Set<string> {
	const said = data.getAll(keepsNumber);
	if (!said.every((one) => typeof one === 'string' && saysMeant.test(one))) return new Set();
	data.delete(keepsNumber);
	return new Set(said.flatMap((one) => String(one).split(' ')));
}

function holdBack(
	request: Request,
	data: FormData,
	meant: ReadonlySet<string>,
	judgedElsewhere: readonly string[]
): void {
	if (meant.has(kept)) return;
	const fields = [...data].filter(
		(field): field is [string, string] => typeof field[1] === 'string'
	);
	if (fields.some(([name]) => comesIn.test(name))) return;
	const isDoubtful = ([name, text]: [string, string]) =>
		!isNoText.test(name) &&
		!judgedElsewhere.includes(name) &&
		holdsCpr(text) &&
		!meant.has(mark(text));
	const sent = fields.map((field) => ({
		name: field[0],
		text: field[1],
		isDoubtful: isDoubtful(field)
	}));
	if (!sent.some((field) => field.isDoubtful)) return;
	const { pathname, search } = new URL(request.url);
	const before = [...meant].map((text) => ({ name: keepsNumber, text, isDoubtful: false }));
	error(422, {
		message: 'held',
		reason: 'cpr',
		held: { action: pathname + search, fields: [...sent, ...before] }
	});
}
