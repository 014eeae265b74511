import {
	toJsonSchema,
	toJsonSchemaDefs,
	type ConversionConfig,
	type JsonSchema
} from '@valibot/to-json-schema';
import { localised } from '#lib/content/localised.ts';
import { fileParts, scenarioFile } from './model.ts';

/** Where the JSON Schema of format 1 is served. */
export const jsonSchemaPath = '/schemas/scenario-1.json';

const { scene, ...parts } = fileParts;
const refer = (part: string): JsonSchema => ({ $ref: `#/$defs/${part}` });

/**
 * The file format as JSON Schema (draft 2020-12), made from the schema that the check uses, for
 * editors and other programs; `address` is where it is served. It takes what that schema takes, but
 * for a list in place of a block with free keys, which only this one refuses.
 */
export function writeJsonSchema(address: string): JsonSchema {
	const { $schema, $defs, ...schema } = toJsonSchema(scenarioFile, config);
	return {
		...($schema && { $schema }),
		$id: address,
		title: 'A branching scenario, format 1',
		...schema,
		$defs: { ...toJsonSchemaDefs({ text: localised }, common), ...$defs }
	};
}

const common = {
	target: 'draft-2020-12',
	typeMode: 'input',
	overrideAction: ({ valibotAction, jsonSchema, errors }) => {
		// Patterns of JSON Schema are read as Unicode; no other flag is in use.
		if (valibotAction.type === 'regex' && jsonSchema.pattern !== undefined) return jsonSchema;
		// The one rule that is a function.
		if (valibotAction.type === 'check') return { ...jsonSchema, required: ['alarm'] };
		if (errors) throw new Error(errors.join(' '));
		return undefined;
	}
} satisfies ConversionConfig;

const config: ConversionConfig = {
	...common,
	definitions: parts,
	overrideSchema: ({ valibotSchema }) => {
		if (valibotSchema === localised) return refer('text');
		if (valibotSchema === scene) {
			return {
				if: { required: ['ending'] },
				then: refer('endingScene'),
				else: refer('decisionScene')
			};
		}
		return undefined;
	}
};
