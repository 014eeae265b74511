import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	renameSync,
	rmSync,
	statfsSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { listMigrations, migrate } from '../db/sqlite-migrate.ts';
import type { StoreName } from '../db/store.ts';
import { useFolder } from '../in-use.server.ts';
import { BackupFault } from './backup-fault.ts';
import { flush } from './flush.server.ts';
import { makeBackupSeal, type BackupHeader, type BackupPart } from './format.ts';
import { openBackup, type OpenedBackup } from './open.server.ts';
import { unpack } from './pack.server.ts';

export interface RestoreOptions {
	dataDir: string;
	/** The folder with the migrations of this release. */
	migrations: string;
	file: string;
	keysFile: string;
	secretKey: Uint8Array;
}

/** How the folders begin in which a backup is unpacked. */
const unpackedIn = 'restoring-';
/** Where the stores that were there lie while others take their place. */
const asideFolder = 'before-restore';
/** Lies there once all of them do. */
const wholeMark = 'whole';
const stores = ['platform', 'private', 'keys'] as const satisfies readonly StoreName[];
/** A file of a store, with what the engine keeps beside it. */
const isOfStore = (name: string) => /^(platform|private|keys)\.db(-wal|-shm|-journal)?$/.test(name);

/** True where a restore was broken off while it put the stores in their place. */
export function isRestoreUnfinished(dataDir: string): boolean {
	return existsSync(join(dataDir, asideFolder));
}

/**
 * Deletes what a restore that was broken off has unpacked: whole stores, of which nobody would think
 * again. To be called by whoever holds the folder, so that no restore is under way there.
 */
export function clearUnpacked(dataDir: string): void {
	for (const name of readdirSync(dataDir))
		if (name.startsWith(unpackedIn)) rmSync(join(dataDir, name), { recursive: true, force: true });
}

/**
 * Puts the stores of a backup in the place of those in `dataDir`, after everything about it has been
 * looked at: its form, its key, every byte, the stores themselves, and that this release can bring them
 * up to date. Whatever is wrong, what was there stays. Returns what the backup says of itself.
 *
 * @throws {BackupFault} with a sentence that says why nothing was replaced.
 */
export async function restoreBackup(options: RestoreOptions): Promise<BackupHeader> {
	const { dataDir, file, keysFile } = options;
	const seal = makeBackupSeal(options.secretKey);
	const backup = openBackup(file, 'stores', seal);
	const keys = openBackup(keysFile, 'keys', seal);
	// People come with keys of their own: with older ones, what is private of whoever came since is lost.
	if (keys.header.set !== backup.header.set && keys.header.madeAt < backup.header.madeAt)
		throw new BackupFault(
			`${keysFile} was made before ${file}: what is private of whoever has come since could not be read. Name its own keys, or later ones.`
		);
	for (const part of [...backup.parts, ...keys.parts]) requireKnown(part, options);
	return alone(dataDir, async () => {
		putBack(dataDir);
		clearUnpacked(dataDir);
		const folder = mkdtempSync(join(dataDir, unpackedIn));
		try {
			requireRoom(dataDir, [backup, keys]);
			for (const { opened, part } of listParts([backup, keys]))
				await prepare(opened.file, part, folder, options);
			swap(dataDir, folder);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
		return backup.header;
	});
}

/**
 * Puts back what was there where a restore was broken off. True when there was something to put back.
 *
 * @throws {BackupFault} where a server runs on the folder.
 */
export function undoRestore(dataDir: string): Promise<boolean> {
	return alone(dataDir, async () => {
		const isUndone = putBack(dataDir);
		clearUnpacked(dataDir);
		return isUndone;
	});
}

async function alone<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
	const giveBack = useFolder(dataDir, 'alone');
	if (!giveBack)
		throw new BackupFault(
			`The platform is running on ${dataDir}, or another command is. Stop it first; nothing was changed.`
		);
	try {
		return await work();
	} finally {
		giveBack();
	}
}

function listParts(backups: readonly OpenedBackup[]) {
	const all = backups.flatMap((opened) => opened.parts.map((part) => ({ opened, part })));
	const found = all.map(({ part }) => part.store);
	if (all.length !== stores.length || !stores.every((store) => found.includes(store)))
		throw new BackupFault('The backup and its keys do not hold the three stores once each.');
	return all;
}

/** A store that a newer release has changed cannot be read by this one. */
function requireKnown({ store, migrations }: BackupPart, options: RestoreOptions): void {
	const known = new Map(
		listMigrations(join(options.migrations, 'sqlite', store)).map(({ tag, hash }) => [tag, hash])
	);
	const newer = migrations.find(({ tag }) => !known.has(tag));
	if (newer)
		throw new BackupFault(
			`${options.file} was made by a newer release (${newer.tag}). Restore it with that one.`
		);
	const other = migrations.find(({ tag, hash }) => known.get(tag) !== hash);
	if (other)
		throw new BackupFault(
			`${options.file} was made by another build, which has another ${other.tag}. Restore it with that one.`
		);
}

function requireRoom(dataDir: string, backups: readonly OpenedBackup[]): void {
	const needed = backups
		.flatMap(({ parts }) => parts)
		.reduce((sum, { bytes }) => sum + bytes * 1.1, 0);
	const { bavail, bsize } = statfsSync(dataDir);
	if (bavail * bsize < needed)
		throw new BackupFault(
			`There is too little room in ${dataDir}: about ${Math.ceil(needed / 1e6)} MB are needed beside what is there. Nothing was changed.`
		);
}

/** Unpacks one store, looks through all of it, and brings it up to date with this release. */
async function prepare(
	from: string,
	part: OpenedBackup['parts'][number],
	folder: string,
	{ migrations }: RestoreOptions
): Promise<void> {
	const file = join(folder, `${part.store}.db`);
	await unpack({ file: from, start: part.start, packed: part }, file);
	const unsound = (what: string, cause?: unknown) =>
		new BackupFault(
			`The ${part.store} store in ${from} is unsound: ${what}. Take another backup.`,
			{
				cause
			}
		);
	let store: SqliteDatabase.Database | undefined;
	try {
		store = new SqliteDatabase(file);
		const said = store.pragma('integrity_check', { simple: true });
		if (said !== 'ok') throw unsound(String(said));
		const broken = (store.pragma('foreign_key_check') as unknown[]).length;
		if (broken > 0) throw unsound(`${broken} rows point at nothing`);
		migrate(store, join(migrations, 'sqlite', part.store));
	} catch (fault) {
		throw fault instanceof BackupFault ? fault : unsound((fault as Error).message, fault);
	} finally {
		store?.close();
	}
}

/**
 * Moves what is there aside, the new stores in its place, and then lets go of the old. Each step is on
 * the disk before the next rests on it, so that a power cut leaves what {@link putBack} understands.
 */
function swap(dataDir: string, folder: string): void {
	const aside = join(dataDir, asideFolder);
	for (const store of stores) flush(join(folder, `${store}.db`));
	mkdirSync(aside, { mode: 0o700 });
	try {
		for (const name of readdirSync(dataDir).filter(isOfStore))
			renameSync(join(dataDir, name), join(aside, name));
		flushAll(aside, dataDir);
		writeFileSync(join(aside, wholeMark), '');
		flushAll(join(aside, wholeMark), aside);
		for (const store of stores)
			renameSync(join(folder, `${store}.db`), join(dataDir, `${store}.db`));
		flush(dataDir);
	} catch (fault) {
		putBack(dataDir);
		throw fault;
	}
	// By its name it counts as unfinished; once it has lost that, it is only to be cleared away.
	renameSync(aside, join(folder, 'over'));
	flushAll(folder, dataDir);
}

/** Puts back what was there, from whichever point; it may itself be broken off and begun again. */
function putBack(dataDir: string): boolean {
	const aside = join(dataDir, asideFolder);
	if (!existsSync(aside)) return false;
	const mark = join(aside, wholeMark);
	if (existsSync(mark)) {
		// All that was there had been moved: what is there now has come from the backup.
		for (const name of readdirSync(dataDir).filter(isOfStore)) rmSync(join(dataDir, name));
		flush(dataDir);
		rmSync(mark);
		flush(aside);
	}
	for (const name of readdirSync(aside)) renameSync(join(aside, name), join(dataDir, name));
	flushAll(dataDir, aside);
	rmSync(aside, { recursive: true });
	return true;
}

function flushAll(...paths: string[]): void {
	for (const path of paths) flush(path);
}
