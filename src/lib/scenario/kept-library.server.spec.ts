import { cpSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '#tests/support/folder.ts';
import { nameKeptLibrary, readKeptLibrary, writeKeptLibrary } from './kept-library.server.ts';
import { assembleLibrary, loadLibraryParts } from './library.server.ts';

test('a library that was kept is the one that was read', () => {
	const file = nameKeptLibrary(makeFolder(), ['courses'], 'code');
	const read = loadLibraryParts(['courses']);
	writeKeptLibrary(file, read.parts);
	const kept = readKeptLibrary(file);
	expect(kept).toEqual(read.parts);
	const library = assembleLibrary(kept!);
	expect(library.catalogue.course('basic')?.modules.length).toBeGreaterThan(1);
	const story = library.scenario('reception-full-house')!;
	expect(library.prepare(story.source, story.slug)?.hash).toBe(story.hash);
});

test('it has another name as soon as one character of a course, or the code, is another', () => {
	const courses = makeFolder();
	cpSync('courses/basic', courses, { recursive: true });
	const folder = makeFolder();
	const before = nameKeptLibrary(folder, [courses], 'code');
	expect(nameKeptLibrary(folder, [courses], 'code')).toBe(before);
	expect(nameKeptLibrary(folder, [courses], 'other code')).not.toBe(before);
	const [file] = readdirSync(courses, { recursive: true, encoding: 'utf8' }).filter((one) =>
		one.endsWith('.yaml')
	);
	const path = join(courses, file!);
	writeFileSync(path, `${readFileSync(path, 'utf8')} `);
	expect(nameKeptLibrary(folder, [courses], 'code')).not.toBe(before);
});

test('what cannot be read counts as not there', () => {
	const file = join(makeFolder(), 'library-0');
	expect(readKeptLibrary(file)).toBeUndefined();
	writeFileSync(file, 'cut sh');
	expect(readKeptLibrary(file)).toBeUndefined();
});

test('libraries of long ago are taken away', () => {
	const folder = makeFolder();
	const { parts } = loadLibraryParts([makeFolder()]);
	for (let day = 1; day <= 9; day += 1) {
		const file = join(folder, `library-${day}`);
		writeKeptLibrary(file, parts);
		utimesSync(file, day, day);
	}
	writeKeptLibrary(join(folder, 'library-new'), parts);
	expect(readdirSync(folder).toSorted()).toEqual([
		'library-5',
		'library-6',
		'library-7',
		'library-8',
		'library-9',
		'library-new'
	]);
});
