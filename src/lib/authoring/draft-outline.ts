import type { Draft } from './document/draft.ts';
import { layOutline, type Outline, type OutlineScene } from './outline.ts';

/** The scenes of a draft with where each leads: by choices, by itself, and told more gently. */
export function listWays({ scenes }: Draft): OutlineScene[] {
	const known = new Set(scenes.map(({ id }) => id));
	return scenes.map(({ id, ending, choices, auto, flag }) => {
		const onward = ending === null ? [...choices, ...auto].map(({ to }) => to) : [];
		const all = [flag?.alternative ?? null, ...onward];
		return { id, leadsTo: all.filter((to) => to !== null && known.has(to)) as string[] };
	});
}

/** The outline of a draft. */
export function outlineDraft(draft: Draft): Outline {
	return layOutline(draft.start ?? undefined, listWays(draft));
}

/** Ids of scenes that tell another more gently. */
export function listGentle({ scenes }: Draft): ReadonlySet<string> {
	return new Set(scenes.flatMap(({ flag }) => flag?.alternative ?? []));
}
