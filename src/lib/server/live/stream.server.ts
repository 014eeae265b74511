import { randomInt } from 'node:crypto';
import { onStopping } from '../shutdown.server.ts';
import { listenTo } from './ring.ts';

/** Something that happened on a channel, by its number there. */
export interface LiveEvent {
	/** Larger than that of every event before; there may be gaps. */
	n: number;
	kind: string;
	/** Sent as JSON. */
	data: unknown;
}

export interface StreamOptions {
	channel: string;
	/** The number of the last event that is known already. */
	after: number;
	/** What has happened since, in order, from where it is kept. Events that it returns again are encoded once. */
	readAfter(n: number): Promise<readonly LiveEvent[]>;
	/** Aborted when the client has gone, or nothing more is to be told. */
	signal: AbortSignal;
	/** Asked at every beat whether this listener still may; otherwise the stream ends (ASVS 7.4.1). */
	mayStay?(): Promise<boolean>;
	/** Told of what `readAfter` or `mayStay` throws; the stream ends, and the client comes back by itself. */
	onFault?(fault: unknown): void;
}

/** Milliseconds between the signs of life by which proxies and phones know that the connection holds. */
const beat = 15_000;
/** As much as waits for one slow listener, in bytes; more is read when it has been taken. */
const mostWaiting = 65_536;

/**
 * Answers with Server-Sent Events: what has happened after `after`, then whatever comes, as it comes.
 * It ends with `signal`, with the right to it, and when the server stops; the browser comes back
 * after a second or two, at a moment of its own so that a whole room does not come at once.
 */
export function openStream(options: StreamOptions): Response {
	const stream = new LiveStream(options);
	return new Response(stream.readable, {
		headers: {
			'Content-Type': 'text/event-stream',
			'Cache-Control': 'no-store, no-transform',
			'X-Accel-Buffering': 'no'
		}
	});
}

/**
 * The number of the last event that the client has: from `Last-Event-ID` where it comes back, else
 * from `?after=`; 0 where it names none that makes sense.
 */
export function readAfterNumber(request: Request): number {
	const named =
		request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after');
	return named !== null && /^\d{1,15}$/.test(named) ? Number(named) : 0;
}

class LiveStream {
	readonly readable: ReadableStream<Uint8Array>;
	readonly #options: StreamOptions;
	#controller: ReadableStreamDefaultController<Uint8Array> | undefined;
	#last: number;
	/** True while events are being read; a ring meanwhile has them read once more. */
	#isReading = false;
	#hasRung = false;
	/** True when the listener had not taken what waits at the last beat. */
	#isStuck = false;
	#release: () => void = () => undefined;

	constructor(options: StreamOptions) {
		this.#options = options;
		this.#last = options.after;
		this.readable = new ReadableStream<Uint8Array>(
			{
				start: (controller) => this.#open(controller),
				pull: () => void (this.#hasRung && this.#read()),
				cancel: () => this.#close()
			},
			new ByteLengthQueuingStrategy({ highWaterMark: mostWaiting })
		);
	}

	#open(controller: ReadableStreamDefaultController<Uint8Array>): void {
		const { channel, signal } = this.#options;
		this.#controller = controller;
		if (signal.aborted) return this.#close();
		const close = () => this.#close();
		const unlisten = listenTo(channel, {
			ring: () => void this.#read(),
			whisper: (data) => this.#hasRoom() && this.#send(encodeWhisper(data))
		});
		const forget = onStopping(close);
		const timer = setInterval(() => void this.#beat(), beat);
		timer.unref();
		signal.addEventListener('abort', close);
		this.#release = () => {
			unlisten();
			forget();
			clearInterval(timer);
			signal.removeEventListener('abort', close);
		};
		this.#send(encode(`retry: ${randomInt(1000, 3000)}\n\n`));
		void this.#read();
	}

	/** Sends what is new; where the listener is slow, when there is room again. */
	async #read(): Promise<void> {
		this.#hasRung = true;
		if (this.#isReading) return;
		this.#isReading = true;
		try {
			while (this.#hasRung && this.#hasRoom()) {
				this.#hasRung = false;
				for (const event of await this.#options.readAfter(this.#last)) {
					this.#send(encodeEvent(event));
					this.#last = event.n;
				}
			}
		} catch (fault) {
			this.#fail(fault);
		} finally {
			this.#isReading = false;
		}
	}

	async #beat(): Promise<void> {
		if (this.#hasRoom()) {
			this.#isStuck = false;
			this.#send(signOfLife);
		} else {
			// Whoever takes nothing between two beats has gone without a word.
			if (this.#isStuck) return this.#close();
			this.#isStuck = true;
		}
		try {
			if ((await this.#options.mayStay?.()) === false) this.#close();
		} catch (fault) {
			this.#fail(fault);
		}
	}

	#fail(fault: unknown): void {
		this.#options.onFault?.(fault);
		this.#close();
	}

	#hasRoom(): boolean {
		return (this.#controller?.desiredSize ?? 0) > 0;
	}

	#send(bytes: Uint8Array): void {
		this.#controller?.enqueue(bytes);
	}

	#close(): void {
		this.#release();
		this.#release = () => undefined;
		const controller = this.#controller;
		this.#controller = undefined;
		try {
			controller?.close();
		} catch {
			// Cancelled by the other side, which has closed it.
		}
	}
}

const encoder = new TextEncoder();
const encode = (text: string) => encoder.encode(text);
const signOfLife = encode(':\n\n');

/** A whole room is told the same: each event is written out once. */
const encoded = new WeakMap<LiveEvent, Uint8Array>();

function encodeEvent(event: LiveEvent): Uint8Array {
	const known = encoded.get(event);
	if (known) return known;
	const { n, kind, data } = event;
	// JSON has no line breaks of its own, so that it is always one line of data.
	const bytes = encode(`id: ${n}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`);
	encoded.set(event, bytes);
	return bytes;
}

function encodeWhisper(data: unknown): Uint8Array {
	return encode(`event: whisper\ndata: ${JSON.stringify(data)}\n\n`);
}
