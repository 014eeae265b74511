/**
 * `npm run accessibility:keep`: keeps what the last run of axe over every page has told, to be shown on
 * `/accessibility`. Only a run over every page in both languages, in which nothing was found, tells anything.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const files = ['da', 'en'].map((language) => `test-results/accessibility/${language}.json`);
const missing = files.filter((file) => !existsSync(file));
if (missing.length > 0) {
	console.error(
		`${missing.join(' and ')} not there: run npm run e2e -- small-screens first; it tells nothing where it finds a fault.`
	);
	process.exit(1);
}
const [da, en] = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const run = {
	day: da.day < en.day ? da.day : en.day,
	version,
	axe: da.axe,
	places: { da: da.places, en: en.places }
};
writeFileSync('docs/accessibility/last-run.json', `${JSON.stringify(run, null, '\t')}\n`);
console.log(
	`Kept: axe ${run.axe}, ${run.day}, ${da.places} faces of pages in Danish and ${en.places} in English`
);
