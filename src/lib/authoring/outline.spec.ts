import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOutline, type Branch, type OutlineScene } from './outline.ts';

function scenes(ways: Record<string, string[]>): OutlineScene[] {
	return Object.entries(ways).map(([id, leadsTo]) => ({ id, leadsTo }));
}

/** The outline as lines, as deep as they stand, with marks for joining and looping. */
function write(branch: Branch | undefined, depth = 0): string[] {
	if (!branch) return [];
	const mark = { first: '', rejoins: ' >', loops: ' ^' }[branch.as];
	return [
		`${'.'.repeat(depth)}${branch.id}${mark}`,
		...branch.branches.flatMap((inner) => write(inner, depth + 1))
	];
}

const listed = (branch: Branch): Branch[] => [branch, ...branch.branches.flatMap(listed)];

describe('the outline of a story', () => {
	test('begins at the start and follows the ways in their order', () => {
		const { tree, unreached } = layOutline('a', scenes({ a: ['c', 'b'], b: [], c: [] }));
		expect(write(tree)).toEqual(['a', '.c', '.b']);
		expect(unreached).toEqual([]);
	});

	test('shows a scene once and marks where ways join again', () => {
		const { tree } = layOutline('a', scenes({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }));
		expect(write(tree)).toEqual(['a', '.b', '..d', '.c', '..d >']);
	});

	test('keeps a scene where the shortest way leads to it', () => {
		const { tree } = layOutline('a', scenes({ a: ['b', 'c'], b: ['c'], c: [] }));
		expect(write(tree)).toEqual(['a', '.b', '..c >', '.c']);
	});

	test('marks a way back to what led there as a loop', () => {
		const { tree } = layOutline('a', scenes({ a: ['b'], b: ['a', 'b', 'c'], c: [] }));
		expect(write(tree)).toEqual(['a', '.b', '..a ^', '..b ^', '..c']);
	});

	test('tells a scene once, however many choices lead to it', () => {
		const { tree } = layOutline('a', scenes({ a: ['b', 'b', 'b'], b: [] }));
		expect(write(tree)).toEqual(['a', '.b']);
	});

	test('gathers what cannot be reached, with what follows from it', () => {
		const all = scenes({ a: ['b'], b: [], d: ['b', 'e'], c: ['d'], e: [] });
		const { unreached } = layOutline('a', all);
		expect(unreached.flatMap((branch) => write(branch))).toEqual(['c', '.d', '..b >', '..e']);
	});

	test('shows scenes that only lead to each other, and all while there is no start', () => {
		const all = scenes({ a: ['b'], b: ['a'] });
		const { tree, unreached } = layOutline(undefined, all);
		expect(tree).toBeUndefined();
		expect(unreached.flatMap((branch) => write(branch))).toEqual(['a', '.b', '..a ^']);
	});

	test('leaves out ways to scenes that are not there', () => {
		expect(write(layOutline('a', scenes({ a: ['gone'] })).tree)).toEqual(['a']);
		expect(layOutline('gone', scenes({ a: [] })).tree).toBeUndefined();
	});

	test('holds every scene of any story exactly once with what follows from it', () => {
		const id = fc.integer({ min: 0, max: 9 }).map(String);
		const story = fc.dictionary(id, fc.array(id, { maxLength: 4 }), { minKeys: 1 });
		fc.assert(
			fc.property(story, id, (ways, start) => {
				const { tree, unreached } = layOutline(start, scenes(ways));
				const all = [...(tree ? [tree] : []), ...unreached].flatMap(listed);
				const first = all.filter((branch) => branch.as === 'first').map((branch) => branch.id);
				expect(first.toSorted()).toEqual(Object.keys(ways).toSorted());
			})
		);
	});
});
