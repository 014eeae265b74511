import { sveltekit } from '@sveltejs/kit/vite';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { defineConfig } from 'vitest/config';

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
		sveltekit()
	],
	test: {
		environment: 'node',
		include: [
			'src/**/*.spec.ts',
			'tests/contract/**/*.spec.ts',
			'tests/integration/**/*.spec.ts',
			'tests/courses/**/*.spec.ts'
		],
		testTimeout: 20_000
	}
});
