/** `npm run backup -- FILE`: a copy of the stores while the platform runs, and FILE.keys apart. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { enterInstallation } from '#lib/server/backup/enter-folder.server.ts';
import { makeBackup } from '#lib/server/backup/make.server.ts';
import { readEnvironment } from '#lib/server/environment.server.ts';
import { readSecretKey } from '#lib/server/secret-key.server.ts';
import { leftOutOfBackups } from '../left-out-of-backups.ts';
import { explainBackupFault, Misused } from './backup-words.ts';
import { root } from './install.mjs';

const usage = 'Usage: npm run backup -- FILE [--force]';

try {
	const { file, force } = readArguments(process.argv.slice(2));
	const { dataDir, databases, secretKey } = readEnvironment(process.env);
	if (databases)
		throw new Misused(
			'This is for stores that are files. What PostgreSQL keeps is backed up, and put back, by its own means, such as pg_dump.'
		);
	const began = performance.now();
	const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		version: string; // ours
	};
	const leave = enterInstallation(dataDir);
	const made = await makeBackup({
		dataDir,
		file,
		secretKey: readSecretKey(dataDir, secretKey),
		release: version,
		now: new Date(),
		leaveOut: leftOutOfBackups,
		mayReplace: force
	}).finally(leave);
	const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	for (const line of [
		`${made.file} and ${made.keysFile}: ${mb(made.bytes)} for ${mb(made.storeBytes)} of stores, in ${seconds} s.`,
		'Keep the two apart, and SECRET_KEY apart from both: it is in neither.'
	])
		console.log(line);
} catch (thrown) {
	process.exitCode = explainBackupFault(thrown);
}

function readArguments(args: string[]): { file: string; force: boolean } {
	let parsed;
	try {
		parsed = parseArgs({
			args,
			allowPositionals: true,
			options: { force: { type: 'boolean', default: false } }
		});
	} catch (cause) {
		throw new Misused(`${(cause as Error).message}\n${usage}`, { cause }); // parseArgs throws nothing else
	}
	const [file, ...rest] = parsed.positionals;
	if (!file || rest.length > 0) throw new Misused(usage);
	return { file, force: parsed.values.force };
}
