import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { BackupFault } from './backup-fault.ts';
import {
	longestHeader,
	magic,
	parseHeader,
	type BackupHeader,
	type BackupPart,
	type BackupSeal
} from './format.ts';

/** A backup whose head is sound and whose length is right. */
export interface OpenedBackup {
	file: string;
	header: BackupHeader;
	/** Where each part begins, in bytes. */
	parts: readonly (BackupPart & { start: number })[];
}

/**
 * Reads what a file says of itself.
 *
 * @throws {BackupFault} where it is no backup, is cut short or changed, is of a form that this release
 * does not know, or was made under another `SECRET_KEY`.
 */
export function openBackup(
	file: string,
	kind: BackupHeader['kind'],
	{ fingerprint, isSeal }: BackupSeal
): OpenedBackup {
	const there = statSync(file, { throwIfNoEntry: false });
	if (!there?.isFile()) throw new BackupFault(`There is no file ${file}.`);
	const [first = '', text = '', seal] = readHead(file);
	if (/^holdepunkt backup \d+$/.test(first) && first !== magic)
		throw new BackupFault(
			`${file} has a form that this release does not know. Restore it with a newer one.`
		);
	if (first !== magic) throw new BackupFault(`${file} is no backup of Holdepunkt.`);
	if (seal === undefined) throw new BackupFault(`${file} is cut short. Take another backup.`);
	const header = parseHeader(text);
	if (!header) throw changed(file);
	if (header.keyFingerprint !== fingerprint)
		throw new BackupFault(
			`${file} was made under another SECRET_KEY than the one that is set. Without its own, nothing private in it can be read.`
		);
	if (!isSeal(text, seal)) throw changed(file);
	if (header.kind !== kind)
		throw new BackupFault(
			kind === 'keys'
				? `${file} is a backup and not a file of keys.`
				: `${file} is a file of keys. Name the backup it belongs to.`
		);
	const begin = Buffer.byteLength(`${first}\n${text}\n${seal}\n`);
	let start = begin;
	const parts = header.parts.map((part) => {
		const at = { ...part, start };
		start += part.packedBytes;
		return at;
	});
	if (there.size < start) throw new BackupFault(`${file} is cut short. Take another backup.`);
	if (there.size > start) throw changed(file);
	return { file, header, parts };
}

function changed(file: string): BackupFault {
	return new BackupFault(`${file} has been changed since it was made. Take another backup.`);
}

/** The first three lines; a line that does not end is not there. */
function readHead(file: string): string[] {
	const buffer = Buffer.alloc(longestHeader);
	const handle = openSync(file, 'r');
	try {
		const read = readSync(handle, buffer, 0, buffer.length, 0);
		const lines: string[] = [];
		let from = 0;
		while (lines.length < 3) {
			const end = buffer.subarray(0, read).indexOf('\n', from);
			if (end < 0) break;
			lines.push(buffer.toString('utf8', from, end));
			from = end + 1;
		}
		return lines;
	} finally {
		closeSync(handle);
	}
}
