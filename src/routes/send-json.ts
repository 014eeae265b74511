import { json, type RequestEvent } from '@sveltejs/kit';
import { findTaker } from '#lib/server/entry/answer-text.ts';

/** An answer in JSON; it goes past Kit where the entry takes it. */
export function sendJson({ platform }: RequestEvent, data: unknown, status = 200): Response {
	const taker = findTaker(platform?.req);
	if (!taker) return json(data, { status });
	taker.takeText([JSON.stringify(data)]);
	return new Response(null, { status, headers: { 'content-type': 'application/json' } });
}
