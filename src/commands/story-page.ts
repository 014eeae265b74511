/** Building the page of a story that plays without a server. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { inEachLocale, type Locale } from '#lib/content/localised.ts';
import { presentStory, writeStoryPage } from '#lib/scenario/formats/html-export.ts';
import { gatherSurroundings } from '#lib/scenario/formats/surroundings.ts';
import { findIllustration } from '#lib/ui/illustrations.ts';
import type { FoundScenario } from './scenario-forms.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const formats = `${root}src/lib/scenario/formats/`;
/** The typefaces that a page carries along; letters beyond them come from the device. */
const fonts = ['latin-wght-normal', 'latin-wght-italic'];

/** Parts of the player that fetch a drawing or keep a note: the page has its drawing, and keeps nothing. */
const withoutServer = /\/(?:Illustration|PrivateNote)\.svelte$/u;

/** The page of a scenario that has no errors. */
export async function buildStoryPage(
	{ scenario, vocabularies }: FoundScenario,
	locale: Locale
): Promise<string> {
	const terms = new Map(vocabularies.glossary.terms.map((term) => [term.slug, term]));
	const around = inEachLocale((each) => gatherSurroundings(scenario, vocabularies, each));
	const setting = vocabularies.settings.find(({ slug }) => slug === scenario.setting);
	const drawing = findIllustration(setting?.illustration ?? scenario.setting);
	const { script, styles } = await buildPlayer();
	return writeStoryPage(
		{
			locale,
			scenario: presentStory(scenario, terms),
			themes: inEachLocale((each) => around[each].themes),
			outcomes: inEachLocale((each) => pickOutcomes(around[each].outcomes, scenario.outcomes)),
			contacts: inEachLocale((each) => around[each].contacts),
			drawing: await readAsData(`static/illustrations/${drawing}.svg`, 'image/svg+xml')
		},
		{
			script,
			styles,
			hash: (text) => createHash('sha256').update(text).digest('base64')
		}
	);
}

function pickOutcomes(
	all: Readonly<Record<string, string>>,
	ids: readonly string[]
): Record<string, string> {
	return Object.fromEntries(ids.flatMap((id) => (all[id] === undefined ? [] : [[id, all[id]]])));
}

/** The player as one script and one style sheet, with the typefaces that go along. */
export async function buildPlayer(): Promise<{ script: string; styles: string }> {
	const { build } = await import('vite');
	const { svelte } = await import('@sveltejs/vite-plugin-svelte');
	const { compile } = await import('@inlang/paraglide-js');
	// As `npm run messages` does it.
	await compile({
		project: `${root}.config/holdepunkt.inlang`,
		outdir: `${root}src/lib/ui/messages`,
		strategy: ['baseLocale'],
		outputStructure: 'message-modules',
		emitGitIgnore: false
	});
	const built = await build({
		root,
		configFile: false,
		envFile: false,
		publicDir: false,
		logLevel: 'error',
		plugins: [
			{
				name: 'without-server',
				enforce: 'pre',
				resolveId: (source: string) =>
					withoutServer.test(source) ? `${formats}ui/Nothing.svelte` : null
			},
			svelte({ configFile: false, compilerOptions: { runes: true } })
		],
		build: {
			write: false,
			cssCodeSplit: false,
			lib: { entry: `${formats}ui/player-entry.ts`, formats: ['iife'], name: 'story' }
		}
	});
	const [result] = Array.isArray(built) ? built : [built];
	if (result === undefined || !('output' in result)) throw new Error('Vite has built nothing.');
	const chunks = result.output.filter((file) => file.type === 'chunk');
	const assets = result.output.filter((file) => file.type === 'asset');
	const styles = assets.filter(({ fileName }) => fileName.endsWith('.css'));
	if (chunks.length !== 1) throw new Error(`The player has ${chunks.length} scripts, not one.`);
	return {
		script: chunks.map(({ code }) => code).join(''),
		styles: await embedFonts(styles.map(({ source }) => String(source)).join(''))
	};
}

/** Puts the typefaces into the style sheet and leaves out those that are not carried along. */
async function embedFonts(styles: string): Promise<string> {
	let embedded = styles;
	for (const name of fonts) {
		const path = `/fonts/atkinson-hyperlegible-next-${name}.woff2`;
		const data = await readAsData(`static${path}`, 'font/woff2');
		embedded = embedded.replaceAll(new RegExp(`url\\(["']?${path}["']?\\)`, 'gu'), `url(${data})`);
	}
	return embedded.replaceAll(/@font-face\s*\{[^}]*url\(["']?\/[^}]*\}/gu, '');
}

async function readAsData(path: string, type: string): Promise<string> {
	const content = await readFile(`${root}${path}`);
	return `data:${type};base64,${content.toString('base64')}`;
}
