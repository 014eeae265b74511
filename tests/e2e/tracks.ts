import { join } from 'node:path';
import { root } from '../../src/commands/install.mjs';
import { readListing } from '../../src/lib/content/catalogue.server.ts';
import { kindOf, type ModuleFile, type StepFile } from '../../src/lib/content/module-file.ts';
import { isSheet } from '../../src/lib/content/sheet.ts';
import { tracks } from '../../src/lib/content/track.ts';
import { readCourses, type ModuleSource } from '../../src/lib/content/tree.ts';

/** A module to be gone through, with what its files say. */
export interface Stretch {
	course: string;
	slug: string;
	isRefresher: boolean;
	data: ModuleFile;
	texts: ModuleSource['texts'];
}

/** What a step is to who meets it: its kind, the form of a check, and whether a text is a sheet. */
export function nameKind(step: StepFile): string {
	if ('check' in step) return `check ${step.check}`;
	if ('lesson' in step && isSheet(step.lesson)) return 'sheet';
	if ('scenario' in step) return [step.scenario].flat().length > 1 ? 'scenarios' : 'scenario';
	return kindOf(step);
}

/**
 * For each track the fewest modules in which every kind of step that it has is met, the shortest of
 * them; the refresher of a track besides, which stands by itself.
 */
export function chooseStretches(): { course: string; kinds: string[]; modules: Stretch[] }[] {
	const { courses } = readCourses([readListing(join(root, 'courses'))]);
	return tracks.map((track) => {
		const course = courses.find(({ slug }) => slug === track);
		if (!course?.data) throw new Error(`${track} cannot be read`);
		const { refresher } = course.data;
		const all = course.modules.map(({ slug, directory, data, texts }): Stretch => {
			if (!data) throw new Error(`${track}/${slug} cannot be read`);
			const isRefresher = [slug, directory].some((name) => name === refresher);
			return { course: track, slug, isRefresher, data, texts };
		});
		const taken = all.filter(({ isRefresher }) => !isRefresher);
		const kinds = listKinds(taken);
		const besides = all.filter(({ isRefresher }) => isRefresher);
		return { course: track, kinds, modules: [...cover(taken, kinds), ...besides] };
	});
}

function listKinds(modules: readonly Stretch[]): string[] {
	return [...new Set(modules.flatMap(({ data }) => data.steps.map(nameKind)))].toSorted();
}

function cover(modules: readonly Stretch[], kinds: readonly string[]): Stretch[] {
	for (let count = 1; count <= modules.length; count += 1) {
		const [shortest] = choose(modules, count)
			.filter((chosen) => kinds.every((kind) => listKinds(chosen).includes(kind)))
			.toSorted((a, b) => countSteps(a) - countSteps(b));
		if (shortest) return shortest;
	}
	throw new Error('there are no modules');
}

/** Every choice of so many things, in their order. */
function choose<T>(things: readonly T[], count: number): T[][] {
	if (count === 0) return [[]];
	return things.flatMap((first, index) =>
		choose(things.slice(index + 1), count - 1).map((others) => [first, ...others])
	);
}

function countSteps(modules: readonly Stretch[]): number {
	return modules.reduce((sum, { data }) => sum + data.steps.length, 0);
}
