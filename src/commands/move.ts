/** `npm run move -- --to postgres`: carries an installation from its folder over into PostgreSQL. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { enterInstallation } from '#lib/server/backup/enter-folder.server.ts';
import { MoveRefused, moveStore, type Moved } from '#lib/server/db/move.ts';
import { connectPostgres } from '#lib/server/db/postgres-server.ts';
import { closeStores, openStores, type Databases } from '#lib/server/db/stores.server.ts';
import { readEnvironment } from '#lib/server/environment.server.ts';
import { StartRefused } from '#lib/server/start-refused.ts';

const usage =
	'Usage: npm run move -- --to postgres, with DATABASE_URL, PRIVATE_DATABASE_URL and KEYS_DATABASE_URL set';

try {
	await move();
} catch (thrown) {
	for (const sentence of explain(thrown)) console.error(sentence);
	process.exitCode = 1;
}

async function move(): Promise<void> {
	const { values } = parseArgs({ options: { to: { type: 'string' } } });
	if (values.to !== 'postgres') throw new MoveRefused(usage);
	const { dataDir, databases } = readEnvironment(process.env);
	if (!databases) throw new MoveRefused(usage);
	// Alone: what a server wrote meanwhile would stay behind.
	const leave = enterInstallation(dataDir, 'alone');
	try {
		await carryAll(dataDir, databases);
	} finally {
		leave();
	}
	console.log(
		[
			'',
			'Everything is there, and the same. What to do next:',
			'1. Start the platform with the same three addresses, and with the same DATA_DIR or SECRET_KEY: the key stays where it is.',
			'2. Look at a page or two. The files platform.db, private.db and keys.db are as they were.',
			'3. Then put these files with your backups, and delete them when those would be: they hold what people may since have had erased.'
		].join('\n')
	);
}

async function carryAll(dataDir: string, databases: Databases): Promise<void> {
	// Brings the files up to date.
	await closeStores(openStores(dataDir, resolve('drizzle')));
	const carry = async (name: keyof typeof databases, commit: () => Promise<void>) => {
		const server = await connectPostgres(databases[name]);
		const moved: Moved[] = [];
		try {
			await moveStore(
				{
					file: join(dataDir, `${name}.db`),
					server,
					migrations: resolve('drizzle', 'postgres', name),
					ontable: (one) => moved.push(one)
				},
				async () => {
					print(name, moved);
					await commit();
				}
			);
		} finally {
			await server.close();
		}
	};
	// Each is kept only once all three are proved.
	await carry('platform', () => carry('private', () => carry('keys', async () => undefined)));
}

function print(name: string, moved: readonly Moved[]): void {
	const rows = moved.reduce((sum, { rows }) => sum + rows, 0);
	console.log(`${name}: ${moved.length} tables, ${rows} rows, the same on both sides`);
	for (const { table, rows, checksum } of moved)
		if (rows > 0) console.log(`  ${table} · ${rows} · ${checksum.slice(0, 16)}`);
}

function explain(thrown: unknown): readonly string[] {
	if (thrown instanceof StartRefused) return thrown.sentences;
	if (thrown instanceof MoveRefused) return [thrown.message];
	const why = thrown instanceof Error ? thrown.message : String(thrown);
	return [`Nothing was moved: ${why}`];
}
