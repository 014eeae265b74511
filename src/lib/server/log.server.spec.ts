import { describe, expect, test } from 'vitest';
import { createLog, describeError } from './log.server.ts';
import type { LogLevel } from './log.server.ts';

function listen(level: LogLevel = 'info') {
	const lines: string[] = [];
	const log = createLog(level, { write: (line: string) => void lines.push(line) });
	return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('a line of the log', () => {
	test('16.2.1, 16.2.2, 16.2.4 is one JSON object with a UTC instant and a level by name', () => {
		const { log, last } = listen();
		log.info({ route: '/learn/[course]', status: 200, milliseconds: 12 }, 'answered');
		expect(last()).toEqual({
			level: 'info',
			time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
			route: '/learn/[course]',
			status: 200,
			milliseconds: 12,
			msg: 'answered'
		});
	});

	test('16.4.1 stays one line when its input holds line breaks', () => {
		const { log, lines } = listen();
		log.info({ route: 'a\n{"level":"error"}' }, 'b\nc');
		expect(lines).toHaveLength(1);
		expect(lines[0]?.trimEnd()).not.toContain('\n');
	});

	test.each([
		['at the top', { token: 'verysecret' }],
		['one level down', { job: { password: 'verysecret' } }],
		['two levels down', { job: { mail: { subject: 'verysecret' } } }],
		['in a list', { jobs: [{ email: 'verysecret' }] }]
	])('withholds what a telling name holds, %s', (_, value) => {
		const { log, lines } = listen();
		log.info(value, 'said too much');
		expect(lines[0]).toContain('[withheld]');
		expect(lines[0]).not.toContain('verysecret');
	});

	test('is not written below the level asked for', () => {
		const { log, lines } = listen('warn');
		log.info('quiet');
		log.warn('heard');
		expect(lines).toHaveLength(1);
	});
});

describe('an error in the log', () => {
	test('16.2.3, 16.2.5 keeps its kind, its code and its cause, and leaves query parameters out', () => {
		const cause = Object.assign(new Error('UNIQUE failed'), { code: 'SQLITE_CONSTRAINT_UNIQUE' });
		const error = new Error('Failed query: insert into people\nparams: kim@example.org', { cause });
		const { log, lines, last } = listen();
		log.error({ err: error }, 'failed');
		expect(lines[0]).not.toContain('kim@example.org');
		expect(last()).toMatchObject({
			err: {
				type: 'Error',
				message: 'Failed query: insert into people',
				cause: { code: 'SQLITE_CONSTRAINT_UNIQUE', message: 'UNIQUE failed' }
			}
		});
	});

	test('that is no error at all tells only its type', () => {
		expect(describeError('kim@example.org')).toEqual({
			type: 'string',
			message: 'something that is no error was thrown',
			stack: []
		});
	});
});
