import { globSync, readFileSync } from 'node:fs';
import Ajv from 'ajv';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { mutateShape } from '#tests/support/shape-mutants.ts';
import { soundText } from '#tests/support/sound-scenario.ts';
import { jsonSchemaPath, writeJsonSchema } from './json-schema.ts';
import { scenarioFile } from './model.ts';
import { writeFields } from './written.ts';

const address = `https://courses.example${jsonSchemaPath}`;
const schema = writeJsonSchema(address);

/** Keywords that mean the same in draft-07, which the validator of the tests speaks, and in 2020-12. */
const inBothDrafts = new Set(
	(
		'$ref type properties required additionalProperties propertyNames minProperties items minItems ' +
		'const enum pattern minimum maximum if then else title description'
	).split(' ')
);

// `$defs` is nothing but a place that references lead to.
const { $schema, $id, ...rules } = schema;
const accepts = new Ajv({ schemaId: 'auto' }).compile(rules);

/** Every schema inside the schema, by the way to it. */
function listSchemas(node: object, path = ''): [path: string, schema: object][] {
	const inner = Object.entries(node).flatMap(([keyword, value]) => {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
		const here = `${path}/${keyword}`;
		return keyword === 'properties' || keyword === '$defs'
			? Object.entries(value as object).flatMap(([key, each]) =>
					listSchemas(each as object, `${here}/${key}`)
				)
			: listSchemas(value as object, here);
	});
	return [[path, node], ...inner];
}

describe('the JSON Schema of the format', () => {
	test('names its draft and its address', () => {
		expect($schema).toBe('https://json-schema.org/draft/2020-12/schema');
		expect($id).toBe(address);
	});

	test('tells of every key what it is for', () => {
		const keys = listSchemas(schema).filter(([path]) => /\/properties\/[^/]+$/u.test(path));
		expect(keys.length).toBeGreaterThan(50);
		const untold = keys.filter(([, key]) => !('description' in key)).map(([path]) => path);
		expect(untold).toEqual([]);
	});

	test('says nothing that an older validator would read otherwise', () => {
		const keywords = new Set(listSchemas(rules).flatMap(([, node]) => Object.keys(node)));
		keywords.delete('$defs');
		expect([...keywords].filter((keyword) => !inBothDrafts.has(keyword))).toEqual([]);
	});

	test('takes every scenario of the courses', () => {
		const files = globSync('courses/scenarios/*.yaml');
		expect(files.length).toBeGreaterThan(0);
		const refused = files.filter((file) => !accepts(parse(readFileSync(file, 'utf8'))));
		expect(refused).toEqual([]);
		expect(accepts(parse(soundText))).toBe(true);
	});

	test('takes every random sound scenario', () => {
		fc.assert(
			fc.property(randomScenario, (scenario) => {
				expect(accepts(writeFields(scenario))).toBe(true);
			}),
			{ numRuns: 60 }
		);
	});

	test('takes and refuses what the check takes and refuses, whatever place is broken', () => {
		let refused = 0;
		for (const { name, value, isListForBlock } of mutateShape(parse(soundText))) {
			const isTaken = v.is(scenarioFile, value) && !isListForBlock;
			if (!isTaken) refused += 1;
			expect(`${name}: ${accepts(value)}`).toBe(`${name}: ${isTaken}`);
		}
		expect(refused).toBeGreaterThan(2000);
	});

	test('refuses what the check refuses in random scenarios', () => {
		fc.assert(
			fc.property(randomScenario, fc.nat(), (scenario, pick) => {
				const mutants = [...mutateShape(JSON.parse(JSON.stringify(writeFields(scenario))))];
				const { name, value, isListForBlock } = mutants[pick % mutants.length]!;
				const isTaken = v.is(scenarioFile, value) && !isListForBlock;
				expect(`${name}: ${accepts(value)}`).toBe(`${name}: ${isTaken}`);
			}),
			{ numRuns: 25 }
		);
	});
});
