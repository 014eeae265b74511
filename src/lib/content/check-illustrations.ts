import { illustrations } from '#lib/ui/illustrations.ts';
import { errorsIn, warningsIn } from './findings.ts';
import { suggestNearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import type { Path, Source } from './source.ts';
import type { ModuleSource } from './tree.ts';
import type { ReadVocabularies } from './vocabulary-files.ts';

/** A module shows the drawing that it names, else the one that is called as the module is. */
export function checkModuleIllustration({ slug, data, source }: ModuleSource): Problem[] {
	if (data === null) return [];
	if (data.illustration !== undefined) {
		return isDrawn(data.illustration)
			? []
			: [reportUnknown(source, ['illustration'], data.illustration)];
	}
	if (isDrawn(slug)) return [];
	return [
		warningsIn(source)('no-illustration', ['illustration'], {
			da: `Der er ingen tegning, der hedder "${slug}"; skriv under "illustration", hvilken modulet skal have, for eksempel "horizon".`,
			en: `no drawing is called "${slug}"; write under "illustration" which one the module is to have, such as "horizon"`
		})
	];
}

/** Every setting names a drawing that is there. */
export function checkSettingIllustrations({
	source,
	value
}: ReadVocabularies['files']['settings'][number]): Problem[] {
	return value.settings.flatMap(({ illustration }, index) =>
		isDrawn(illustration)
			? []
			: [reportUnknown(source, ['settings', index, 'illustration'], illustration)]
	);
}

function isDrawn(name: string): boolean {
	return illustrations.some((drawn) => drawn === name);
}

function reportUnknown(source: Source, path: Path, name: string): Problem {
	const suggestion = suggestNearest(name, illustrations);
	return errorsIn(source)('unknown-illustration', path, {
		da: `Der findes ikke tegningen "${name}"${suggestion.da}`,
		en: `there is no drawing "${name}"${suggestion.en}`
	});
}
