import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { locales } from '#lib/content/localised.ts';
import { openLibrary } from '#tests/support/library.ts';
import { listEvidence } from './listing.ts';

const { catalogue } = openLibrary(resolve('courses'));

test.each(locales)('in %s every finding has its source, and the modules it names', (locale) => {
	const findings = listEvidence(catalogue, locale).flatMap((topic) => topic.findings);
	const written = catalogue.evidence.topics.flatMap((topic) => topic.findings);
	expect(findings.map(({ slug }) => slug)).toEqual(written.map(({ slug }) => slug));
	for (const [index, { source, modules }] of findings.entries()) {
		expect(source).toMatch(/\S/u);
		expect(modules.map(({ href }) => href)).toEqual(
			written[index]?.modules.map((name) => `/learn/${name}`)
		);
	}
});
