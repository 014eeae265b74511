import { createHash } from 'node:crypto';
import {
	mkdirSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { readListing } from '#lib/content/catalogue.server.ts';
import type { LibraryParts } from './library.server.ts';

const prefix = 'library-';
/** A change of courses leaves the former one behind; more than these are nobody's any more. */
const filesKept = 6;

/**
 * The file in `folder` that holds the library of these course folders as it was read, checked and
 * rendered by `code`; its name is a hash over all of it, so that whatever changes has another name.
 *
 * @throws {Error} where a course folder is not there.
 */
export function nameKeptLibrary(
	folder: string,
	directories: readonly string[],
	code: string
): string {
	const hash = createHash('sha256').update(`${code}\0`);
	for (const directory of directories) {
		const { root, files } = readListing(directory);
		hash.update(`${root}\0${files.size}\0`);
		for (const [path, text] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
			hash.update(`${path}\0${text.length}\0`).update(text);
		}
	}
	return join(folder, `${prefix}${hash.digest('hex')}`);
}

/** What the file holds; undefined where there is none, or none that can be read. */
export function readKeptLibrary(file: string): LibraryParts | undefined {
	try {
		return deserialize(readFileSync(file)) as LibraryParts; // written below alone
	} catch {
		return undefined;
	}
}

/** Keeps a library for the next start, and takes away those of long ago. */
export function writeKeptLibrary(file: string, parts: LibraryParts): void {
	const folder = dirname(file);
	mkdirSync(folder, { recursive: true });
	const unfinished = `${file}.${process.pid}`;
	writeFileSync(unfinished, serialize(parts));
	renameSync(unfinished, file);
	const age = (name: string) =>
		statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
	const kept = readdirSync(folder)
		.filter((name) => name.startsWith(prefix))
		.toSorted((a, b) => age(b) - age(a));
	for (const name of kept.slice(filesKept)) rmSync(join(folder, name), { force: true });
}
