import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { isSlug } from '#lib/content/slug.ts';
import { importTwee } from '#lib/scenario/formats/twee-import.ts';
import {
	CommandEnded,
	printProblems,
	readBytes,
	readLocale,
	runCommand,
	writeOut
} from './scenario-forms.ts';

const usage = `Usage: npm run scenario:import -- FILE.twee --language da|en [--out FILE.yaml] [--force]

Makes a draft of a scenario from Twee 3. The texts are taken to be in the language named; those of the
other one are left empty. What cannot be carried is printed and stands in the draft as comments.
Without --out the draft is printed. A file that is there is replaced only with --force.`;

await runCommand(async () => {
	const { values, positionals } = readArguments();
	const [file, ...rest] = positionals;
	if (file === undefined || rest.length > 0 || values.language === undefined) {
		throw new CommandEnded(usage, 2);
	}
	const { text, problems } = importTwee(await readBytes(file), {
		file,
		language: readLocale(values.language),
		id: readId(values.out)
	});
	printProblems(problems);
	if (text === null) throw new CommandEnded(`No story was found in ${file}.`, 1);
	await writeOut(text, values.out, { force: values.force === true });
});

/** The id equals the file name: a file that could not be one has none. */
function readId(out: string | undefined): string | undefined {
	if (out === undefined) return undefined;
	const id = basename(out).replace(/\.ya?ml$/u, '');
	if (isSlug(id)) return id;
	throw new CommandEnded(
		`"${id}" cannot be the id of a scenario: name the file in small letters a-z, digits and hyphens.`,
		2
	);
}

function readArguments() {
	try {
		return parseArgs({
			allowPositionals: true,
			options: {
				language: { type: 'string' },
				out: { type: 'string' },
				force: { type: 'boolean' }
			}
		});
	} catch {
		throw new CommandEnded(usage, 2);
	}
}
