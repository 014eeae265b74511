import type { StoreUnavailable } from '#lib/server/db/store.ts';

/** Tells whoever runs a command which stores cannot be used, and why. */
export function explainStore(fault: StoreUnavailable): string {
	const { DATABASE_URL, DATA_DIR = './data' } = process.env;
	const place = DATABASE_URL?.trim() ? 'DATABASE_URL' : `DATA_DIR=${DATA_DIR}`;
	return `${place}: the data there cannot be used, because ${fault.message}.`;
}
