import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { BackupFault } from './backup-fault.ts';

export interface Packed {
	bytes: number;
	packedBytes: number;
	sha256: string;
}

/** Compresses one file into another. */
export async function pack(from: string, to: string): Promise<Packed> {
	const plain = measure();
	const packed = measure();
	await pipeline(
		createReadStream(from),
		plain.through,
		createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
		packed.through,
		createWriteStream(to, { mode: 0o600 })
	);
	return { bytes: plain.bytes(), packedBytes: packed.bytes(), sha256: plain.sha256() };
}

/**
 * Writes a part of a backup to a file of its own, and looks whether it is what it was.
 *
 * @throws {BackupFault} where it is not.
 */
export async function unpack(
	from: { file: string; start: number; packed: Packed },
	to: string
): Promise<void> {
	const { bytes, packedBytes, sha256 } = from.packed;
	const end = from.start + packedBytes - 1;
	const plain = measure(bytes);
	try {
		await pipeline(
			createReadStream(from.file, { start: from.start, end }),
			createZstdDecompress(),
			plain.through,
			createWriteStream(to, { mode: 0o600, flags: 'wx' })
		);
	} catch (cause) {
		if (isOfMachine(cause)) throw cause;
		throw changed(from.file, cause);
	}
	if (plain.bytes() !== bytes || plain.sha256() !== sha256) throw changed(from.file);
}

function changed(file: string, cause?: unknown): BackupFault {
	return new BackupFault(`${file} has been changed since it was made. Take another backup.`, {
		cause
	});
}

/** True for what the disk says, such as that it is full, and not the data. */
function isOfMachine(fault: unknown): boolean {
	return fault instanceof Error && 'syscall' in fault;
}

/** Counts and hashes what flows through it; more than `most` bytes are not let through. */
function measure(most = Infinity) {
	const hash = createHash('sha256');
	let bytes = 0;
	const through = new Transform({
		transform(chunk: Buffer, _, done) {
			bytes += chunk.length;
			if (bytes > most) return done(new Error('there is more of it than was said'));
			hash.update(chunk);
			done(null, chunk);
		}
	});
	return { through, bytes: () => bytes, sha256: () => hash.digest('hex') };
}
