import { rmSync } from 'node:fs';
import { madeDemonstration, startServer } from './server.ts';

/** Before the first test: the demonstration, made once, for every test that has a platform of its own. */
export default async function makeDemonstration(): Promise<() => void> {
	const server = await startServer();
	await server.end();
	process.env[madeDemonstration] = server.dataDir;
	return () => rmSync(server.dataDir, { recursive: true, force: true });
}
