import { canAnywhere } from '#lib/access/rights.ts';
import type { Locale } from '#lib/content/localised.ts';
import { DomainError } from '#lib/errors.ts';
import type { ImportKind } from '#lib/workplaces/import-columns.ts';
import { exampleOf } from '#lib/workplaces/import-example.ts';
import { answer, signedIn } from '../../../../respond.ts';
import { writeCsv } from '#lib/server/csv.ts';
import type { RequestHandler } from './$types';

/** The examples by their names, which are in the language of what they hold. */
const files: Readonly<Record<string, readonly [kind: ImportKind, locale: Locale]>> = {
	'medarbejdere.csv': ['people', 'da'],
	'arbejdspladser.csv': ['workplaces', 'da'],
	'people.csv': ['people', 'en'],
	'workplaces.csv': ['workplaces', 'en']
};

export const GET: RequestHandler = (event) =>
	answer(async () => {
		if (!canAnywhere(signedIn(event), 'people.import'))
			throw new DomainError('forbidden', 'people.import');
		const { file } = event.params;
		// Not what every object has, such as "toString".
		const found = Object.hasOwn(files, file) ? files[file] : undefined;
		if (!found) throw new DomainError('not-found', 'example');
		return new Response(writeCsv(exampleOf(...found)), {
			headers: {
				'content-type': 'text/csv; charset=utf-8',
				'content-disposition': `attachment; filename="${file}"`
			}
		});
	});
