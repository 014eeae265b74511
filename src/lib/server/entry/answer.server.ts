import { ServerResponse } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeader } from 'node:http';
import type { TextTaker } from './answer-text.ts';
import { completeHeaders } from './headers.ts';

type HeadersGiven = OutgoingHttpHeader[] | Record<string, OutgoingHttpHeader | undefined>;

/**
 * The answers of a site: each completes its headers at the last moment, when all of them are known, and
 * has a text that was left with it by then as its body.
 *
 * A class, and nothing written into each answer: V8 puts a function that is written into a property among
 * its old objects at once, where all that it knows of stays until the next great collection.
 */
export function answersOf(origin: string) {
	return class Answer extends ServerResponse<IncomingMessage> implements TextTaker {
		#parts: readonly string[] | undefined = undefined;
		#body: Buffer | undefined = undefined;

		takeText(parts: readonly string[]): void {
			this.#parts = parts;
		}

		/** Forgets a text, because something else is to be said. */
		dropText(): void {
			this.#parts = undefined;
		}

		override writeHead(status: number, ...rest: (string | HeadersGiven | undefined)[]): this {
			const reason = typeof rest[0] === 'string' ? rest[0] : undefined;
			const given = reason === undefined ? (rest[0] ?? rest[1]) : rest[1];
			for (const [name, value] of headersOf(given)) this.setHeader(name, value);
			completeHeaders(this, { origin });
			if (this.#parts !== undefined) {
				this.#body = encode(this.#parts);
				this.#parts = undefined;
				this.setHeader('Content-Length', this.#body.length);
			}
			return reason === undefined ? super.writeHead(status) : super.writeHead(status, reason);
		}

		override end(...given: unknown[]): this {
			const body = this.#body;
			this.#body = undefined;
			if (body !== undefined) return super.end(body);
			return super.end(...(given as [])); // whatever it is, Node looks at it
		}
	};
}

/** Any of them. */
export type Answer = InstanceType<ReturnType<typeof answersOf>>;

/** The parts one after the other: joined as a text first, they would be copied once more. */
function encode(parts: readonly string[]): Buffer {
	const lengths = parts.map((part) => Buffer.byteLength(part));
	const body = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + length, 0));
	let at = 0;
	for (const [index, part] of parts.entries()) {
		body.write(part, at);
		at += lengths[index] ?? 0;
	}
	return body;
}

/** The pairs of whatever `writeHead` takes: an object, or names and values in turn. */
function headersOf(given: string | HeadersGiven | undefined): [string, OutgoingHttpHeader][] {
	if (given === undefined || typeof given === 'string') return [];
	const entries: [string, OutgoingHttpHeader | undefined][] = Array.isArray(given)
		? given.flatMap((name, at) => (at % 2 === 0 ? [[String(name), given[at + 1]]] : []))
		: Object.entries(given);
	return entries.filter((entry): entry is [string, OutgoingHttpHeader] => entry[1] !== undefined);
}
