/** What the commands for the other forms of a scenario share: finding, checking and writing files. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readListing } from '#lib/content/catalogue.server.ts';
import { locales, type Locale } from '#lib/content/localised.ts';
import { formatProblem, hasErrors, type Problem } from '#lib/content/problem.ts';
import { readVocabularies, type Vocabularies } from '#lib/content/vocabulary-files.ts';
import { checkScenario } from '#lib/scenario/check.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import { gatherVocabulary } from '#lib/scenario/vocabulary.ts';

/** Ends the command with one sentence; 2 is for what was typed, 1 for what was found. */
export class CommandEnded extends Error {
	readonly status: number;

	constructor(message: string, status: 1 | 2) {
		super(message);
		this.status = status;
	}
}

/** Runs a command and prints a sentence, not a stack, where it ends early. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
	try {
		await command();
	} catch (error) {
		if (!(error instanceof CommandEnded)) throw error;
		console.error(error.message);
		process.exitCode = error.status;
	}
}

/** The language that was asked for, or the first one. */
export function readLocale(name: string | undefined): Locale {
	if (name === undefined) return locales[0];
	const locale = locales.find((known) => known === name);
	if (locale === undefined) {
		throw new CommandEnded(`There is no language "${name}"; it is da or en.`, 2);
	}
	return locale;
}

export interface FoundScenario {
	file: string;
	scenario: Scenario;
	vocabularies: Vocabularies;
}

/**
 * The scenario of a slug or in a file, checked: one with errors is not to be handed on, so its problems
 * are printed and the command ends.
 */
export async function findScenarioFile(name: string): Promise<FoundScenario> {
	const folders = (process.env['COURSES_DIR'] ?? 'courses')
		.split(':')
		.filter((folder) => folder !== '');
	const missing = folders.filter((folder) => !existsSync(folder));
	if (missing.length > 0) throw new CommandEnded(`There is no folder ${missing.join(', ')}.`, 1);
	const { vocabularies, problems: inVocabularies } = readVocabularies(folders.map(readListing));
	const file = locateScenario(name, folders);
	const text = await readText(file);
	const { scenario, problems } = checkScenario(text, file, gatherVocabulary([vocabularies]));
	if (scenario === null || hasErrors(problems)) {
		const lines = [...inVocabularies, ...problems].map(formatProblem);
		throw new CommandEnded([...lines, `${file} has errors; mend them first.`].join('\n'), 1);
	}
	return { file, scenario, vocabularies };
}

function locateScenario(name: string, folders: readonly string[]): string {
	if (/[/\\]|\.ya?ml$/u.test(name)) return name;
	const files = folders.map((folder) => join(folder, 'scenarios', `${name}.yaml`));
	const file = files.findLast((candidate) => existsSync(candidate));
	if (file === undefined) {
		throw new CommandEnded(`There is no scenario "${name}" in ${folders.join(', ')}.`, 1);
	}
	return file;
}

async function readText(file: string): Promise<string> {
	return (await readBytes(file)).toString('utf8');
}

/** The content of a file; the command ends where it cannot be read. */
export async function readBytes(file: string): Promise<Buffer> {
	try {
		return await readFile(file);
	} catch (error) {
		throw new CommandEnded(`${file} cannot be read: ${reasonOf(error)}.`, 1);
	}
}

/** Writes a text into a file, or prints it where none is named. A file that is there stays as it is. */
export async function writeOut(
	text: string,
	out: string | undefined,
	{ force }: { force: boolean }
): Promise<void> {
	if (out === undefined) {
		process.stdout.write(text);
		return;
	}
	try {
		await writeFile(out, text, { flag: force ? 'w' : 'wx' });
	} catch (error) {
		const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
		throw new CommandEnded(
			isThere
				? `${out} is there already; name another file, or add --force to replace it.`
				: `${out} cannot be written: ${reasonOf(error)}.`,
			1
		);
	}
}

/** Prints problems where they do not get into what the command writes. */
export function printProblems(problems: readonly Problem[]): void {
	for (const problem of problems) console.error(formatProblem(problem));
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error && 'code' in error)) throw error;
	return error.message;
}
