import { crc32 } from 'node:zlib';

/** A text to stand in an archive. */
export interface ZipEntry {
	/** A path with strokes, without `..` and without one at the beginning. */
	name: string;
	text: string;
}

/** The highest number that two bytes hold: beyond it the format needs parts that this writer has not. */
const mostEntries = 0xffff;
/** Names are written in UTF-8. */
const utf8Names = 0x0800;
const version = 20;

/**
 * Texts as a zip file, stored as they are: unpacked with whatever a computer has. Of two entries of one
 * name the second gets a number. Times are left out (the earliest that the format knows stands there),
 * so that the same texts give the same bytes.
 *
 * @throws {RangeError} for more than 65,535 entries, or more than 4 GB.
 */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
	if (entries.length > mostEntries) throw new RangeError('too many entries for a zip file');
	const files: Buffer[] = [];
	const contents: Buffer[] = [];
	const taken = new Set<string>();
	let at = 0;
	for (const { name, text } of entries) {
		const path = Buffer.from(takeName(name, taken), 'utf8');
		const body = Buffer.from(text, 'utf8');
		const common = writeCommon(body, path.length);
		const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, path, body]);
		const central = Buffer.alloc(46);
		central.write('PK\u0001\u0002', 0, 'latin1');
		central.writeUInt16LE(version, 4);
		common.copy(central, 6);
		central.writeUInt32LE(at, 42);
		files.push(local);
		contents.push(Buffer.concat([central, path]));
		at += local.length;
	}
	const listing = Buffer.concat(contents);
	const end = Buffer.alloc(22);
	end.write('PK\u0005\u0006', 0, 'latin1');
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(listing.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...files, listing, end]);
}

/** What stands alike before a file and in the list of contents, from the version needed to the length of the extra part. */
function writeCommon(body: Buffer, nameLength: number): Buffer {
	const common = Buffer.alloc(26);
	common.writeUInt16LE(version, 0);
	common.writeUInt16LE(utf8Names, 2);
	common.writeUInt16LE(0, 4); // stored
	common.writeUInt16LE(0, 6); // midnight
	common.writeUInt16LE(0x21, 8); // 1 January 1980
	common.writeUInt32LE(crc32(body), 10);
	common.writeUInt32LE(body.length, 14);
	common.writeUInt32LE(body.length, 18);
	common.writeUInt16LE(nameLength, 22);
	common.writeUInt16LE(0, 24);
	return common;
}

function takeName(name: string, taken: Set<string>): string {
	const [, stem = name, ending = ''] = /^(.*?)(\.[^./]*)?$/su.exec(name) ?? [];
	let free = name;
	for (let number = 2; taken.has(free); number += 1) free = `${stem}-${number}${ending}`;
	taken.add(free);
	return free;
}
