import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sveltekit } from '@sveltejs/kit/vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

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

/** What takes longest begins first, so that nothing is waited for alone in the end. */
const longest = [
	'integration/kill',
	'scenario/check-random',
	'integration/rights-matrix',
	'integration/drafts-kill',
	'integration/backup-drill',
	'integration/move',
	'scenario/library.server',
	'commands/scenario-forms'
].map((name) => `${name}.spec.ts`);

class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const rest = await super.sort(files);
		const first = longest.flatMap((name) => rest.filter(({ moduleId }) => moduleId.endsWith(name)));
		return [...first, ...rest.filter((file) => !first.includes(file))];
	}
}

export default defineConfig({
	// Its package.json is so long that reading it once for each of its modules is half of a start.
	ssr: { noExternal: process.env.VITEST ? [] : ['drizzle-orm'] },
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
		shortLivedRequests(),
		scriptsOfPages(),
		process.env.VITEST ? messagesInOne() : undefined
	],
	worker: {
		format: 'es',
		plugins: () => [svelte({ configFile: false, compilerOptions: { runes: true } })]
	},
	test: {
		environment: 'node',
		// Modules are read in once, not once for every file: of what they keep, tests have their own.
		isolate: false,
		// Of itself it would leave one core to whoever sits at the machine.
		maxWorkers: '100%',
		sequence: { sequencer: LongestFirst },
		// Longer than anything takes on a slow machine with others at work: only a test that fails waits for it.
		testTimeout: 60_000,
		hookTimeout: 60_000,
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
			// Only where a server is named, see .ci/run.
			...(process.env.TEST_POSTGRES
				? [
						{
							extends: true as const,
							test: {
								name: 'nodes',
								include: ['tests/postgres/**/*.spec.ts'],
								env: { DATABASE_URL: '' }
							}
						}
					]
				: [])
		]
	}
});

/**
 * Keeps what is made for a request from outliving it. V8 counts an accessor that is defined while the program
 * runs among its old objects at once, and with it all that its functions know of: the request, its answer, the
 * page. One tenth of all that a page makes stayed like this until the next great collection, which stops
 * everybody for ten milliseconds. Kit defines such accessors in two places, for what no page of ours does: to
 * follow which parts of an address a page in the browser would have to ask for anew, and to let its components
 * be called as in Svelte 4.
 */
function shortLivedRequests(): Plugin {
	const following = 'export function make_trackable(';
	const isForServer = (environment: { config: { consumer: string } }) =>
		environment.config.consumer === 'server';
	const wanted = new Set(['the root of its pages', 'make_trackable']);
	return {
		name: 'short-lived-requests',
		apply: 'build',
		enforce: 'pre',
		resolveId(source, importer) {
			const isRoot = source === 'svelte/legacy' && importer?.endsWith('/generated/root.js');
			if (!isRoot || !isForServer(this.environment)) return null;
			wanted.delete('the root of its pages');
			return join(import.meta.dirname, 'src', 'root-render.ts');
		},
		transform(code, id) {
			if (!id.endsWith('/kit/src/utils/url.js') || !isForServer(this.environment)) return null;
			if (!code.includes(following)) return null;
			wanted.delete('make_trackable');
			const kept = code.replace(following, 'function follow(');
			return { code: `${kept}\nexport const make_trackable = (url) => url;\n`, map: null };
		},
		buildEnd(error) {
			if (!error && isForServer(this.environment) && wanted.size > 0)
				this.error(`Not found where Kit had it: ${[...wanted].join(', ')}`);
		}
	};
}

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

/**
 * Each message is a module of its own, so that pages are given only those they use. Tests would read in
 * three thousand of them again and again: they get the same messages as one module.
 */
function messagesInOne(): Plugin {
	const own = /^import \{.*\} from '\.\.\/runtime\.js';$/m;
	return {
		name: 'messages-in-one',
		enforce: 'pre',
		load(id) {
			if (!id.endsWith('/ui/messages/messages/_index.js')) return null;
			const folder = join(id, '..');
			const names = readFileSync(id, 'utf8').matchAll(/^export \* from '(.+)'$/gm);
			const texts = [...names].map(([, name = '']) => readFileSync(join(folder, name), 'utf8'));
			const shared = texts.map((text) => own.exec(text)?.[0]).find((line) => line !== undefined);
			return [shared, ...texts.map((text) => text.replace(own, ''))].join('\n');
		}
	};
}
