/** `npm run spelling [FILE…]`: words that no dictionary knows, each with its place. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { trace } from 'cspell';
import type { Locale } from '#lib/content/localised.ts';
import { findWords, type FoundWord } from './spelling-texts.ts';

const config = '.config/cspell.json';
const dictionaries: Record<Locale, { locale: string; name: string; list: string }> = {
	da: { locale: 'da', name: 'Danish', list: '.config/words/da.txt' },
	en: { locale: 'en-GB', name: 'English', list: '.config/words/en.txt' }
};
/**
 * Stands between the parts of what the dictionary takes for a compound. It puts any words together,
 * "nerve-sy-stemt" too, so that compounds which it does not hold as such stand in our own list.
 */
const joint = '•';

const asked = process.argv.slice(2);
const files = asked.length > 0 ? asked : listFiles();
const found = files.flatMap((file) =>
	findWords(file, readFileSync(file, 'utf8')).map((word) => ({ ...word, file }))
);
const known = { da: await learn('da', found), en: await learn('en', found) };
const unknown = found.filter(
	({ word, locales }) => !locales.some((locale) => known[locale].has(word))
);
for (const { file, line, word, locales } of unknown) {
	const { name, list } = dictionaries[locales[0] ?? 'en'];
	console.log(
		`${file}:${line}: error: unknown-word: "${word}" is in no ${name} dictionary; mend it, or add it to ${list}`
	);
}
const count = `${unknown.length} unknown word${unknown.length === 1 ? '' : 's'}`;
console.log(`${count} among ${found.length} in ${files.length} files`);
process.exitCode = unknown.length > 0 ? 1 : 0;

/** Everything that people read and that lies in the repository. */
function listFiles(): string[] {
	const paths = ['README.md', 'docs', 'courses', 'src/lib/ui/text'];
	const listed = execFileSync(
		'git',
		['ls-files', '--cached', '--others', '--exclude-standard', '-z', ...paths],
		{ encoding: 'utf8' }
	);
	return listed.split('\0').filter((file) => /\.(?:md|ya?ml|json)$/u.test(file));
}

/** The words of a language that its dictionary, or a list of ours, holds as they stand. */
async function learn(locale: Locale, words: readonly FoundWord[]): Promise<Set<string>> {
	const asked = new Set(
		words.filter((one) => one.locales.includes(locale)).map(({ word }) => word)
	);
	const options = { config, locale: dictionaries[locale].locale, languageId: 'plaintext' };
	const right = new Set<string>();
	const forms = [...asked, ...[...asked].map(lowerFirst)];
	for await (const results of trace([...new Set(forms)], { ...options, ignoreCase: false })) {
		for (const { word, found, foundWord = '', dictActive } of results) {
			if (found && dictActive && !foundWord.includes(joint)) right.add(word);
		}
	}
	return new Set([...asked].filter((word) => right.has(word) || right.has(lowerFirst(word))));
}

/** As the word stands within a sentence. */
function lowerFirst(word: string): string {
	return word.charAt(0).toLowerCase() + word.slice(1);
}
