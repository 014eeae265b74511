import type { Catalogue } from '#lib/content/catalogue.ts';
import type { Locale } from '#lib/content/localised.ts';
import type { TextPart } from '#lib/content/markdown.ts';

/** The track whose modules hold the sheets of the recipes. */
const track = 'key-staff';

/** Something to hand out, rendered. */
export interface HandOut {
	ref: string;
	title: string;
	parts: readonly TextPart[];
}

/** The sheets of these names, as `module/lesson`, in a language; those that are not taught any more are left out. */
export function findSheets(
	catalogue: Catalogue,
	refs: readonly string[],
	locale: Locale
): HandOut[] {
	return refs.flatMap((ref) => {
		const [slug = '', lesson = ''] = ref.split('/');
		const step = catalogue.module(track, slug)?.steps.find(({ key }) => key === lesson);
		if (step?.kind !== 'lesson') return [];
		const { title, parts } = step.text[locale];
		return [{ ref, title: title ?? '', parts }];
	});
}
