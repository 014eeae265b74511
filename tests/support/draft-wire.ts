import type { Answer, Ears, Wire } from '#lib/authoring/ui/wire.ts';
import { fromBase64, toBase64 } from '#lib/authoring/ui/base64.ts';
import type { Visitor } from './visitor.ts';

export interface DraftWireOptions {
	origin: string;
	visitor: Visitor;
	draft: string;
	/** What the server calls the visitor. */
	writer: string;
	onacknowledged?: (id: string) => void;
}

/** The line of an editor without a browser: the same requests, and the stream read as it comes. */
export function openVisitorWire(options: DraftWireOptions): Wire {
	const { origin, visitor, draft, writer, onacknowledged } = options;
	const address = `${origin}/author/${draft}`;
	const headers = { ...visitor.headers, 'content-type': 'application/json' };
	const ask = (path: string, init?: RequestInit) =>
		fetch(`${address}/${path}`, { headers, ...init }).catch(() => null);
	return {
		async send(id, update) {
			const body = JSON.stringify({ id, update: toBase64(update), writer });
			const response = await ask('updates', { method: 'POST', body });
			const answer: unknown = await response?.json().catch(() => null);
			if (response?.ok && answer !== null) {
				onacknowledged?.(id);
				return { kept: true };
			}
			return { kept: false, why: readWhy(response, answer) };
		},
		async fetchWhole() {
			const response = await ask('updates');
			if (!response?.ok) return null;
			const { n, update } = (await response.json()) as { n: number; update: string };
			return { n, update: fromBase64(update) };
		},
		listen: (n, ears) => listen(`${address}/events`, n, ears, headers),
		tell(presence) {
			void ask('presence', { method: 'POST', body: JSON.stringify(presence) });
		}
	};
}

function readWhy(
	response: Response | null | undefined,
	answer: unknown
): (Answer & { kept: false })['why'] {
	const { reason = '' } = (answer ?? {}) as { reason?: string };
	if (reason === 'update-out-of-order') return 'out-of-order';
	return response && [403, 404, 422].includes(response.status) ? 'shut' : 'later';
}

/** Reads a stream as a browser does: from where it was, again and again. */
function listen(
	address: string,
	after: number,
	ears: Ears,
	headers: Readonly<Record<string, string>>
): () => void {
	const end = new AbortController();
	let last = after;
	const hear = (block: string) => {
		const fields = new Map(
			block.split('\n').map((line): [string, string] => {
				const at = line.indexOf(': ');
				return [line.slice(0, at), line.slice(at + 2)];
			})
		);
		const data = fields.get('data');
		if (data === undefined) return;
		if (fields.get('event') === 'whisper') return ears.whisper(JSON.parse(data));
		last = Number(fields.get('id'));
		ears.update(last, fromBase64((JSON.parse(data) as { update: string }).update));
	};
	void (async () => {
		while (!end.signal.aborted) {
			try {
				const { signal } = end;
				const response = await fetch(`${address}?after=${last}`, { headers, signal });
				if (!response.ok || !response.body) throw new Error(`${response.status}`);
				ears.open();
				let rest = '';
				for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
					const blocks = `${rest}${text}`.split('\n\n');
					rest = blocks.pop() ?? '';
					for (const block of blocks) hear(block);
				}
			} catch {
				// It comes back by itself.
			}
			if (end.signal.aborted) return;
			ears.lost();
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	})();
	return () => end.abort();
}
