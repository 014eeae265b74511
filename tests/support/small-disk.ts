import { execFileSync } from 'node:child_process';
import {
	appendFileSync,
	closeSync,
	openSync,
	rmSync,
	statfsSync,
	writeFileSync,
	writeSync
} from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeFolder } from './folder.ts';

/** A disk of its own, in memory, for a test to fill. */
export interface SmallDisk {
	folder: string;
	/** Takes up all that is left. */
	fill(): void;
	/** Gives back what `fill` took. */
	clear(): void;
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
		unmount: () => void execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
	};
}

/**
 * Has files and folders refuse every change, also from who has them open, as a disk does that the system
 * has taken away from writing. Returns how to have them take changes again.
 */
export function freeze(...paths: string[]): () => void {
	const change = (how: string) => execFileSync('chattr', [how, ...paths], { stdio: 'ignore' });
	change('+i');
	let isFrozen = true;
	const thaw = () => {
		if (isFrozen) change('-i');
		isFrozen = false;
	};
	onTestFinished(thaw);
	return thaw;
}

/** True where this user may freeze files, and the disk heeds it. */
export const canFreeze = (() => {
	const folder = makeFolder(() => undefined);
	const file = join(folder, 'file');
	const handle = openSync(file, 'w');
	try {
		execFileSync('chattr', ['+i', file], { stdio: 'ignore' });
		try {
			writeSync(handle, 'x');
			return false;
		} catch {
			return true;
		} finally {
			execFileSync('chattr', ['-i', file], { stdio: 'ignore' });
		}
	} catch {
		return false;
	} finally {
		closeSync(handle);
		rmSync(folder, { recursive: true, force: true });
	}
})();
