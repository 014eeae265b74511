/**
 * `npm run accessibility:keep`: keeps what the last run of axe over every page has told, to be shown on
 * `/accessibility`. Only a run over every page in both languages, in which nothing was found, tells anything.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'test-results/accessibility';
const names = existsSync(folder) ? readdirSync(folder) : [];
const [da, en] = ['da', 'en'].map((language) =>
	names
		.filter((name) => name.startsWith(`${language}.`))
		.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
);
if ([da, en].some((walks) => walks.length === 0 || walks.length !== walks[0].walks)) {
	console.error(
		`Not every page is told of in ${folder}: run npm run e2e -- every-page first; it tells nothing where it finds a fault.`
	);
	process.exit(1);
}
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const count = (walks) => walks.reduce((sum, { places }) => sum + places, 0);
const run = {
	day: [...da, ...en].map(({ day }) => day).sort()[0],
	version,
	axe: da[0].axe,
	places: { da: count(da), en: count(en) }
};
writeFileSync('docs/accessibility/last-run.json', `${JSON.stringify(run, null, '\t')}\n`);
console.log(
	`Kept: axe ${run.axe}, ${run.day}, ${run.places.da} faces of pages in Danish and ${run.places.en} in English`
);
