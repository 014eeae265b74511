import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The last migration of each store that a release had. */
export interface ReleaseForms {
	platform: string;
	private: string;
	keys: string;
}

/** The forms in which stores have been in use. */
export const earlierReleases: readonly ReleaseForms[] = [
	{ platform: '0000', private: '0000', keys: '0000' },
	{ platform: '0003', private: '0000', keys: '0000' },
	{ platform: '0005', private: '0001', keys: '0000' }
];

/** Copies the migrations into a folder as a release had them. */
export function copyMigrations(folder: string, forms: ReleaseForms): string {
	cpSync('drizzle/sqlite', join(folder, 'sqlite'), { recursive: true });
	for (const [store, last] of Object.entries(forms)) {
		const file = join(folder, 'sqlite', store, 'meta', '_journal.json');
		const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { tag: string }[] };
		const entries = journal.entries.filter(({ tag }) => tag.slice(0, 4) <= last);
		writeFileSync(file, JSON.stringify({ ...journal, entries }));
	}
	return folder;
}
