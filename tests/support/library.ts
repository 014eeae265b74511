import { join } from 'node:path';
import {
	nameKeptLibrary,
	readKeptLibrary,
	writeKeptLibrary
} from '#lib/scenario/kept-library.server.ts';
import { assembleLibrary, loadLibraryParts, type Library } from '#lib/scenario/library.server.ts';
import { fingerprint } from '../../src/commands/build.mjs';
import { root } from '../../src/commands/install.mjs';

const cache = join(root, 'node_modules', '.cache', 'holdepunkt', 'tests');

/** The courses in these folders, read by the first test that asks and kept for the others. */
export function openLibrary(...directories: string[]): Library {
	const file = nameKeptLibrary(cache, directories, fingerprint(root));
	const kept = readKeptLibrary(file);
	if (kept) return assembleLibrary(kept);
	const { parts } = loadLibraryParts(directories);
	writeKeptLibrary(file, parts);
	return assembleLibrary(parts);
}
