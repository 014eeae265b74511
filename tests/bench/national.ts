import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { findFreePort, startServer, type Server } from '#tests/support/server.ts';
import { Visitor } from '#tests/support/visitor.ts';
import { findNode, root } from '../../src/commands/install.mjs';
import { demonstrationPassword } from '../../src/demonstration/accounts.ts';
import type { Ground } from './ground.ts';

/** A platform with the people of a large demonstration, served. */
export interface Service {
	staff: number;
	/** Seconds it took to make; null where a folder was there. */
	took: number | null;
	server: Server;
	/** Bytes of each store before anybody came in. */
	sizes: Readonly<Record<(typeof stores)[number], number>>;
	leaders: Readonly<Record<Reach, Visitor>>;
	/** The municipality of some five thousand. */
	municipality: string;
}

const stores = ['platform', 'private', 'keys'] as const;

/** How much a leader leads. */
export const reaches = {
	house: 'leader-house@demo.example',
	municipality: 'leader-municipality@demo.example',
	nation: 'leader@demo.example'
} as const;
export type Reach = keyof typeof reaches;

/** Makes and serves a service of so many people; `ready` is a folder that `npm run demo` has filled before. */
export async function serveService(
	ground: Ground,
	staff: number,
	ready: string | undefined
): Promise<Service> {
	const folder = ready ?? join(ground.makeFolder(), 'data');
	const began = performance.now();
	if (!existsSync(join(folder, 'platform.db')))
		execFileSync(findNode(), ['src/commands/demo.ts', '--staff', `${staff}`], {
			cwd: root,
			env: { ...process.env, DATA_DIR: folder },
			stdio: ['ignore', 'ignore', 'inherit']
		});
	const took = ready === undefined ? (performance.now() - began) / 1000 : null;
	const sizeOf = (name: string) => statSync(join(folder, `${name}.db`)).size;
	const [platform, own, keys] = stores.map(sizeOf);
	const server = await startServer({
		dataDir: folder,
		port: await findFreePort(),
		env: { LOG_LEVEL: 'info' },
		keepsOutput: false
	});
	ground.tidyUp(() => server.stop());
	const enter = (email: string) =>
		new Visitor(server.origin).signInWith(email, demonstrationPassword);
	return {
		staff,
		took,
		server,
		sizes: { platform: platform ?? NaN, private: own ?? NaN, keys: keys ?? NaN },
		leaders: {
			house: await enter(reaches.house),
			municipality: await enter(reaches.municipality),
			nation: await enter(reaches.nation)
		},
		municipality: findLed(folder, reaches.municipality)
	};
}

/** The workplace that somebody leads. */
function findLed(folder: string, email: string): string {
	const file = new SqliteDatabase(join(folder, 'platform.db'), { readonly: true });
	const row = file
		.prepare<[string], { workplace: string }>(
			"SELECT workplace FROM grants JOIN people ON people.id = person WHERE email = ? AND role = 'leader'"
		)
		.get(email);
	file.close();
	return row?.workplace ?? '';
}
