import { readFile } from 'node:fs/promises';
import { formatProblem, hasErrors, type Problem } from '#lib/content/problem.ts';
import { checkScenario } from '#lib/scenario/check.ts';
import type { Vocabulary } from '#lib/scenario/vocabulary.ts';
import { readVocabulary } from '#lib/scenario/vocabulary.server.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
	console.error('Usage: npm run scenario:check FILE…');
	process.exit(2);
}

const folders = (process.env['COURSES_DIR'] ?? 'courses').split(':').filter((name) => name !== '');
const { vocabulary, problems } = await readVocabulary(folders);
for (const file of files) problems.push(...(await checkFile(file, vocabulary)));
for (const problem of problems) console.log(formatProblem(problem));
process.exitCode = hasErrors(problems) ? 1 : 0;

async function checkFile(file: string, words: Vocabulary): Promise<Problem[]> {
	try {
		return checkScenario(await readFile(file, 'utf8'), file, words).problems;
	} catch (error) {
		if (!(error instanceof Error && 'code' in error)) throw error;
		return [reportUnreadable(file, error.message)];
	}
}

function reportUnreadable(file: string, reason: string): Problem {
	return {
		code: 'not-readable',
		severity: 'error',
		file,
		line: 1,
		path: '',
		message: {
			da: `Filen kan ikke læses (${reason}).`,
			en: `the file cannot be read: ${reason}`
		}
	};
}
