/** `npm run restore -- FILE`: puts a backup in the place of the stores, once all of it has been checked. */
import { basename, dirname, join, resolve } from 'node:path';
import { existsSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BackupFault } from '#lib/server/backup/backup-fault.ts';
import { keysFileOf } from '#lib/server/backup/make.server.ts';
import { restoreBackup, undoRestore } from '#lib/server/backup/restore.server.ts';
import { readEnvironment } from '#lib/server/environment.server.ts';
import { readSecretKey } from '#lib/server/secret-key.server.ts';
import { explainBackupFault, Misused } from './backup-words.ts';

const usage =
	'Usage: npm run restore -- FILE [--keys FILE.keys]\n       npm run restore -- --undo   puts back what was there when a restore was broken off';

try {
	const { file, keys, undo } = readArguments(process.argv.slice(2));
	const { dataDir, databases, secretKey } = readEnvironment(process.env);
	if (databases)
		throw new Misused(
			'This is for stores that are files. What PostgreSQL keeps is backed up, and put back, by its own means, such as pg_dump.'
		);
	if (undo) {
		const isUndone = await undoRestore(dataDir);
		console.log(
			isUndone ? `What was there is back in ${dataDir}.` : 'No restore was broken off here.'
		);
	} else if (file) {
		const keysFile = keys ?? findKeys(file);
		const began = performance.now();
		const { madeAt, release } = await restoreBackup({
			dataDir,
			migrations: resolve('drizzle'),
			file,
			keysFile,
			secretKey: readSecretKey(dataDir, secretKey)
		});
		const seconds = ((performance.now() - began) / 1000).toFixed(1);
		console.log(
			`${dataDir} holds what the platform held at ${madeAt} (release ${release}); ${seconds} s.`
		);
		console.log('Everybody signs in again; mails that were waiting then are not sent.');
		const newer = findNewer(keysFile);
		if (newer)
			console.log(
				`There are newer keys beside it. Whoever has been erased since stays erased with: npm run restore -- ${file} --keys ${newer}`
			);
	}
} catch (thrown) {
	process.exitCode = explainBackupFault(thrown);
}

function readArguments(args: string[]) {
	let parsed;
	try {
		parsed = parseArgs({
			args,
			allowPositionals: true,
			options: { keys: { type: 'string' }, undo: { type: 'boolean', default: false } }
		});
	} catch (cause) {
		throw new Misused(`${(cause as Error).message}\n${usage}`, { cause }); // parseArgs throws nothing else
	}
	const [file, ...rest] = parsed.positionals;
	const { keys, undo } = parsed.values;
	if (rest.length > 0 || (file === undefined) !== undo || (undo && keys !== undefined))
		throw new Misused(usage);
	return { file: file === undefined ? undefined : resolve(file), keys, undo };
}

function findKeys(file: string): string {
	if (!existsSync(file)) throw new BackupFault(`There is no file ${file}.`);
	const own = keysFileOf(file);
	if (existsSync(own)) return own;
	const newer = findNewer(own);
	throw new BackupFault(
		`There is no ${own}. Keys of a later backup fit too: name them with --keys FILE${newer ? `, such as ${newer}` : ''}.`
	);
}

/** The newest of the keys that the nightly backups have left beside these. */
function findNewer(keysFile: string): string | undefined {
	const folder = dirname(keysFile);
	if (!existsSync(folder)) return undefined;
	const nightly = /^holdepunkt-\d{4}-\d\d-\d\d\.backup\.keys$/;
	const newest = readdirSync(folder)
		.filter((name) => nightly.test(name))
		.sort()
		.at(-1);
	return newest && nightly.test(basename(keysFile)) && newest > basename(keysFile)
		? join(folder, newest)
		: undefined;
}
