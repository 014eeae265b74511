/**
 * Reads, checks and renders the courses and keeps what comes out in the file given, for the server to
 * start from. A program of its own, because reading takes several times the memory of serving. Courses
 * with errors are not kept: the server tells of them.
 */
import { loadLibraryParts } from '#lib/scenario/library.server.ts';
import { writeKeptLibrary } from '#lib/scenario/kept-library.server.ts';
import { hasErrors } from '#lib/content/problem.ts';

const [file, ...directories] = process.argv.slice(2);
if (file === undefined || directories.length === 0) {
	console.error('usage: node src/commands/courses-keep.ts FILE FOLDER …');
	process.exit(1);
}
const { parts, problems } = loadLibraryParts(directories);
if (!hasErrors(problems)) writeKeptLibrary(file, parts);
