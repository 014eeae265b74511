import { fromBase64, toBase64 } from './base64.ts';

/** What became of a change that was sent. */
export type Answer =
	| { readonly kept: true }
	| {
			readonly kept: false;
			/**
			 * `later`: nobody answered, or not now. `out-of-order`: something before it is missing there, or
			 * it could not be read. `signed-out`: not as this person. `shut`: one may not write here any more.
			 * `too-large`: never.
			 */
			readonly why: 'later' | 'out-of-order' | 'signed-out' | 'shut' | 'too-large';
	  };

/** All of a draft, as one update. */
export interface Whole {
	readonly n: number;
	readonly update: Uint8Array;
}

/** Who hears what happens in a draft. */
export interface Ears {
	/** The line holds; nothing has been missed once what comes next is in. */
	open(): void;
	update(n: number, update: Uint8Array): void;
	whisper(data: unknown): void;
	/** The line is gone; it comes back by itself. */
	lost(): void;
}

/** The line between a draft in somebody's hands and the one that everybody has. */
export interface Wire {
	send(id: string, update: Uint8Array): Promise<Answer>;
	/** Null where nobody answers. */
	fetchWhole(): Promise<Whole | null>;
	/** Hears what comes after update `n`; returns what ends it. */
	listen(n: number, ears: Ears): () => void;
	/** Tells the others where one is; lost where nobody hears it. `isLast` as the page goes. */
	tell(presence: { tab: string; place: string | null; gone: boolean; asks: boolean }): void;
}

/** The line of a page: requests and an event stream under the address of the draft. */
export function openWire(address: string, writer: string): Wire {
	return {
		async send(id, update) {
			const body = JSON.stringify({ id, update: toBase64(update), writer });
			const response = await post(`${address}/updates`, body);
			if (response === null) return { kept: false, why: 'later' };
			if (response.ok) return { kept: true };
			return { kept: false, why: await readRefusal(response) };
		},
		async fetchWhole() {
			const response = await fetch(`${address}/updates`).catch(() => null);
			if (!response?.ok) return null;
			const whole: unknown = await response.json().catch(() => null);
			return readWhole(whole);
		},
		listen: (n, ears) => listen(`${address}/events`, n, ears),
		tell(presence) {
			const body = JSON.stringify(presence);
			void post(`${address}/presence`, body, presence.gone);
		}
	};
}

function post(path: string, body: string, keepalive = false): Promise<Response | null> {
	const headers = { 'content-type': 'application/json' };
	return fetch(path, { method: 'POST', headers, body, keepalive }).catch(() => null);
}

type Refusal = (Answer & { kept: false })['why'];

async function readRefusal(response: Response): Promise<Refusal> {
	const answer: unknown = await response.json().catch(() => null);
	const reason =
		typeof answer === 'object' && answer !== null && 'reason' in answer ? answer.reason : '';
	if (response.status === 401 || reason === 'somebody-else') return 'signed-out';
	if (response.status === 413 || String(reason).endsWith('too-large')) return 'too-large';
	if (reason === 'update-out-of-order' || reason === 'update-malformed') return 'out-of-order';
	return [403, 404, 409, 422].includes(response.status) ? 'shut' : 'later';
}

function readWhole(answer: unknown): Whole | null {
	if (typeof answer !== 'object' || answer === null) return null;
	if (!('n' in answer) || typeof answer.n !== 'number') return null;
	if (!('update' in answer) || typeof answer.update !== 'string') return null;
	return { n: answer.n, update: fromBase64(answer.update) };
}

/** Milliseconds until a stream that was refused is asked for again. */
const again = 5_000;

function listen(address: string, after: number, ears: Ears): () => void {
	let last = after;
	let source: EventSource | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const open = () => {
		source = new EventSource(`${address}?after=${last}`);
		source.addEventListener('open', () => ears.open());
		source.addEventListener('error', () => {
			ears.lost();
			// The browser comes back by itself unless the answer was no stream.
			if (source?.readyState !== EventSource.CLOSED) return;
			clearTimeout(timer);
			timer = setTimeout(open, again);
		});
		for (const kind of ['update', 'document']) {
			source.addEventListener(kind, (event: MessageEvent<string>) => {
				const data: unknown = JSON.parse(event.data);
				if (typeof data !== 'object' || data === null || !('update' in data)) return;
				last = Number(event.lastEventId);
				ears.update(last, fromBase64(String(data.update)));
			});
		}
		source.addEventListener('whisper', (event: MessageEvent<string>) =>
			ears.whisper(JSON.parse(event.data))
		);
	};
	const wake = () => {
		if (source?.readyState !== EventSource.CLOSED) return;
		clearTimeout(timer);
		open();
	};
	addEventListener('online', wake);
	addEventListener('focus', wake);
	open();
	return () => {
		removeEventListener('online', wake);
		removeEventListener('focus', wake);
		clearTimeout(timer);
		source?.close();
	};
}
