import type { Breathe } from '../slices.ts';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/**
 * The three stores. `platform` holds what an employer may know, `private` what only the learner may
 * know, and `keys` the one thing that joins a person to private rows.
 */
export type StoreName = 'platform' | 'private' | 'keys';

type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;

declare const store: unique symbol;

/** A handle that can only read, from one store; a handle of another store does not fit. */
export type Reader<Name extends StoreName = 'platform'> = Pick<
	Database,
	'select' | 'selectDistinct' | 'with' | '$with'
> & { readonly [store]: Name };

/** A handle inside a transaction of one store. It reads what the transaction has written. */
export type Writer<Name extends StoreName = 'platform'> = Reader<Name> &
	Pick<Database, 'insert' | 'update' | 'delete'>;

export interface Store<Name extends StoreName = 'platform'> {
	readonly read: Reader<Name>;
	/**
	 * Runs `work` in one transaction and resolves once it is durable. All of it is kept or none of it.
	 * Inside, nothing is awaited but `tx`; a `write` within a `write` is refused. Where the transaction
	 * is lost for others' reasons `work` runs again, so it changes nothing but what `tx` writes.
	 *
	 * @throws {StoreUnavailable} when the store is locked, full or not writable; nothing was kept.
	 */
	write<T>(work: (tx: Writer<Name>) => Promise<T>): Promise<T>;
	/**
	 * A `write` of thousands of rows: a transaction to itself, in which `work` may also await `breathe`,
	 * so that the process goes on answering in between. Readers see all of it at the end or nothing;
	 * other writes wait until then, so whatever can be worked out before is.
	 */
	writeMuch<T>(work: (tx: Writer<Name>, breathe: Breathe) => Promise<T>): Promise<T>;
	/** Resolves when the store answers; rejects with {@link StoreUnavailable} when it does not. */
	ping(): Promise<void>;
	/** Folds what the log holds into the file, so that no order of writing is left on the disk. */
	settle(): Promise<void>;
	close(): Promise<void>;
}

export type Unavailability = 'locked' | 'full' | 'not-writable' | 'damaged' | 'unreachable';

/** The store cannot take the write or answer; what was acknowledged before is safe. */
export class StoreUnavailable extends Error {
	override readonly name = 'StoreUnavailable';
	readonly reason: Unavailability;

	constructor(reason: Unavailability, cause: unknown) {
		super(`the store is ${reason}`, { cause });
		this.reason = reason;
	}
}
