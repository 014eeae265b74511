/** What docs/scenario-format.md says is held against the code here. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatProblem } from '#lib/content/problem.ts';
import { tracks } from '#lib/content/track.ts';
import { formatPage as page, listRows } from '#tests/support/format-page.ts';
import { formatScenario } from './canonical.ts';
import { checkScenario } from './check.ts';
import { writeJsonSchema } from './json-schema.ts';
import { fewestMeasured, highestLix, mostCharacters, mostChoices, mostWords } from './limits.ts';
import { choiceKinds, endingKinds } from './model.ts';
import { readVocabulary } from './vocabulary.server.ts';
import { stateLimit } from './walk.ts';

/** Every file of the check, by what each imports for more than its types. */
function listFiles(file: string, known = new Set<string>()): Set<string> {
	if (known.has(file)) return known;
	known.add(file);
	const imports = readFileSync(file, 'utf8').matchAll(
		/^(?:import|\}) (?!type).*'([.#][^']+)';$/gmu
	);
	for (const [, specifier = ''] of imports) {
		const path = specifier.startsWith('#')
			? `src/${specifier.slice(1)}`
			: join(dirname(file), specifier);
		listFiles(path, known);
	}
	return known;
}

/** The codes of a file, each in the call that tells it or, behind `code:`, where that call finds it. */
function listCodes(source: string, tellers: RegExp): string[] {
	return [...source.matchAll(tellers)].flatMap(([, call = '']) => {
		const names = call.replaceAll(/\[[^\]]*\]/gu, '');
		return [...names.matchAll(/'([a-z]+(?:-[a-z]+)*)'/gu)].map(([, name = '']) => name);
	});
}

const files = [...listFiles('src/lib/scenario/check.ts')];
const sources = files.map((file) => readFileSync(file, 'utf8'));
const warnings = new Set(sources.flatMap((source) => listCodes(source, /\bwarn\(([^{;]*)/gu)));
const errors = new Set(
	sources.flatMap((source) =>
		listCodes(source, /\b(?:error\(|place\(|report\(|shapeMessage\(|code: )([^{;]*)/gu)
	)
);

describe('the page about the format', () => {
	test('is held against the files that check scenarios', () => {
		for (const name of ['content/markdown-check', 'content/shape-problems', 'scenario/model']) {
			expect(files).toContain(`src/lib/${name}.ts`);
		}
		expect(errors.size).toBeGreaterThan(45);
		expect(warnings.size).toBe(6);
	});

	test('names every error, and none that there is not', () => {
		const named = listRows('Errors of').map(([code]) => code);
		expect(named.toSorted()).toEqual([...errors].toSorted());
	});

	test('names every warning, and none that there is not', () => {
		const named = listRows('Warnings').map(([code]) => code);
		expect(named.toSorted()).toEqual([...warnings].toSorted());
	});

	test('names every key', () => {
		const keys = new Set(listKeys(writeJsonSchema('https://courses.example/')));
		expect(keys.size).toBeGreaterThan(30);
		expect([...keys].filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
	});

	test('describes the keys of the scenario, a gauge, a scene and a choice in the order of the file', () => {
		const { properties, $defs } = writeJsonSchema('https://courses.example/') as JsonBlock;
		const keysOf = (title: string) => listRows(title).map(([key]) => key);
		expect(keysOf('The scenario')).toEqual(Object.keys(properties ?? {}));
		expect(keysOf('A gauge')).toEqual(Object.keys($defs?.['gauge']?.properties ?? {}));
		expect(keysOf('A choice')).toEqual(Object.keys($defs?.['choice']?.properties ?? {}));
		const scene = [
			...Object.keys($defs?.['decisionScene']?.properties ?? {}),
			...Object.keys($defs?.['endingScene']?.properties ?? {})
		];
		expect(keysOf('A scene').toSorted()).toEqual([...new Set(scene)].toSorted());
	});

	test('tells the lengths as they are', () => {
		const { text, choice, ...words } = mostWords;
		const expected = [
			...Object.entries(mostCharacters).map(([name, most]) => [name, `${most} characters`]),
			...Object.entries({ 'scene text': text, 'choice text': choice, ...words }).map(
				([name, most]) => [name, `${most} words`]
			)
		].map(([name, most]) => `${name}: ${most} in each language`);
		const told = listRows('Lengths').map(([name, most]) => `${name}: ${most}`);
		expect(told.toSorted()).toEqual(expected.toSorted());
	});

	test('tells the other limits as they are', () => {
		const text = page.replaceAll(/\s+/gu, ' ');
		expect(text).toContain(`at most ${highestLix.basic} where \`basic\``);
		expect(text).toContain(`else ${highestLix.other}. Texts under ${fewestMeasured} words`);
		expect(text).toContain(`more than ${mostChoices} choices`);
		expect(text).toContain(`Up to ${stateLimit.toLocaleString('en')} states`);
		for (const name of [...choiceKinds, ...endingKinds, ...tracks]) {
			expect(text).toContain(`\`${name}\``);
		}
	});

	test('shows a scenario that has no problems, in canonical form', async () => {
		const [, example = ''] = /```yaml\n(.*?)```/su.exec(page) ?? [];
		const { vocabulary } = await readVocabulary(['courses']);
		const { problems } = checkScenario(example, 'lost-umbrella.yaml', vocabulary);
		expect(problems.map(formatProblem)).toEqual([]);
		expect(formatScenario(example, 'lost-umbrella.yaml').text).toBe(example);
	});
});

interface JsonBlock {
	properties?: Record<string, JsonBlock>;
	$defs?: Record<string, JsonBlock>;
}

function listKeys(node: unknown): string[] {
	if (typeof node !== 'object' || node === null) return [];
	return Object.entries(node).flatMap(([keyword, value]) => [
		...(keyword === 'properties' ? Object.keys(value as object) : []),
		...listKeys(value)
	]);
}
