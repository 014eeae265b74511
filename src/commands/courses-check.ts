import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readListing } from '#lib/content/catalogue.server.ts';
import { formatProblem, type Problem } from '#lib/content/problem.ts';
import { loadLibrary } from '#lib/scenario/library.server.ts';

const ours = (process.env['COURSES_DIR'] ?? 'courses').split(':').filter((name) => name !== '');
const [directory, ...rest] = process.argv.slice(2);
if (rest.length > 0) {
	console.error('Usage: npm run courses:check [DIR]');
	process.exit(2);
}

const missing = (directory === undefined ? ours : [directory]).filter((name) => !existsSync(name));
if (missing.length > 0) {
	console.error(`There is no folder ${missing.join(', ')}.`);
	process.exit(2);
}

const { problems, files } = directory === undefined ? check(ours, ours) : checkFolder(directory);
for (const problem of problems) console.log(formatProblem(problem));
const count = (severity: Problem['severity']) =>
	problems.filter((problem) => problem.severity === severity).length;
console.log(
	`${tell(count('error'), 'error')}, ${tell(count('warning'), 'warning')} in ${tell(files, 'file')}`
);
process.exitCode = count('error') > 0 ? 1 : 0;

// A municipality's own courses stand on the framework and the words of ours.
function checkFolder(name: string) {
	const isWhole = existsSync(join(name, 'framework.yaml'));
	return isWhole ? check([name], [name]) : check([...ours, name], [name]);
}

function check(directories: readonly string[], told: readonly string[]) {
	const listings = told.map(readListing);
	const isTold = ({ file }: Problem) =>
		told.some((name) => file.startsWith(`${name.replace(/\/+$/u, '')}/`));
	return {
		problems: loadLibrary(directories).problems.filter(isTold),
		files: listings.reduce((sum, listing) => sum + listing.files.size, 0)
	};
}

function tell(number: number, thing: string): string {
	return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
