import { createServer, type Server } from 'node:http';
import { isLoopback } from '../loopback.ts';
import { StartRefused } from '../start-refused.ts';
import type { CollectedMetrics } from './metrics.server.ts';

/**
 * Tells the figures at `/metrics` on a port of its own that this machine alone can reach (ASVS 13.4.5).
 * Returns what closes it.
 *
 * @throws {StartRefused} where something else listens there.
 */
export async function tellMetrics(
	metrics: CollectedMetrics,
	port: number
): Promise<() => Promise<void>> {
	const server = createServer((request, response) => {
		const [host = ''] = (request.headers.host ?? '').split(/:\d+$/);
		const end = (status: number, text: string, type = 'text/plain; charset=utf-8') => {
			response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
			response.end(text);
		};
		// A page elsewhere that has its own name lead here gets nothing either.
		if (!isLoopback(host)) return end(421, 'The figures are told on this machine alone.\n');
		if (request.method !== 'GET' || request.url !== '/metrics')
			return end(404, 'The figures are at /metrics.\n');
		metrics.write().then(
			({ type, text }) => end(200, text, type),
			() => end(503, 'The figures cannot be read just now.\n')
		);
	});
	await listen(server, port);
	return async () => {
		const closed = new Promise<void>((resolve) => server.close(() => resolve()));
		server.closeAllConnections();
		await closed;
	};
}

async function listen(server: Server, port: number): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	}).catch((cause: unknown) => {
		throw new StartRefused(
			`METRICS_PORT=${port}: nothing can be told there, because ${(cause as Error).message}.`,
			{ cause }
		);
	});
}
