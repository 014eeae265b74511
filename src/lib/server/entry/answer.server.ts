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
		/** What stands first, while it is not known how long the body gets. */
		#head: [status: number, reason?: string] | undefined = undefined;

		takeText(parts: readonly string[]): void {
			this.#parts = parts;
		}

		/** Whether a text has been left to be sent. */
		get hasText(): boolean {
			return this.#parts !== undefined;
		}

		/** Forgets a text, because something else is to be said. */
		dropText(): void {
			this.#parts = undefined;
			this.#head = undefined;
		}

		override writeHead(status: number, ...rest: (string | HeadersGiven | undefined)[]): this {
			const reason = typeof rest[0] === 'string' ? rest[0] : undefined;
			const given = reason === undefined ? (rest[0] ?? rest[1]) : rest[1];
			for (const [name, value] of headersOf(given)) this.setHeader(name, value);
			completeHeaders(this, { origin });
			const head: [number, string?] = reason === undefined ? [status] : [status, reason];
			if (this.#parts === undefined) return super.writeHead(...(head as [number]));
			this.#head = head;
			return this;
		}

		override write(...given: unknown[]): boolean {
			const body = this.#takeBody();
			if (body !== undefined) super.write(body);
			return super.write(...(given as [string])); // whatever it is, Node looks at it
		}

		override end(...given: unknown[]): this {
			const hasMore = given[0] !== undefined && given[0] !== null && typeof given[0] !== 'function';
			const body = this.#takeBody(!hasMore);
			if (body === undefined) return super.end(...(given as [])); // as above
			if (!hasMore) return super.end(body, given.find(isCallback));
			super.write(body);
			return super.end(...(given as []));
		}

		/** The text as bytes, for once; where it is `all` of the body, the head says how long that is. */
		#takeBody(all = false): Buffer | undefined {
			if (this.#parts === undefined) return undefined;
			const body = encode(this.#parts);
			const head = this.#head;
			this.dropText();
			if (all) this.setHeader('Content-Length', body.length);
			if (head) super.writeHead(...(head as [number]));
			return body;
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

function isCallback(given: unknown): given is () => void {
	return typeof given === 'function';
}

/** The pairs of whatever `writeHead` takes: an object, or names and values in turn. */
function headersOf(given: string | HeadersGiven | undefined): [string, OutgoingHttpHeader][] {
	if (given === undefined || typeof given === 'string') return [];
	const entries: [string, OutgoingHttpHeader | undefined][] = Array.isArray(given)
		? given.flatMap((name, at) => (at % 2 === 0 ? [[String(name), given[at + 1]]] : []))
		: Object.entries(given);
	return entries.filter((entry): entry is [string, OutgoingHttpHeader] => entry[1] !== undefined);
}
