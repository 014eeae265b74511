import { join, resolve } from 'node:path';
import { makeBackup, type MadeBackup } from '#lib/server/backup/make.server.ts';
import { restoreBackup } from '#lib/server/backup/restore.server.ts';
import { leftOutOfBackups } from '../../src/left-out-of-backups.ts';

/** The key under which `makeApp` keeps its private side. */
export const testKey = new Uint8Array(32).fill(7);

/** Backs a folder up to a file in another. */
export function backUp(
	dataDir: string,
	folder: string,
	{ name = 'copy.backup', secretKey = testKey, now = new Date('2026-03-14T09:00:00Z') } = {}
): Promise<MadeBackup> {
	return makeBackup({
		dataDir,
		file: join(folder, name),
		secretKey,
		release: '0.0.0',
		now,
		leaveOut: leftOutOfBackups
	});
}

/** Restores a backup into a folder. */
export function restore(
	dataDir: string,
	{ file, keysFile }: Pick<MadeBackup, 'file' | 'keysFile'>,
	{ secretKey = testKey, migrations = resolve('drizzle') } = {}
) {
	return restoreBackup({ dataDir, migrations, file, keysFile, secretKey });
}
