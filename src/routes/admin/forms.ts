import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { DomainError } from '#lib/errors.ts';
import { readForm } from '../forms.ts';
import { answer } from '../respond.ts';
import type { Refusal } from './words.ts';

/** A line that somebody types; what is wrong with it is said by the capability, what is huge is refused. */
export const line = v.pipe(v.string(), v.maxLength(500));

/** The id of a row, as our own pages send it. */
export const id = v.pipe(v.string(), v.uuid());

/** A language, or none for as the browser asks. */
export const chosenLocale = v.pipe(
	v.picklist(['', 'da', 'en']),
	v.transform((chosen) => chosen || null)
);

/**
 * Reads a form that our own pages have made; `judgedElsewhere` as `readForm` has it.
 *
 * @throws {DomainError} `invalid` for what they never send.
 */
export async function requireForm<Schema extends v.GenericSchema>(
	request: Request,
	schema: Schema,
	judgedElsewhere: readonly string[] = []
): Promise<v.InferOutput<Schema>> {
	const { success, output } = await readForm(request, schema, judgedElsewhere);
	if (!success) throw new DomainError('invalid', 'form');
	return output;
}

const nothing = v.strictObject({});

/**
 * Reads a form that is a button alone.
 *
 * @throws {DomainError} `invalid` where anything comes with it.
 */
export async function requireNothing(request: Request): Promise<void> {
	await requireForm(request, nothing);
}

const refusals: readonly string[] = [
	'closed-above',
	'has-left',
	'into-itself',
	'last-administrator',
	'top',
	'works-nowhere'
] satisfies Refusal[];

const isRefusal = (message: string): message is Refusal => refusals.includes(message);

/** Does something, or tells why it cannot be done, to be said on the page; null where it is done. */
export async function findRefusal(work: () => Promise<void>): Promise<Refusal | null> {
	try {
		await work();
		return null;
	} catch (thrown) {
		if (thrown instanceof DomainError && thrown.code === 'conflict' && isRefusal(thrown.message))
			return thrown.message;
		throw thrown;
	}
}

/** Wraps an action, so that outcomes of the domain become answers. */
export function acting<Event extends RequestEvent, Result>(
	work: (event: Event) => Promise<Result>
): (event: Event) => Promise<Result> {
	return (event) => answer(() => work(event));
}
