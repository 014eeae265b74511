import { codeOf } from './sqlite-faults.ts';
import { StoreUnavailable, type Unavailability } from './store.ts';

/** SQLSTATE codes (PostgreSQL, appendix A) and those of Node's sockets, by how they begin. */
const reasons: readonly [prefix: string, reason: Unavailability][] = [
	['53100', 'full'],
	['53', 'locked'],
	['25006', 'not-writable'],
	['55P03', 'locked'],
	['40001', 'locked'],
	['40P01', 'locked'],
	// Shut down, starting up, or gone in the middle of a query.
	['57P', 'unreachable'],
	['08', 'unreachable'],
	['ECONN', 'unreachable'],
	['EPIPE', 'unreachable'],
	['ETIMEDOUT', 'unreachable'],
	['EHOSTUNREACH', 'unreachable'],
	['ENETUNREACH', 'unreachable'],
	['ENOTFOUND', 'unreachable'],
	['EAI_AGAIN', 'unreachable'],
	['ENOENT', 'unreachable'],
	// Not let in, or no such database.
	['28', 'unreachable'],
	['3D000', 'unreachable'],
	['58', 'not-writable'],
	['XX001', 'damaged'],
	['XX002', 'damaged']
];

/** What `pg` says, without a code, of a connection that is gone or could not be had. */
const lostConnection =
	/^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Cannot use a pool)/;

/** Turns an error of the engine that says "not now" into {@link StoreUnavailable}; leaves others alone. */
export function explainFault(error: unknown): unknown {
	if (error instanceof StoreUnavailable) return error;
	const code = codeOf(error);
	const match = reasons.find(([prefix]) => code?.startsWith(prefix));
	if (match) return new StoreUnavailable(match[1], error);
	if (error instanceof Error && lostConnection.test(error.message))
		return new StoreUnavailable('unreachable', error);
	return error;
}

/** True where nothing was wrong with the work itself: another's came in between, so it runs again. */
export function isOvertaken(error: unknown): boolean {
	const code = codeOf(error);
	return code === '40001' || code === '40P01';
}
