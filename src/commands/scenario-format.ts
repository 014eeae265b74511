import { readFile, writeFile } from 'node:fs/promises';
import { formatProblem } from '#lib/content/problem.ts';
import { formatScenario } from '#lib/scenario/canonical.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
	console.error('Usage: npm run scenario:format FILE…');
	process.exit(2);
}
for (const file of files) await formatFile(file);

async function formatFile(file: string): Promise<void> {
	const before = await readFile(file, 'utf8');
	const { text, problems } = formatScenario(before, file);
	for (const problem of problems) console.log(formatProblem(problem));
	if (text === null) process.exitCode = 1;
	else if (text !== before) await writeFile(file, text);
}
