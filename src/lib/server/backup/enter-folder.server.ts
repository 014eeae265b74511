import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreName } from '../db/store.ts';
import { useFolder } from '../in-use.server.ts';
import { StartRefused } from '../start-refused.ts';
import { isRestoreUnfinished } from './restore.server.ts';

const stores = ['platform', 'private', 'keys'] as const satisfies readonly StoreName[];

/**
 * Says that somebody works with the stores of a folder, so that nothing puts others in their place
 * meanwhile; together with other servers and commands, or alone. Returns what gives it back.
 *
 * @throws {StartRefused} where somebody is in the way, or a restore was broken off there.
 * @throws {StoreUnavailable} where the folder cannot be written.
 */
export function enterFolder(dataDir: string, how: 'together' | 'alone' = 'together'): () => void {
	const leave = useFolder(dataDir, how);
	if (!leave)
		throw new StartRefused(
			how === 'alone'
				? `DATA_DIR=${dataDir}: the platform is running on it, or another command is. Stop it first.`
				: `DATA_DIR=${dataDir}: a command has it to itself, such as restore. Wait until it has ended.`
		);
	if (!isRestoreUnfinished(dataDir)) return leave;
	leave();
	throw new StartRefused(
		`DATA_DIR=${dataDir}: restoring a backup was broken off there. Restore it again, or put back what was there: npm run restore -- --undo`
	);
}

/**
 * The same for what has to be there already: nothing is made in a folder that was named by mistake.
 *
 * @throws {StartRefused} likewise, and where the folder does not hold the stores.
 */
export function enterInstallation(
	dataDir: string,
	how: 'together' | 'alone' = 'together'
): () => void {
	const missing = isRestoreUnfinished(dataDir)
		? []
		: stores.map((name) => `${name}.db`).filter((name) => !existsSync(join(dataDir, name)));
	if (missing.length > 0)
		throw new StartRefused(
			`DATA_DIR=${dataDir} holds no installation: there is no ${missing.join(', no ')}. Set DATA_DIR to the folder that the platform runs on.`
		);
	return enterFolder(dataDir, how);
}
