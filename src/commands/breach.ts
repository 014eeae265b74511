/** `npm run breach`: the people and classes of data that a breach has touched, to be reported within 72 hours. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { DataClassName, StoreOfClass } from '#lib/access/data-classes.ts';
import type { Locale } from '#lib/content/localised.ts';
import { findInstallation } from '#lib/identity/people.server.ts';
import { enterInstallation } from '#lib/server/backup/enter-folder.server.ts';
import { writeCsv } from '#lib/server/csv.ts';
import { closeStores, openInstallation, type Stores } from '#lib/server/db/stores.server.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { readEnvironment, type Environment } from '#lib/server/environment.server.ts';
import { StartRefused } from '#lib/server/start-refused.ts';
import { isDay } from '#lib/time.ts';
import { findWorkplaces, reportBreach, type Breach, type BreachReport } from '../breach.server.ts';
import { explainStore } from './store-words.ts';

const usage = `Usage: npm run --silent breach -- [--from DAY --until DAY] [--workplace "NAME or ID"]
         [--store platform|private|keys …] [--language da|en] [--csv]

DAY is written 2026-03-14. Without days rows of any time count; without a workplace everybody does;
without a store all three. With --csv one line for each person, else a summary.`;

/** The arguments make no sense; the sentence says which. */
class Misused extends Error {
	override readonly name = 'Misused';
}

interface Wanted extends Breach {
	language: Locale;
	isCsv: boolean;
}

const stores = ['platform', 'private', 'keys'] as const;

const words = {
	da: {
		head: ['navn', 'mail', 'arbejdspladser', 'oplysninger'],
		title: 'Berørte personer og oplysninger',
		days: ({ from, until }: { from: string; until: string }) => `Dage: ${from} til ${until}`,
		anyDay: 'Dage: alle',
		where: 'Lagre: ',
		people: 'Berørte personer: ',
		line: (people: number, rows: number) => `${people} personer, ${rows} rækker i alt`,
		sensitive: ' (kan vise helbred: artikel 9)',
		none: 'Intet.',
		private:
			'Af det private kan ingen se, hvis en række er. Derfor tælles alle, der har en nøgle til noget privat.'
	},
	en: {
		head: ['name', 'mail', 'workplaces', 'data'],
		title: 'People and data touched',
		days: ({ from, until }: { from: string; until: string }) => `Days: ${from} to ${until}`,
		anyDay: 'Days: any',
		where: 'Stores: ',
		people: 'People touched: ',
		line: (people: number, rows: number) => `${people} people, ${rows} rows in all`,
		sensitive: ' (may show health: article 9)',
		none: 'Nothing.',
		private:
			'Of what is private nobody can tell whose a row is. Everybody is counted who has a key to anything private.'
	}
} as const;

try {
	const given = readArguments(process.argv.slice(2));
	const environment = readEnvironment(process.env);
	const leave = environment.databases ? undefined : enterInstallation(environment.dataDir);
	try {
		process.stdout.write(await report(environment, given));
	} finally {
		leave?.();
	}
} catch (thrown) {
	const isKnown =
		thrown instanceof Misused ||
		thrown instanceof StartRefused ||
		thrown instanceof StoreUnavailable;
	if (!isKnown) throw thrown;
	console.error(thrown instanceof StoreUnavailable ? explainStore(thrown) : thrown.message);
	process.exitCode = thrown instanceof Misused ? 2 : 1;
}

async function report(environment: Environment, given: Wanted): Promise<string> {
	const opened = await openInstallation(environment, resolve('drizzle'));
	try {
		// A report that nobody is touched must not come of having looked in the wrong place.
		if ((await findInstallation(opened.platform.read)) === 'empty')
			throw new StartRefused(
				`${environment.databases ? 'The database that DATABASE_URL names' : `DATA_DIR=${environment.dataDir}`} holds nobody at all: it has never been used. Look where the platform keeps its data.`
			);
		const workplace = given.workplace && (await findOne(opened, given.workplace));
		const found = await reportBreach(opened, { ...given, workplace });
		return given.isCsv ? writePeople(found, given) : writeSummary(found, given);
	} finally {
		await closeStores(opened);
	}
}

function readArguments(args: string[]): Wanted {
	const one = { type: 'string' } as const;
	let values;
	try {
		({ values } = parseArgs({
			args,
			options: {
				from: one,
				until: one,
				workplace: one,
				language: one,
				store: { type: 'string', multiple: true },
				csv: { type: 'boolean' }
			}
		}));
	} catch (cause) {
		throw new Misused(`${(cause as Error).message}\n${usage}`, { cause }); // parseArgs throws nothing else
	}
	const {
		from,
		until,
		workplace = null,
		language = 'da',
		store = [...stores],
		csv = false
	} = values;
	if ((from === undefined) !== (until === undefined))
		throw new Misused(`--from and --until belong together.\n${usage}`);
	for (const day of [from, until])
		if (day !== undefined && !isDay(day)) throw new Misused(`${day} is no day.\n${usage}`);
	if (from !== undefined && until !== undefined && from > until)
		throw new Misused('--from comes after --until.');
	if (language !== 'da' && language !== 'en')
		throw new Misused(`--language is da or en.\n${usage}`);
	const isStore = (name: string): name is StoreOfClass => stores.some((known) => known === name);
	if (!store.every(isStore)) throw new Misused(`--store is platform, private or keys.\n${usage}`);
	const range = from !== undefined && until !== undefined ? { from, until } : null;
	return { range, workplace, stores: store, language, isCsv: csv };
}

async function findOne(opened: Stores, wanted: string): Promise<string> {
	const found = await findWorkplaces(opened, wanted);
	const [only] = found;
	if (!only) throw new Misused(`No workplace is called “${wanted}”.`);
	if (found.length > 1)
		throw new Misused(
			`${found.length} workplaces are called “${wanted}”. Give the id of one:\n${found.map(({ id }) => id).join('\n')}`
		);
	return only.id;
}

function writePeople({ people }: BreachReport, { language }: Wanted): string {
	return writeCsv([
		words[language].head,
		...people.map(({ name, email, workplaces, classes }) => [
			name,
			email ?? '',
			workplaces.join(', '),
			classes.map((one) => writeClassName(one, language)).join(' | ')
		])
	]);
}

function writeSummary({ people, classes }: BreachReport, wanted: Wanted): string {
	const { language, range, stores: reached } = wanted;
	const say = words[language];
	const touched = classes.filter(({ rows }) => rows > 0);
	const lines = touched.map(
		({ name, people: count, rows, isSensitive }) =>
			`- ${writeClassName(name, language)}: ${say.line(count, rows)}${isSensitive ? say.sensitive : ''}`
	);
	return [
		say.title,
		'',
		range ? say.days(range) : say.anyDay,
		say.where + reached.join(', '),
		say.people + people.length,
		'',
		...(lines.length > 0 ? lines : [say.none]),
		...(reached.includes('private') ? ['', say.private] : []),
		''
	].join('\n');
}

/** As `/privacy` calls it; from the words themselves, since compiled ones take seconds to read in. */
function writeClassName(name: DataClassName, language: Locale): string {
	const file = new URL(`../lib/ui/text/${language}.json`, import.meta.url);
	const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>; // our own catalogue
	const key = `data_class_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
	return texts[key] ?? name;
}
