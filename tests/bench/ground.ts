import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort, startServer, type Server } from '#tests/support/server.ts';
import { root } from '../../src/commands/install.mjs';
import type { Figure } from './figure.ts';

/** What every benchmark stands on. */
export interface Ground {
	/** A folder on the disk that the checkout is on; a temporary one may well be in memory. */
	makeFolder(): string;
	/** The platform with the demonstration, logging as in production, into nothing. */
	serve(): Promise<Server>;
	/** Has something put away when all is done. */
	tidyUp(work: () => unknown): void;
}

/** A benchmark: a file `NAME.bench.ts` that exports this as `measure`. */
export type Measure = (ground: Ground) => Promise<Figure[]>;

export function prepareGround(): Ground & { clear(): Promise<void> } {
	const works: (() => unknown)[] = [];
	const tidyUp = (work: () => unknown) => void works.unshift(work);
	const makeFolder = () => {
		const parent = join(root, 'node_modules', '.cache');
		mkdirSync(parent, { recursive: true });
		const folder = mkdtempSync(join(parent, 'holdepunkt-bench-'));
		tidyUp(() => rmSync(folder, { recursive: true, force: true }));
		return folder;
	};
	let server: Promise<Server> | undefined;
	const serve = async () => {
		const started = await startServer({
			dataDir: makeFolder(),
			port: await findFreePort(),
			env: { LOG_LEVEL: 'info' },
			keepsOutput: false
		});
		tidyUp(() => started.stop());
		return started;
	};
	return {
		makeFolder,
		tidyUp,
		serve: () => (server ??= serve()),
		async clear() {
			for (const work of works.splice(0)) await work();
		}
	};
}
