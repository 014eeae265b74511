import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNode } from '../../src/commands/install.mjs';
import { findFreePort, startServer } from '#tests/support/server.ts';
import type { Ground } from './ground.ts';

/** Starts a bare server that sends these very bytes, in a process of its own; its address. */
export async function serveBare(ground: Ground, page: string): Promise<string> {
	const folder = ground.makeFolder();
	const file = join(folder, 'page.html');
	writeFileSync(file, page);
	const server = await startServer({
		dataDir: folder,
		port: await findFreePort(),
		command: [findNode(), 'tests/bench/bare-server.ts', file]
	});
	ground.tidyUp(() => server.kill());
	return server.origin;
}
