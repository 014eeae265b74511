import { execFileSync } from 'node:child_process';
import { statfsSync, writeFileSync, appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './folder.ts';

/** A disk of its own, in memory, for a test to fill. */
export interface SmallDisk {
	folder: string;
	/** Takes up all that is left. */
	fill(): void;
	/** Gives back what `fill` took. */
	clear(): void;
	/** Has it taken as one that can be read only, or be written again. */
	remount(how: 'ro' | 'rw'): void;
	unmount(): void;
}

/** True where this user may make a disk. */
export const canMount = (() => {
	if (process.getuid?.() !== 0) return false;
	const folder = makeFolder(() => undefined);
	try {
		mount('tmpfs', folder, 'size=1m');
		execFileSync('umount', [folder], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
})();

function mount(type: string, folder: string, options: string): void {
	execFileSync('mount', ['-t', type, '-o', options, 'holdepunkt-test', folder], {
		stdio: 'ignore'
	});
}

export function makeSmallDisk(megabytes: number): SmallDisk {
	const folder = makeFolder();
	mount('tmpfs', folder, `size=${megabytes}m,mode=700`);
	const filler = join(folder, 'filler');
	return {
		folder,
		fill() {
			writeFileSync(filler, '');
			for (const chunk of [Buffer.alloc(65_536), Buffer.alloc(512)])
				while (statfsSync(folder).bavail * statfsSync(folder).bsize >= chunk.length)
					try {
						appendFileSync(filler, chunk);
					} catch {
						break;
					}
		},
		clear: () => rmSync(filler),
		remount: (how) =>
			void execFileSync('mount', ['-o', `remount,${how}`, folder], { stdio: 'ignore' }),
		unmount: () => void execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
	};
}
