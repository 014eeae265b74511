import { StoreUnavailable, type Unavailability } from './store.ts';

const reasons: readonly [prefix: string, reason: Unavailability][] = [
	['SQLITE_BUSY', 'locked'],
	['SQLITE_LOCKED', 'locked'],
	['SQLITE_FULL', 'full'],
	['SQLITE_READONLY', 'not-writable'],
	['SQLITE_CANTOPEN', 'not-writable'],
	['SQLITE_PERM', 'not-writable'],
	['SQLITE_IOERR', 'not-writable'],
	['SQLITE_CORRUPT', 'damaged'],
	['SQLITE_NOTADB', 'damaged']
];

/** The code the engine gives, also where Drizzle has wrapped the error in one of its own. */
export function codeOf(error: unknown): string | undefined {
	for (let at = error; at instanceof Error; at = at.cause) {
		if ('code' in at && typeof at.code === 'string') return at.code;
	}
	return undefined;
}

/** Turns an error of the engine that says "not now" into {@link StoreUnavailable}; leaves others alone. */
export function explainFault(error: unknown): unknown {
	const code = codeOf(error);
	const match = reasons.find(([prefix]) => code?.startsWith(prefix));
	return match ? new StoreUnavailable(match[1], error) : error;
}

/** True when another connection holds what is needed, so that it may be there in a moment. */
export function isLocked(error: unknown): boolean {
	const fault = explainFault(error);
	return fault instanceof StoreUnavailable && fault.reason === 'locked';
}

/** True when a row of the same key was there already, in either engine. */
export function isUniqueViolation(error: unknown): boolean {
	const code = codeOf(error);
	return (
		code === 'SQLITE_CONSTRAINT_UNIQUE' ||
		code === 'SQLITE_CONSTRAINT_PRIMARYKEY' ||
		code === '23505'
	);
}
