import { randomUUID } from 'node:crypto';
import {
	createReadStream,
	createWriteStream,
	existsSync,
	mkdirSync,
	mkdtempSync,
	renameSync,
	rmSync,
	statfsSync
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import SqliteDatabase from 'better-sqlite3';
import { BackupFault } from './backup-fault.ts';
import { flush } from './flush.server.ts';
import { magic, makeBackupSeal, type BackupHeader, type BackupPart } from './format.ts';
import { pack } from './pack.server.ts';
import { pinOrder, pinStore, type PinnedStore } from './pin.server.ts';

export interface BackupOptions {
	dataDir: string;
	/** Where it is to be written; what only the keys' file holds goes to the same name with `.keys`. */
	file: string;
	secretKey: Uint8Array;
	release: string;
	now: Date;
	/** What is not carried along, as statements on the copy of the platform store. */
	leaveOut: readonly { table: string; where?: string }[];
	/** Replaces files of that name. */
	mayReplace?: boolean;
}

export interface MadeBackup {
	file: string;
	keysFile: string;
	/** Bytes of the two files. */
	bytes: number;
	/** Bytes of the stores. */
	storeBytes: number;
}

/** The name of the file with the keys that belong to a backup. */
export const keysFileOf = (file: string) => `${file}.keys`;

/**
 * Makes a copy of the three stores while the platform runs: the platform and the private store in one
 * file, the keys in another, so that they can be kept apart. The files appear once they are whole.
 *
 * @throws {BackupFault} where a store is missing, a file is there already or there is no room.
 */
export async function makeBackup(options: BackupOptions): Promise<MadeBackup> {
	const file = resolve(options.file);
	const keysFile = keysFileOf(file);
	for (const there of options.mayReplace ? [] : [file, keysFile])
		if (existsSync(there))
			throw new BackupFault(`${there} is there already. Choose another name, or remove it.`);
	mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
	const pinned: PinnedStore[] = [];
	const folder = mkdtempSync(`${file}.making-`);
	try {
		for (const store of pinOrder) pinned.push(pinStore(options.dataDir, store));
		requireRoom(dirname(file), pinned);
		const header = {
			release: options.release,
			madeAt: options.now.toISOString(),
			set: randomUUID()
		};
		const made = await copyAll(folder, pinned, options.leaveOut);
		const bytes = [
			await compose({ ...header, kind: 'keys' }, made, ['keys'], folder, keysFile, options),
			await compose(
				{ ...header, kind: 'stores' },
				made,
				['platform', 'private'],
				folder,
				file,
				options
			)
		];
		return {
			file,
			keysFile,
			bytes: bytes.reduce((sum, each) => sum + each, 0),
			storeBytes: made.reduce((sum, each) => sum + each.bytes, 0)
		};
	} finally {
		for (const store of pinned) store.release();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Half as much again as the stores: a copy, and what it is compressed to. */
function requireRoom(folder: string, pinned: readonly PinnedStore[]): void {
	const needed = pinned.reduce((sum, { bytes }) => sum + bytes, 0) * 1.5;
	const { bavail, bsize } = statfsSync(folder);
	if (bavail * bsize < needed)
		throw new BackupFault(
			`There is too little room in ${folder}: about ${Math.ceil(needed / 1e6)} MB are needed while the backup is made.`
		);
}

/** Copies and compresses each store; the small keys first, so that nothing waits for them for long. */
async function copyAll(
	folder: string,
	pinned: readonly PinnedStore[],
	leaveOut: BackupOptions['leaveOut']
): Promise<BackupPart[]> {
	const parts: BackupPart[] = [];
	for (const store of pinned.toReversed()) {
		const copy = join(folder, `${store.store}.db`);
		await store.copy(copy);
		store.release();
		strip(copy, store.store === 'platform' ? leaveOut : []);
		const packed = await pack(copy, packedIn(folder, store.store));
		rmSync(copy);
		parts.push({ store: store.store, migrations: [...store.migrations], ...packed });
	}
	return parts;
}

const packedIn = (folder: string, store: string) => join(folder, `${store}.zst`);

/** Makes a copy stand by itself, in one file, and takes out what is not carried along. */
function strip(file: string, leaveOut: BackupOptions['leaveOut']): void {
	const copy = new SqliteDatabase(file);
	try {
		copy.pragma('journal_mode = DELETE');
		copy.pragma('secure_delete = ON');
		copy.pragma('foreign_keys = OFF');
		const isThere = copy.prepare<[string]>(
			"SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"
		);
		for (const { table, where = 'true' } of leaveOut)
			if (isThere.get(table)) copy.exec(`DELETE FROM "${table}" WHERE ${where}`);
	} finally {
		copy.close();
	}
}

/** Puts one file together under another name, and gives it its own when it is on the disk; its bytes. */
async function compose(
	said: Omit<BackupHeader, 'parts' | 'keyFingerprint'>,
	made: readonly BackupPart[],
	stores: readonly BackupPart['store'][],
	folder: string,
	file: string,
	{ secretKey }: BackupOptions
): Promise<number> {
	const { fingerprint, seal } = makeBackupSeal(secretKey);
	const parts = made.filter(({ store }) => stores.includes(store));
	const text = JSON.stringify({ ...said, keyFingerprint: fingerprint, parts });
	const whole = join(folder, 'whole');
	const head = `${magic}\n${text}\n${seal(text)}\n`;
	await pipeline(
		async function* () {
			yield Buffer.from(head);
			for (const { store } of parts) yield* createReadStream(packedIn(folder, store));
		},
		createWriteStream(whole, { mode: 0o600 })
	);
	flush(whole);
	renameSync(whole, file);
	flush(dirname(file));
	return Buffer.byteLength(head) + parts.reduce((sum, { packedBytes }) => sum + packedBytes, 0);
}
