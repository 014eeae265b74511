import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Listing } from '#lib/content/listing.ts';
import type { Problem } from '#lib/content/problem.ts';
import { readVocabularies } from '#lib/content/vocabulary-files.ts';
import { gatherVocabulary, type Vocabulary } from './vocabulary.ts';

const names = ['framework.yaml', 'glossary.yaml', 'settings.yaml', 'themes.yaml'];

/**
 * Reads what scenarios may refer to from folders of courses; of two that define the same name, the
 * later one holds. The problems are those of the files read; what they spoil is missing in the
 * vocabulary.
 */
export async function readVocabulary(
	folders: readonly string[]
): Promise<{ vocabulary: Vocabulary; problems: Problem[] }> {
	const { vocabularies, problems } = readVocabularies(await Promise.all(folders.map(listFolder)));
	return {
		vocabulary: gatherVocabulary([vocabularies]),
		problems: problems.filter(({ file }) => names.includes(path.basename(file)))
	};
}

async function listFolder(folder: string): Promise<Listing> {
	const files = new Map<string, string>();
	for (const name of names) {
		const text = await readIfThere(path.join(folder, name));
		if (text !== undefined) files.set(name, text);
	}
	return { root: folder, files };
}

async function readIfThere(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
}
