import { checkSettingIllustrations } from './check-illustrations.ts';
import { errorsIn, warningsIn } from './findings.ts';
import type { Localised } from './localised.ts';
import { suggestNearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import type { Source } from './source.ts';
import type { ReadVocabularies } from './vocabulary-files.ts';

/** What the shape of the files at the top of a tree cannot tell: names that are there twice, and names that lead nowhere. */
export function checkVocabularies({
	vocabularies,
	files,
	broken
}: Omit<ReadVocabularies, 'problems'>): Problem[] {
	const known = {
		levels: new Set(vocabularies.framework.levels.map(({ slug }) => slug)),
		areas: new Set(vocabularies.framework.areas.map(({ slug }) => slug)),
		outcomes: new Set(vocabularies.framework.outcomes.map(({ id }) => id)),
		contacts: new Set(vocabularies.contacts.contacts.map(({ slug }) => slug)),
		themes: new Set(vocabularies.themes.map(({ slug }) => slug))
	};
	return [
		...files.framework.flatMap((file) => checkFramework(file, known)),
		...files.glossary.flatMap((file) => checkGlossary(file)),
		...files.contacts.flatMap((file) =>
			checkContacts(file, {
				contacts: known.contacts,
				themes: broken.has('themes') ? undefined : known.themes
			})
		),
		...files.settings.flatMap((file) => [
			...reportTwins(
				file.source,
				'settings',
				file.value.settings.map(({ slug }) => slug)
			),
			...checkSettingIllustrations(file)
		]),
		...files.themes.flatMap((file) =>
			reportTwins(
				file.source,
				'themes',
				file.value.themes.map(({ slug }) => slug)
			)
		)
	];
}

type FrameworkFile = ReadVocabularies['files']['framework'][number];

function checkFramework(
	file: FrameworkFile,
	known: Record<'levels' | 'areas' | 'outcomes', ReadonlySet<string>>
): Problem[] {
	const error = errorsIn(file.source);
	const problems = [
		...reportTwins(
			file.source,
			'levels',
			file.value.levels.map(({ slug }) => slug)
		),
		...reportTwins(
			file.source,
			'areas',
			file.value.areas.map(({ slug }) => slug)
		),
		...reportTwins(
			file.source,
			'outcomes',
			file.value.outcomes.map(({ id }) => id)
		),
		...reportTwins(
			file.source,
			'uncovered',
			file.value.uncovered.map(({ id }) => id)
		)
	];
	for (const [index, outcome] of file.value.outcomes.entries()) {
		if (!known.levels.has(outcome.level)) {
			const path = ['outcomes', index, 'level'];
			problems.push(
				error('unknown-level', path, nameUnknown('level', outcome.level, known.levels))
			);
		}
		if (!known.areas.has(outcome.area)) {
			const path = ['outcomes', index, 'area'];
			problems.push(error('unknown-area', path, nameUnknown('area', outcome.area, known.areas)));
		}
	}
	for (const [index, { id }] of file.value.uncovered.entries()) {
		if (known.outcomes.has(id)) continue;
		const path = ['uncovered', index, 'id'];
		problems.push(error('unknown-outcome', path, nameUnknown('outcome', id, known.outcomes)));
	}
	return problems;
}

function checkGlossary(file: ReadVocabularies['files']['glossary'][number]): Problem[] {
	return [
		...reportTwins(
			file.source,
			'terms',
			file.value.terms.map(({ slug }) => slug)
		),
		...reportTwins(
			file.source,
			'avoid',
			file.value.avoid.map(({ word }) => word)
		)
	];
}

function checkContacts(
	file: ReadVocabularies['files']['contacts'][number],
	known: { contacts: ReadonlySet<string>; themes: ReadonlySet<string> | undefined }
): Problem[] {
	const error = errorsIn(file.source);
	const warn = warningsIn(file.source);
	const problems = [
		...reportTwins(
			file.source,
			'local',
			file.value.local.map(({ slug }) => slug)
		),
		...reportTwins(
			file.source,
			'contacts',
			file.value.contacts.map(({ slug }) => slug)
		)
	];
	for (const [index, contact] of file.value.contacts.entries()) {
		for (const [place, slug] of contact.with.entries()) {
			if (known.contacts.has(slug)) continue;
			const path = ['contacts', index, 'with', place];
			problems.push(error('unknown-contact', path, nameUnknown('contact', slug, known.contacts)));
		}
		for (const [place, slug] of contact.themes.entries()) {
			if (known.themes === undefined || known.themes.has(slug)) continue;
			const path = ['contacts', index, 'themes', place];
			problems.push(error('unknown-theme', path, nameUnknown('theme', slug, known.themes)));
		}
		// Few calls to this line get through, so nobody is to be left with it alone.
		if (contact.slug === 'livslinien' && contact.with.length === 0) {
			problems.push(
				warn('stands-alone', ['contacts', index], {
					da: 'Livslinien må ikke stå alene; skriv under "with", hvem den vises sammen med.',
					en: 'this line must not stand alone; name under "with" what it is shown together with'
				})
			);
		}
	}
	return problems;
}

const names = {
	level: { da: 'niveauet', en: 'level' },
	area: { da: 'området', en: 'area' },
	outcome: { da: 'læringsmålet', en: 'outcome' },
	contact: { da: 'kontakten', en: 'contact' },
	theme: { da: 'temaet', en: 'theme' },
	group: { da: 'gruppen', en: 'group' },
	course: { da: 'kurset', en: 'course' },
	module: { da: 'modulet', en: 'module' },
	scenario: { da: 'scenariet', en: 'scenario' },
	lesson: { da: 'teksten', en: 'lesson' }
};

/** "There is no such thing", with the name that was probably meant. */
export function nameUnknown(
	kind: keyof typeof names,
	name: string,
	known: Iterable<string>
): Localised {
	const suggestion = suggestNearest(name, known);
	return {
		da: `Der findes ikke ${names[kind].da} "${name}"${suggestion.da}`,
		en: `there is no ${names[kind].en} "${name}"${suggestion.en}`
	};
}

/** Every name under a key that stands there already. */
export function reportTwins(source: Source, key: string, names: readonly string[]): Problem[] {
	return names.flatMap((name, index) =>
		names.indexOf(name) < index
			? [
					errorsIn(source)('duplicate-name', [key, index], {
						da: `"${name}" står her for anden gang; behold én.`,
						en: `"${name}" stands here for the second time; keep one`
					})
				]
			: []
	);
}
