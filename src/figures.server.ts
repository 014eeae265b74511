/** What `/metrics` tells of an installation besides what the process tells of itself. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { countOpenRooms } from '#lib/plenary/open-rooms.server.ts';
import { measureBackupAge } from '#lib/server/backup/nightly.server.ts';
import type { Store } from '#lib/server/db/store.ts';
import { countJobs } from '#lib/server/jobs/queue.server.ts';
import { countAllListeners } from '#lib/server/live/ring.ts';
import type { Reading } from '#lib/server/metrics/metrics.server.ts';

export interface Figures {
	platform: Store;
	dataDir: string;
	backupDir: string | undefined;
	now(): Date;
}

/** The readings of an installation: counts and sizes, and no name of a person or a workplace. */
export function listReadings({ platform, dataDir, backupDir, now }: Figures): Reading[] {
	return [
		{
			name: 'jobs',
			help: 'Jobs that are due (waiting), that failed and are tried again (failed), and that are given up (dead)',
			label: 'state',
			read: async () => {
				const { waiting, failed, dead } = await countJobs(platform.read, now());
				return { waiting, failed, dead };
			}
		},
		{
			name: 'mails_waiting',
			help: 'Mails that have not gone out yet',
			read: async () => ({ all: (await countJobs(platform.read, now())).mails })
		},
		{
			name: 'store_bytes',
			help: 'Size of each store on the disk, with its log',
			label: 'store',
			read: async () => measureStores(dataDir)
		},
		{
			name: 'backup_age_seconds',
			help: 'Seconds since the beginning of the day of the newest nightly backup; absent where there is none',
			read: async () => ({ all: backupDir ? measureBackupAge(backupDir, now()) : undefined })
		},
		{
			name: 'open_streams',
			help: 'Pages that are told of what is new as it comes',
			read: async () => ({ all: countAllListeners() })
		},
		{
			name: 'open_rooms',
			help: 'Sessions of houses that are open',
			read: async () => ({ all: await countOpenRooms(platform.read) })
		}
	];
}

function measureStores(dataDir: string): Record<string, number> {
	const sizes: Record<string, number> = {};
	for (const name of readdirSync(dataDir)) {
		const [, store] = /^(platform|private|keys)\.db(-wal)?$/.exec(name) ?? [];
		if (store) sizes[store] = (sizes[store] ?? 0) + statSync(join(dataDir, name)).size;
	}
	return sizes;
}
