import { expect, test } from 'vitest';
import { createLog } from '#lib/server/log.server.ts';
import { collectMetrics } from '#lib/server/metrics/metrics.server.ts';
import { noteAnswer } from './note-answer.ts';

async function note(work: () => Promise<{ status: number }>) {
	const lines: string[] = [];
	const log = createLog('info', { write: (line: string) => void lines.push(line) });
	const metrics = collectMetrics([]);
	const answer = noteAnswer({ log, metrics }, { route: '/team', method: 'GET' }, work);
	const came = await answer.catch((thrown: unknown) => thrown);
	const { text } = await metrics.write();
	const [, status] =
		/request_seconds_count\{route="\/team",method="GET",status="(\d+)"\} 1/.exec(text) ?? [];
	return {
		came,
		logged: lines.map((line) => (JSON.parse(line) as { status: number }).status),
		status
	};
}

test('an answer is logged and counted, and so is one that is thrown', async () => {
	expect(await note(async () => ({ status: 200 }))).toEqual({
		came: { status: 200 },
		logged: [200],
		status: '200'
	});
	const busy = Object.assign(new Error('the store is locked'), { status: 503 });
	expect(await note(() => Promise.reject(busy))).toEqual({
		came: busy,
		logged: [503],
		status: '503'
	});
});

test('whatever else is thrown counts as a fault of ours', async () => {
	const bug = new Error('bug');
	expect(await note(() => Promise.reject(bug))).toEqual({
		came: bug,
		logged: [500],
		status: '500'
	});
});
