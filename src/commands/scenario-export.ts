import { parseArgs } from 'node:util';
import type { Locale } from '#lib/content/localised.ts';
import { writeScriptHtml } from '#lib/scenario/formats/script-html.ts';
import { writeScriptMarkdown } from '#lib/scenario/formats/script-markdown.ts';
import { makeScript } from '#lib/scenario/formats/script.ts';
import { gatherSurroundings } from '#lib/scenario/formats/surroundings.ts';
import { writeTwee } from '#lib/scenario/formats/twee-export.ts';
import {
	CommandEnded,
	findScenarioFile,
	readLocale,
	runCommand,
	writeOut,
	type FoundScenario
} from './scenario-forms.ts';

const usage = `Usage: npm run scenario:export -- SLUG|FILE --to html|twee|script [--language da|en] [--out FILE] [--force]

  html    one file that plays offline, in both languages
  twee    Twee 3 for Twine (story format SugarCube), in one language
  script  a printable script for role-play, in one language; as Markdown where FILE ends in .md

The language is Danish unless another is named. Without --out the result is printed.
A file that is there is replaced only with --force.`;

interface Order {
	locale: Locale;
	out: string | undefined;
}

const forms: Readonly<Record<string, (found: FoundScenario, order: Order) => Promise<string>>> = {
	html: async (found, { locale }) => {
		const { buildStoryPage } = await import('./story-page.ts');
		return buildStoryPage(found, locale);
	},
	twee: ({ scenario, vocabularies }, { locale }) => {
		const { themes } = gatherSurroundings(scenario, vocabularies, locale);
		return Promise.resolve(writeTwee(scenario, locale, themes));
	},
	script: ({ scenario, vocabularies }, { locale, out }) => {
		const script = makeScript(scenario, locale, gatherSurroundings(scenario, vocabularies, locale));
		const write = out?.endsWith('.md') === true ? writeScriptMarkdown : writeScriptHtml;
		return Promise.resolve(write(script));
	}
};

await runCommand(async () => {
	const { values, positionals } = readArguments();
	const [name, ...rest] = positionals;
	const form = values.to === undefined ? undefined : forms[values.to];
	if (name === undefined || rest.length > 0 || form === undefined) {
		throw new CommandEnded(usage, 2);
	}
	const order = { locale: readLocale(values.language), out: values.out };
	const found = await findScenarioFile(name);
	await writeOut(await form(found, order), values.out, { force: values.force === true });
});

function readArguments() {
	try {
		return parseArgs({
			allowPositionals: true,
			options: {
				to: { type: 'string' },
				language: { type: 'string' },
				out: { type: 'string' },
				force: { type: 'boolean' }
			}
		});
	} catch {
		throw new CommandEnded(usage, 2);
	}
}
