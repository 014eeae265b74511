import type { IncomingMessage } from 'node:http';

/**
 * A request that only reads, as the app sees it: a `Request` without the body that a GET and a HEAD do not
 * have. Node's own is made only where something is asked of it that is not known here, because making it
 * costs a tenth of what a page does, and nearly no page asks for more than address, method and headers.
 *
 * @throws {TypeError} where the address cannot be read, as Node's own does.
 */
export function readingRequest(incoming: IncomingMessage, origin: string): Request {
	const request: unknown = new ReadingRequest(incoming, origin);
	return request as Request; // whose prototype it has
}

/** Addresses that mean the same read as written; nearly all are of this kind. */
const plain = /^\/(?!\/)[\w\-~!$&()*+,;=:@%/.]*(\?[\w\-~!$&()*+,;=:@%/?.]*)?$/;
const dots = /\/\.|%2e/i;

class ReadingRequest {
	readonly #incoming: IncomingMessage;
	readonly url: string;
	readonly method: string;
	readonly headers: ReadingHeaders;
	#own: Request | undefined = undefined;
	#aborting: AbortController | undefined = undefined;

	constructor(incoming: IncomingMessage, origin: string) {
		const { url = '', method = 'GET' } = incoming;
		const address = origin + url;
		this.#incoming = incoming;
		this.url = plain.test(url) && !dots.test(url) ? address : new URL(address).href;
		this.method = method;
		this.headers = new ReadingHeaders(incoming);
	}

	/** Aborted when who asked has gone before the answer was out. */
	get signal(): AbortSignal {
		if (this.#aborting) return this.#aborting.signal;
		const aborting = (this.#aborting = new AbortController());
		const incoming = this.#incoming;
		const close = () => {
			if (!incoming.readableEnded) aborting.abort();
		};
		if (incoming.closed) close();
		else incoming.once('close', close);
		return aborting.signal;
	}

	/** Node's own, for all that is seldom asked. */
	get own(): Request {
		const { url, method, headers, signal } = this;
		return (this.#own ??= new Request(url, { method, headers: [...headers], signal }));
	}
}

/** The headers of a request as `Headers`; Node's own are made where more than one of them is asked for at a time. */
class ReadingHeaders {
	readonly #incoming: IncomingMessage;
	#own: Headers | undefined = undefined;

	constructor(incoming: IncomingMessage) {
		this.#incoming = incoming;
	}

	get(name: string): string | null {
		if (this.#own) return this.#own.get(name);
		const value = this.#find(name);
		return Array.isArray(value) ? value.join(', ') : (value ?? null);
	}

	has(name: string): boolean {
		return this.#own ? this.#own.has(name) : this.#find(name) !== undefined;
	}

	[Symbol.iterator](): HeadersIterator<[string, string]> {
		return this.own.entries();
	}

	#find(name: string): string | string[] | undefined {
		const { headers } = this.#incoming;
		const known = name.toLowerCase();
		return Object.hasOwn(headers, known) ? headers[known] : undefined;
	}

	get own(): Headers {
		return (this.#own ??= new Headers(
			Object.entries(this.#incoming.headers).map(([name, value]): [string, string] => [
				name,
				String(value)
			])
		));
	}
}

/** Has everything else that a class of Node's knows answered by an object of that class. */
function standInFor<Own extends object>(
	ours: { prototype: { readonly own: Own } },
	nodes: { prototype: object }
): void {
	const known = Object.getOwnPropertyDescriptors(ours.prototype);
	for (const name of Reflect.ownKeys(nodes.prototype)) {
		if (name in known || name === 'url' || name === 'method' || name === 'headers') continue;
		Object.defineProperty(ours.prototype, name, {
			configurable: true,
			get(this: { own: Own }) {
				const found: unknown = Reflect.get(this.own, name);
				return typeof found === 'function' ? found.bind(this.own) : found;
			}
		});
	}
	Object.setPrototypeOf(ours.prototype, nodes.prototype);
}

standInFor(ReadingRequest, Request);
standInFor(ReadingHeaders, Headers);
