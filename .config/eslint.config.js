import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from '../svelte.config.js';

export default ts.config(
	{
		ignores: [
			'**/build/',
			'**/.svelte-kit/',
			'**/src/lib/ui/messages/',
			'**/node_modules/',
			'**/data/',
			'**/test-results/'
		]
	},
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{ languageOptions: { globals: { ...globals.browser, ...globals.node } } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig }
		}
	},
	{
		rules: {
			'no-undef': 'off',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'svelte/no-at-html-tags': 'error',
			'svelte/no-navigation-without-resolve': 'off',
			'no-restricted-properties': [
				'error',
				{
					object: 'Math',
					property: 'random',
					message:
						'Math.random is no source of secrets or ids; use node:crypto or a seeded generator.'
				},
				{
					object: 'sql',
					property: 'raw',
					message: 'Build no SQL text; use parameters.'
				},
				{
					object: 'sql',
					property: 'identifier',
					message: 'Build no SQL text; use columns.'
				}
			]
		}
	},
	{
		files: ['tests/**', '**/*.spec.ts'],
		rules: { '@typescript-eslint/no-non-null-assertion': 'off' }
	},
	{
		files: ['content/ui/Prose', 'ui/Island', 'ui/Once'].map((name) => `src/lib/${name}.svelte`),
		rules: { 'svelte/no-at-html-tags': 'off' }
	}
);
