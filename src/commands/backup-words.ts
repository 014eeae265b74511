import { BackupFault } from '#lib/server/backup/backup-fault.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { StartRefused } from '#lib/server/start-refused.ts';
import { explainStore } from './store-words.ts';

/** The arguments make no sense; the sentence says which. */
export class Misused extends Error {
	override readonly name = 'Misused';
}

/** Tells whoever runs a command what went wrong; the status to end with. */
export function explainBackupFault(thrown: unknown): number {
	if (thrown instanceof Misused) {
		console.error(thrown.message);
		return 2;
	}
	if (thrown instanceof BackupFault) console.error(thrown.message);
	else if (thrown instanceof StartRefused)
		for (const sentence of thrown.sentences) console.error(sentence);
	else if (thrown instanceof StoreUnavailable) console.error(explainStore(thrown));
	else console.error(`This did not work, and nothing was changed: ${String(thrown)}`);
	return 1;
}
