import { sveltekit } from '@sveltejs/kit/vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** What looks into the files of the one engine, or starts platforms on them. */
const keepFiles = [
	'direct-moves',
	'drafts-kill',
	'foreign-keys',
	'kill',
	'large-demonstration',
	'store-trouble',
	'unlinkable'
].map((name) => `tests/integration/${name}.spec.ts`);

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './.config/holdepunkt.inlang',
			outdir: './src/lib/ui/messages',
			strategy: ['baseLocale'],
			// The same as the command line makes, so that development and checks see the same files.
			outputStructure: 'message-modules',
			emitGitIgnore: false
		}),
		sveltekit(),
		scriptsOfPages()
	],
	worker: {
		format: 'es',
		plugins: () => [svelte({ configFile: false, compilerOptions: { runes: true } })]
	},
	test: {
		environment: 'node',
		// Reading all courses alone takes ten seconds where others are at work beside it.
		testTimeout: 60_000,
		projects: [
			{
				extends: true,
				test: {
					name: 'sqlite',
					include: [
						'src/**/*.spec.ts',
						'tests/contract/**/*.spec.ts',
						'tests/integration/**/*.spec.ts',
						'tests/courses/**/*.spec.ts'
					],
					exclude: ['**/postgres*.spec.ts', '**/node_modules/**'],
					// Whatever the machine's own platform runs on.
					env: { DATABASE_URL: '' }
				}
			},
			{
				extends: true,
				test: {
					name: 'postgres',
					// With POSTGRES_ALL, for whoever has changed how something is asked, the stories as well.
					include: [
						'tests/contract/**/*.spec.ts',
						'src/**/postgres*.spec.ts',
						...(process.env.POSTGRES_ALL ? ['tests/integration/**/*.spec.ts'] : [])
					],
					exclude: keepFiles,
					// The engine in process takes its time to start where others are at work.
					testTimeout: 120_000,
					// The tables are built for it, see dialect.ts; tests/support/stores.ts says where they are.
					env: { DATABASE_URL: 'postgres://in-this-process' }
				}
			},
			{
				extends: true,
				test: {
					name: 'nodes',
					// Only where TEST_POSTGRES names a server, see .ci/run.
					include: process.env.TEST_POSTGRES ? ['tests/postgres/**/*.spec.ts'] : [],
					env: { DATABASE_URL: '' }
				}
			}
		]
	}
});

/**
 * Our pages take their scripts from `src/client` by `?worker&url`: each one file with all it needs. It is
 * to stand where SvelteKit serves what never changes, also while no page of it has a script of its own.
 */
function scriptsOfPages(): Plugin {
	const output = {
		entryFileNames: '_app/immutable/assets/[name].[hash].js',
		// What a script fetches only when it is wanted.
		chunkFileNames: '_app/immutable/assets/[name].[hash].js',
		assetFileNames: '_app/immutable/assets/[name].[hash][extname]'
	};
	return {
		name: 'scripts-of-pages',
		enforce: 'post',
		config: () => ({ worker: { rolldownOptions: { output } } })
	};
}
