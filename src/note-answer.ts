import type { App } from '#lib/app.ts';

/** What was asked; nothing of who asked. */
interface Asked {
	/** Id of the route, never an address; null where there is none. */
	route: string | null;
	method: string;
}

/**
 * Logs what a request was answered with, and how soon, and counts it: also where the answer is thrown,
 * as it is while a store cannot be read.
 */
export async function noteAnswer<Answer extends { status: number }>(
	{ log, metrics }: Pick<App, 'log' | 'metrics'>,
	asked: Asked,
	work: () => Promise<Answer>
): Promise<Answer> {
	const began = performance.now();
	let status = 500;
	try {
		const answer = await work();
		({ status } = answer);
		return answer;
	} catch (thrown) {
		if (hasStatus(thrown)) ({ status } = thrown);
		throw thrown;
	} finally {
		const milliseconds = performance.now() - began;
		const answered = { route: asked.route, method: asked.method, status };
		log.info({ ...answered, ms: Math.round(milliseconds) });
		metrics.answered({ ...answered, milliseconds });
	}
}

function hasStatus(thrown: unknown): thrown is { status: number } {
	return (
		typeof thrown === 'object' &&
		thrown !== null &&
		'status' in thrown &&
		typeof thrown.status === 'number'
	);
}
