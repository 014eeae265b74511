import pino from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type Log = Logger;

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Names under which something personal or secret could travel; their values are never written. */
const withheldNames = new Set([
	'answer',
	'answers',
	'authorization',
	'body',
	'cookie',
	'cookies',
	'email',
	'form',
	'headers',
	'html',
	'input',
	'link',
	'name',
	'params',
	'password',
	'payload',
	'query',
	'referer',
	'referrer',
	'reflection',
	'req',
	'request',
	'res',
	'response',
	'secret',
	'session',
	'subject',
	'text',
	'to',
	'token',
	'url'
]);

interface ErrorRecord {
	type: string;
	code?: string;
	message: string;
	stack: string[];
	cause?: ErrorRecord;
}

/**
 * What may be written of an error: its kind, its message and the places it came from.
 * Query errors repeat their parameters in the message and again at the head of the stack, so both
 * are cut there.
 */
export function describeError(error: unknown, depth = 0): ErrorRecord {
	if (!(error instanceof Error)) {
		return { type: typeof error, message: 'something that is no error was thrown', stack: [] };
	}
	const code: unknown = 'code' in error ? error.code : undefined;
	const record: ErrorRecord = {
		type: error.name,
		message: withoutParameters(error.message),
		stack: (error.stack ?? '')
			.split('\n')
			.filter((line) => line.startsWith('    at '))
			.map((line) => line.trim())
	};
	if (typeof code === 'string') record.code = code;
	if (error.cause !== undefined && depth < 4) record.cause = describeError(error.cause, depth + 1);
	return record;
}

function withoutParameters(message: string): string {
	const [before = ''] = message.split(/\n?params:/);
	return before;
}

/**
 * A record without the values that stand under telling names, down to the third level. Errors have
 * a way of their own, see {@link describeError}.
 */
function withhold(record: object, depth = 3): Record<string, unknown> {
	const told: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(record)) {
		if (withheldNames.has(name)) told[name] = '[withheld]';
		else told[name] = depth > 1 && isSpelledOut(value) ? withhold(value, depth - 1) : value;
	}
	return told;
}

/** True for what is written with its names and values, and not as a text of its own. */
function isSpelledOut(value: unknown): value is object {
	return (
		typeof value === 'object' && value !== null && !(value instanceof Error) && !('toJSON' in value)
	);
}

/**
 * A log of one JSON object a line, with UTC instants and neither machine nor process in it.
 * Values under telling names are withheld three levels deep, as a net below the rule that nobody
 * logs parameters, bodies, tokens, names or addresses in the first place.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
	return pino(
		{
			level,
			base: null,
			timestamp: pino.stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }), log: (record) => withhold(record) },
			serializers: { err: describeError, error: describeError }
		},
		destination ?? pino.destination({ dest: 1, sync: true })
	);
}
