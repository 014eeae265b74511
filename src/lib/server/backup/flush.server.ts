import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Has the machine write down a file, or the names in a folder, so that they outlive a power cut. */
export function flush(path: string): void {
	const handle = openSync(path, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
